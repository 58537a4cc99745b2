/** A world in memory for the tests of this folder: a clock to turn, files to look into, targets that listen. */

import type {
  DatagramTarget,
  HostFailure,
  LockFile,
  LockOutcome,
  LogFile,
  LogFiles,
  LogHost,
} from "../host.ts";
import type { LogEvent, LogLevel } from "../types.ts";
import { fromBytes, toBytes } from "./byte_text.ts";
import { configureLogging, type LogSetup } from "./mod.ts";

/** A file system that several hosts may share. */
export class TestingFiles implements LogFiles {
  /** Names and what they lead to. */
  readonly names = new Map<string, { text: string; readonly id: number }>();
  /** Paths that cannot be opened. */
  readonly closed = new Set<string>();
  /** Files that take nothing, by identity. */
  readonly full = new Set<number>();
  /** Paths that cannot be renamed. */
  readonly fixed = new Set<string>();
  /** What was done with lock files. */
  readonly lockLog: string[] = [];
  /** Whether locks are held by somebody else for good. */
  locksTaken = false;
  /** How often somebody waited for a lock in vain. */
  waits = 0;
  /** What emptying a file fails with. */
  truncateFailure: HostFailure | undefined;
  /** What asking for a lock fails with. */
  lockFailure: HostFailure | undefined;
  /** Whether the system can distinguish files by more than their names. */
  hasIdentities = true;
  #nextId = 1;

  open(path: string): LogFile | HostFailure {
    if (path === "" || this.closed.has(path) || path.startsWith("missing/")) {
      return { code: 2, reason: "No such file" };
    }
    const file = this.names.get(path) ?? { text: "", id: this.#nextId++ };
    this.names.set(path, file);
    return {
      write: (bytes) => {
        if (this.full.has(file.id)) return { code: 28, reason: "No space left" };
        file.text += fromBytes(bytes);
        return undefined;
      },
      size: () => file.text.length,
      truncate: () => {
        if (this.truncateFailure === undefined) file.text = "";
        return this.truncateFailure;
      },
      identity: () => this.hasIdentities ? String(file.id) : undefined,
      lock: (waits) => this.#lockOutcome(waits),
      unlock: () => {},
      close: () => {},
    };
  }

  openLock(path: string): LockFile | HostFailure {
    if (path.startsWith("missing/")) return { code: 2, reason: "No such file" };
    this.names.set(path, { text: "", id: this.#nextId++ });
    const note = (what: string) => this.lockLog.push(what);
    return {
      acquire: (waits) => note("acquire") > 0 ? this.#lockOutcome(waits) : "taken",
      release: () => void note("release"),
      close: () => void note("close"),
    };
  }

  #lockOutcome(waits: boolean): LockOutcome {
    if (this.lockFailure !== undefined) return this.lockFailure;
    if (this.locksTaken && waits) this.waits += 1;
    return this.locksTaken ? "taken" : "held";
  }

  rename(from: string, to: string): HostFailure | undefined {
    const file = this.names.get(from);
    if (file === undefined) return { code: 2, reason: "No such file" };
    if (this.fixed.has(from)) return { code: 13, reason: "Permission denied" };
    this.names.delete(from);
    this.names.set(to, file);
    return undefined;
  }

  remove(path: string): HostFailure | undefined {
    return this.names.delete(path) ? undefined : { code: 2, reason: "No such file" };
  }

  identity(path: string): string | undefined {
    const file = this.names.get(path);
    return file === undefined || !this.hasIdentities ? undefined : String(file.id);
  }

  /** Names and contents, in order of names. */
  contents(): Record<string, string> {
    const entries = [...this.names].map(([name, file]) => [name, file.text] as const);
    return Object.fromEntries(entries.sort(([left], [right]) => left < right ? -1 : 1));
  }
}

/** A host in memory. */
export interface TestingHost extends LogHost {
  /** Everything on standard output, as bytes in Latin-1. */
  out: string;
  /** Everything on standard error. */
  err: string;
  /** The clock, in milliseconds since 1970. */
  time: number;
  /** The files. */
  readonly files: TestingFiles;
  /** Lets time pass: what pauses that long goes on. */
  readonly elapse: (ms: number) => Promise<void>;
  /** The environment. */
  readonly environment: Map<string, string>;
  /** What was sent, with where it was sent to. */
  readonly sent: string[];
  /** What every send and connection ends with. */
  failure: HostFailure | undefined;
  /** Whether targets take nothing and say nothing. */
  hangs: boolean;
  /** Whether the system log can be opened. */
  hasSystemLog: boolean;
}

/** Monday 2026-11-23 07:54:00 UTC. */
export const TEST_TIME = Date.UTC(2026, 10, 23, 7, 54, 0);

/** Makes a host: pid 4242, thread 140000000004242, host `vm`, full name `vm.example.org`, zone `EST`. */
export function createTestingHost(changes: Partial<TestingHost> = {}): TestingHost {
  const pauses: { readonly at: number; readonly wake: () => void }[] = [];
  const host: TestingHost = {
    out: "",
    err: "",
    time: TEST_TIME,
    files: new TestingFiles(),
    environment: new Map(),
    sent: [],
    failure: undefined,
    hangs: false,
    hasSystemLog: true,
    programName: "echoscu",
    pid: 4242,
    threadId: "140000000004242",
    startedAt: TEST_TIME - 17,
    isWindows: false,
    now: () => host.time,
    pause: (ms) => new Promise((wake) => pauses.push({ at: host.time + ms, wake })),
    signal: new AbortController().signal,
    async elapse(ms) {
      host.time += ms;
      for (const { at, wake } of pauses) if (at <= host.time) wake();
      await new Promise((done) => setTimeout(done, 0));
    },
    env: (name) => host.environment.get(name),
    hostName: () => "vm",
    fullHostName: () => "vm.example.org",
    zone: () => ({ offsetSeconds: -18_000, name: "EST" }),
    writeOut: (bytes) => void (host.out += fromBytes(bytes)),
    writeErr: (bytes) => void (host.err += fromBytes(bytes)),
    openDatagrams: (name, port) => datagrams(host, `${name}:${port}`),
    connect: () => Promise.resolve(host.failure ?? datagrams(host, "tcp")),
    openSystemLog: () =>
      host.hasSystemLog ? datagrams(host, "log") : { code: 2, reason: "No such file" },
    ...changes,
  };
  return host;
}

/** Configures a host by lines; the result must be usable. */
export function configureLines(
  host: TestingHost,
  lines: readonly string[],
): Extract<LogSetup, { kind: "ready" }> {
  const setup = configureLogging(toBytes(lines.join("\n")), host);
  if (setup.kind === "refused") throw new Error(`Cannot configure: ${setup.message}`);
  return setup;
}

/** An event of the program's own logger at the host's time. */
export function testEvent(host: TestingHost, text: string, level: LogLevel = "info"): LogEvent {
  return { logger: "dcmtk.apps.echoscu", level, text, time: host.time };
}

function datagrams(host: TestingHost, to: string): DatagramTarget {
  return {
    send(bytes) {
      if (host.hangs) return new Promise(() => {});
      if (host.failure === undefined) host.sent.push(`${to} ${fromBytes(bytes)}`);
      return Promise.resolve(host.failure);
    },
    close: () => void host.sent.push(`${to} closed`),
  };
}
