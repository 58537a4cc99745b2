/**
 * The world of a configured log on Deno: with its `host_deno_` neighbors all of this room that touches the runtime.
 *
 * Loaded together with the configuration engine, never on the plain path. A missing permission counts as a failure
 * like any other.
 */
import type { LogHost } from "./host.ts";
import { attempt, failureOf, writeAll } from "./host_deno_failures.ts";
import { createFiles } from "./host_deno_files.ts";
import { connect, openDatagrams, openSystemLog } from "./host_deno_targets.ts";
import { localZone } from "./zone/local_zone.ts";

/** What the caller may decide. */
export interface DenoLogHostOptions {
  /** Base name of the program as it was called; default `echoscu`. */
  readonly programName?: string;
  /** Directory that relative paths start from; default: the working directory. */
  readonly directory?: string;
  /** Value of an environment variable; default: the real environment. */
  readonly env?: (name: string) => string | undefined;
  /** Raised when the end of the program is wanted; default: never. */
  readonly signal?: AbortSignal;
  /** Standard output; default: the real one. */
  readonly writeOut?: (bytes: Uint8Array) => void;
  /** Standard error; default: the real one. */
  readonly writeErr?: (bytes: Uint8Array) => void;
}

/** Makes the host. */
export function createDenoLogHost(options: DenoLogHostOptions = {}): LogHost {
  const env = options.env ?? readEnvironment;
  const name = attempt(() => Deno.hostname()) ?? "localhost";
  let zone: LogHost["zone"] | undefined;
  const writeOut = options.writeOut ??
    ((bytes) => void failureOf(() => writeAll(Deno.stdout, bytes)));
  const writeErr = options.writeErr ??
    ((bytes) => void failureOf(() => writeAll(Deno.stderr, bytes)));
  return {
    programName: options.programName ?? "echoscu",
    pid: Deno.pid,
    threadId: String(140_000_000_000_000 + Deno.pid),
    startedAt: performance.timeOrigin,
    isWindows: Deno.build.os === "windows",
    files: createFiles({
      directory: options.directory,
      streams: { "/dev/stdout": writeOut, "/dev/stderr": writeErr },
    }),
    now: () => performance.timeOrigin + performance.now(),
    pause,
    signal: options.signal ?? new AbortController().signal,
    env,
    hostName: () => name,
    fullHostName: () => canonicalName(name),
    zone(seconds) {
      zone ??= localZone(env("TZ"), readZoneFile);
      return zone(seconds);
    },
    writeOut,
    writeErr,
    openDatagrams,
    connect,
    openSystemLog,
  };
}

function pause(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  AbortSignal.timeout(ms).addEventListener("abort", () => resolve());
  return promise;
}

/** Zone files have some kilobytes; TZ may name anything, such as a pipe. Windows has none. */
const MOST_ZONE_BYTES = 1024 * 1024;

function readZoneFile(path: string): Uint8Array | undefined {
  if (Deno.build.os === "windows") return undefined;
  return attempt(() => {
    const { isFile, size } = Deno.statSync(path);
    return isFile && size <= MOST_ZONE_BYTES ? Deno.readFileSync(path) : undefined;
  });
}

/** The first name that the hosts file gives to this computer. No name server is asked: logging must not wait. */
function canonicalName(name: string): string {
  if (Deno.build.os === "windows") return name;
  const hosts = attempt(() => Deno.readTextFileSync("/etc/hosts")) ?? "";
  for (const line of hosts.split("\n")) {
    const [address = "", ...names] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (address.includes(".") && names.includes(name)) return names[0] ?? name;
  }
  return name;
}

/** Deno refuses some names by throwing; those are simply not set. */
function readEnvironment(name: string): string | undefined {
  return attempt(() => Deno.env.get(name));
}
