/**
 * The world of a configured log on Deno: with its two `host_deno_` neighbours all of this room that touches the runtime.
 *
 * Loaded together with the configuration engine, never on the plain path. A missing permission counts as a failure
 * like any other.
 */
import type { HostFailure, LockFile, LogFile, LogFiles, LogHost } from "./host.ts";
import { attempt, describe, failureOf } from "./host_deno_failures.ts";
import { connect, openDatagrams, openEventLog, openSystemLog } from "./host_deno_targets.ts";
import { localZone } from "./zone/local_zone.ts";

/** What the caller may decide. */
export interface DenoLogHostOptions {
  /** Base name of the program as it was called; default `echoscu`. */
  readonly programName?: string;
  /** Directory that relative paths start from; default: the working directory. */
  readonly directory?: string;
  /** Value of an environment variable; default: the real environment. */
  readonly env?: (name: string) => string | undefined;
  /** Standard output; default: the real one. */
  readonly writeOut?: (bytes: Uint8Array) => void;
  /** Standard error; default: the real one. */
  readonly writeErr?: (bytes: Uint8Array) => void;
}

/** Longest wait for another process that holds a lock; real ones hold it for the length of one write. */
const LOCK_WAIT_MS = 2000;
const LOCK_RETRY_MS = 5;

/** Makes the host. */
export function createDenoLogHost(options: DenoLogHostOptions = {}): LogHost {
  const env = options.env ?? readEnvironment;
  const name = attempt(() => Deno.hostname()) ?? "localhost";
  let zone: LogHost["zone"] | undefined;
  const writeOut = options.writeOut ?? ((bytes) => writeAll(Deno.stdout, bytes));
  const writeErr = options.writeErr ?? ((bytes) => writeAll(Deno.stderr, bytes));
  return {
    programName: options.programName ?? "echoscu",
    pid: Deno.pid,
    threadId: String(140_000_000_000_000 + Deno.pid),
    startedAt: performance.timeOrigin,
    isWindows: Deno.build.os === "windows",
    files: createFiles(options.directory, { "/dev/stdout": writeOut, "/dev/stderr": writeErr }),
    now: () => performance.timeOrigin + performance.now(),
    env,
    hostName: () => name,
    fullHostName: () => canonicalName(name),
    zone(seconds) {
      zone ??= localZone(env("TZ"), (path) => attempt(() => Deno.readFileSync(path)));
      return zone(seconds);
    },
    writeOut,
    writeErr,
    openDatagrams,
    connect,
    openSystemLog,
    openEventLog,
  };
}

/** Paths that mean a stream; the runtime opens nothing below /dev unless it has every permission. */
type Streams = Readonly<Record<string, (bytes: Uint8Array) => void>>;

/** What renaming or removing a file without a name comes to. */
const NO_SUCH_FILE: HostFailure = { code: 2, reason: "No such file or directory" };

function createFiles(directory: string | undefined, streams: Streams): LogFiles {
  const at = (path: string) => {
    const isAbsolute = path.startsWith("/") || /^[A-Za-z]:[\\/]|^\\/.test(path);
    return directory === undefined || isAbsolute || path === "" ? path : `${directory}/${path}`;
  };
  return {
    open: (path) => {
      const write = streams[path];
      if (write !== undefined) return streamFile(write);
      const file = openForAppend(at(path));
      return file instanceof Deno.FsFile ? logFile(file) : file;
    },
    openLock: (path) => {
      const file = openForAppend(at(path));
      return file instanceof Deno.FsFile ? lockFile(file) : file;
    },
    rename: (from, to) =>
      from === "" || to === "" ? NO_SUCH_FILE : failureOf(() => Deno.renameSync(at(from), at(to))),
    remove: (path) => path === "" ? NO_SUCH_FILE : failureOf(() => Deno.removeSync(at(path))),
    identity: (path) => attempt(() => identityOf(Deno.statSync(at(path)))),
  };
}

function openForAppend(path: string): Deno.FsFile | HostFailure {
  try {
    return Deno.openSync(path, { append: true, create: true });
  } catch (error) {
    return describe(error);
  }
}

function logFile(file: Deno.FsFile): LogFile {
  let isOpen = true;
  return {
    write: (bytes) => failureOf(() => writeAll(file, bytes, true)),
    size: () => attempt(() => file.statSync().size) ?? -1,
    truncate: () => void attempt(() => file.truncateSync(0)),
    identity: () => attempt(() => identityOf(file.statSync())),
    lock: () => waitForLock(file),
    unlock: () => void attempt(() => file.unlockSync()),
    close() {
      if (isOpen) file.close();
      isOpen = false;
    },
  };
}

function streamFile(write: (bytes: Uint8Array) => void): LogFile {
  return {
    write: (bytes) => void write(bytes),
    size: () => -1,
    truncate() {},
    identity: () => undefined,
    lock: () => true,
    unlock() {},
    close() {},
  };
}

function lockFile(file: Deno.FsFile): LockFile {
  let usable = true;
  let isOpen = true;
  return {
    acquire() {
      // One that was not got in time is not waited for again: every event would be late.
      usable = usable && isOpen && waitForLock(file);
      return usable;
    },
    release: () => void attempt(() => file.unlockSync()),
    close() {
      if (isOpen) file.close();
      isOpen = false;
    },
  };
}

function waitForLock(file: Deno.FsFile): boolean {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; waited < LOCK_WAIT_MS; waited += LOCK_RETRY_MS) {
    // A file system without locks must not keep anybody from logging.
    if (attempt(() => file.tryLockSync(true)) ?? true) return true;
    Atomics.wait(cell, 0, 0, LOCK_RETRY_MS);
  }
  return false;
}

function identityOf(info: Deno.FileInfo): string | undefined {
  return info.ino === null ? undefined : `${info.dev}:${info.ino}`;
}

/** Writes everything; a stream that takes no more loses the rest, a file says so by throwing. */
function writeAll(
  writer: { writeSync(bytes: Uint8Array): number },
  bytes: Uint8Array,
  throwing = false,
): void {
  try {
    for (let done = 0; done < bytes.length;) done += writer.writeSync(bytes.subarray(done));
  } catch (error) {
    if (throwing) throw error;
  }
}

/** The first name that the hosts file gives to this computer. No name server is asked: logging must not wait. */
function canonicalName(name: string): string {
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
