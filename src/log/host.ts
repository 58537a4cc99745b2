/**
 * Everything a configured log wants from the world, as one value that is handed in.
 *
 * The engine itself reads no clock, opens no file and sends nothing; `host_deno.ts` has the real adapter, tests
 * bring their own. No method throws; what can fail says so in its result.
 */

/** Why an operation on a file or a target failed. */
export interface HostFailure {
  /** The system's error number, 0 when unknown, `NAME_NOT_FOUND` for an unknown host. */
  readonly code: number;
  /** The system's words. */
  readonly reason: string;
  /** Set when not the system but the runtime refused, because the program was started without the permission. */
  readonly isWithheld?: true;
}

/** Code of a failure because a host name leads nowhere. */
export const NAME_NOT_FOUND: number = -2;

/** Local time at one moment. */
export interface ZoneMoment {
  /** Seconds east of UTC. */
  readonly offsetSeconds: number;
  /** Abbreviation such as `UTC` or `CEST`; may be empty. */
  readonly name: string;
}

/** A log file, open for appending. */
export interface LogFile {
  /** Adds the bytes at the end of the file with one system call where possible. */
  write(bytes: Uint8Array): HostFailure | undefined;
  /** Bytes in the file now, other writers' included. */
  size(): number;
  /** Empties the file; does nothing for devices and pipes. */
  truncate(): HostFailure | undefined;
  /** Which file this is, whatever its name has become; `undefined` where the system cannot tell. */
  identity(): string | undefined;
  /** Takes the only right to rename this file; `waits`: waits for it, within limits. */
  lock(waits: boolean): LockOutcome;
  /** Gives that right back. */
  unlock(): void;
  /** Closes it; idempotent. */
  close(): void;
  /** Resolves once everything is written, after `close`; missing where writing takes no time of its own. */
  settled?(): Promise<void>;
}

/** What came of asking for a lock: `taken`: another process has it; a failure: there are none to be had. */
export type LockOutcome = "held" | "taken" | HostFailure;

/** The lock file of `UseLockFile`. */
export interface LockFile {
  /** Takes the lock; `waits`: waits, within limits, until no other process holds it. */
  acquire(waits: boolean): LockOutcome;
  /** Lets others go on. */
  release(): void;
  /** Closes it; the file stays. */
  close(): void;
}

/** A target for datagrams. */
export interface DatagramTarget {
  /** Sends one datagram; `undefined` when the system took it. */
  send(bytes: Uint8Array): Promise<HostFailure | undefined>;
  /** Releases the socket once nothing is under way any more. */
  close(): void;
}

/** A target for a stream of bytes over TCP. */
export interface StreamTarget {
  /** Sends bytes; `undefined` when the system took them. */
  send(bytes: Uint8Array): Promise<HostFailure | undefined>;
  /** Closes the connection. */
  close(): void;
}

/** The file operations of the appenders. Paths are as written in the configuration. */
export interface LogFiles {
  /** Opens for appending, creating it when missing. */
  open(path: string): LogFile | HostFailure;
  /** Opens a lock file, creating it when missing. */
  openLock(path: string): LockFile | HostFailure;
  /** Renames, replacing the target. */
  rename(from: string, to: string): HostFailure | undefined;
  /** Removes a file. */
  remove(path: string): HostFailure | undefined;
  /** Which file a path leads to now; `undefined` when none or when the system cannot tell. */
  identity(path: string): string | undefined;
}

/** The world as a configured log sees it. */
export interface LogHost {
  /** Base name of the program as it was called, for `${appname}`. */
  readonly programName: string;
  /** Process id. */
  readonly pid: number;
  /** An opaque decimal number, for `%t`. */
  readonly threadId: string;
  /** When the program started, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Whether this is Windows, where configurations may name the event log, and there is no local system log. */
  readonly isWindows: boolean;
  /** Files. */
  readonly files: LogFiles;
  /** Milliseconds since 1970, with a fraction where the clock has one. */
  now(): number;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** Raised when the end of the program is wanted. */
  readonly signal: AbortSignal;
  /** Value of an environment variable; `undefined` when unset or not readable. */
  env(name: string): string | undefined;
  /** Short name of this computer. */
  hostName(): string;
  /** Its full name, the short one where there is none. */
  fullHostName(): string;
  /** Local time at a moment in seconds since 1970. */
  readonly zone: (seconds: number) => ZoneMoment;
  /** Standard output. */
  writeOut(bytes: Uint8Array): void;
  /** Standard error. */
  writeErr(bytes: Uint8Array): void;
  /** UDP over IPv4; the name is looked up at every send that needs it. */
  openDatagrams(host: string, port: number): DatagramTarget;
  /** TCP over IPv4. */
  connect(host: string, port: number): Promise<StreamTarget | HostFailure>;
  /** The system log of this computer. */
  openSystemLog(): DatagramTarget | HostFailure;
}

/** Whether a result is a failure. */
export function isFailure<T extends object>(result: T | HostFailure): result is HostFailure {
  return "reason" in result;
}
