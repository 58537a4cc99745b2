/** Files of a configured log: regular ones, locks, and what only looks like a file. Part of the Deno adapter. */
import { isNullDevice, openPipe, type Pipe } from "../system/mod.ts";
import type { HostFailure, LockFile, LockOutcome, LogFile, LogFiles } from "./host.ts";
import { attempt, describe, failureOf, writeAll } from "./host_deno_failures.ts";

/** Longest wait for another process that holds a lock; real ones hold it for the length of one write. */
const LOCK_WAIT_MS = 250;
const LOCK_RETRY_MS = 5;

/** Writes what is given somewhere else. */
type Stream = (bytes: Uint8Array) => void;

/** The part of the runtime that is used here. */
export type FileSystem = Pick<
  typeof Deno,
  "openSync" | "renameSync" | "removeSync" | "statSync" | "truncateSync"
>;

/** What the files are made with. */
export interface FilesOptions {
  /** Directory that relative paths start from; `undefined`: the working directory. */
  readonly directory: string | undefined;
  /** Paths that mean a stream; the runtime opens nothing below /dev unless it has every permission. */
  readonly streams: Readonly<Record<string, Stream>>;
  /** Default: the runtime's. */
  readonly system?: FileSystem;
  /** Default: whether this is Windows. */
  readonly isWindows?: boolean;
}

/** What renaming or removing a file without a name comes to. */
const NO_SUCH_FILE: HostFailure = { code: 2, reason: "No such file or directory" };

const IS_DIRECTORY: HostFailure = { code: 21, reason: "Is a directory" };

/** Makes the files of a log. */
export function createFiles(options: FilesOptions): LogFiles {
  const { directory, streams, system = Deno, isWindows = Deno.build.os === "windows" } = options;
  const deps: Deps = { system, isWindows };
  const at = (path: string) => {
    const isAbsolute = path.startsWith("/") || /^[A-Za-z]:[\\/]|^\\/.test(path);
    return directory === undefined || isAbsolute || path === "" ? path : `${directory}/${path}`;
  };
  return {
    open: (path) => {
      const write = streams[path] ?? (isNullDevice(path, isWindows) ? () => {} : undefined);
      if (write !== undefined) return streamFile(write);
      if (attempt(() => system.statSync(at(path)).isFifo) === true) return pipeFile(at(path));
      return openFile(at(path), deps);
    },
    openLock: (path) => openLock(at(path), deps),
    rename: (from, to) =>
      from === "" || to === ""
        ? NO_SUCH_FILE
        : failureOf(() => system.renameSync(at(from), at(to))),
    remove: (path) => path === "" ? NO_SUCH_FILE : failureOf(() => system.removeSync(at(path))),
    identity: (path) => attempt(() => identityOf(system.statSync(at(path)))),
  };
}

interface Deps {
  readonly system: FileSystem;
  readonly isWindows: boolean;
}

function openForAppend(path: string, deps: Deps): Deno.FsFile | HostFailure {
  return openBy(path, { how: { append: true, create: true }, ...deps });
}

/** Opens a file. The runtime opens folders too on Windows, where nothing can be written to them then. */
function openBy(
  path: string,
  { how, system, isWindows }: Deps & { readonly how: Deno.OpenOptions },
): Deno.FsFile | HostFailure {
  try {
    const file = system.openSync(path, how);
    if (!isWindows || attempt(() => file.statSync().isDirectory) !== true) return file;
    file.close();
    return IS_DIRECTORY;
  } catch (error) {
    return describe(error);
  }
}

function isFailed(file: Deno.FsFile | HostFailure): file is HostFailure {
  return "reason" in file;
}

function openFile(path: string, deps: Deps): LogFile | HostFailure {
  const file = openForAppend(path, deps);
  if (isFailed(file)) return file;
  const right = rightToMove(path, { file, ...deps });
  let isOpen = true;
  return {
    write: (bytes) => failureOf(() => writeAll(file, bytes)),
    size: () => attempt(() => file.statSync().size) ?? -1,
    truncate: () => truncate(path, { file, ...deps }),
    identity: () => attempt(() => identityOf(file.statSync())),
    lock: right.take,
    unlock: right.giveBack,
    close() {
      right.close();
      if (isOpen) file.close();
      isOpen = false;
    },
  };
}

/** Windows empties no file by a handle that only appends. */
function truncate(
  path: string,
  { file, system, isWindows }: Deps & { readonly file: Deno.FsFile },
): HostFailure | undefined {
  if (attempt(() => file.statSync().isFile) === false) return undefined;
  return failureOf(() => isWindows ? system.truncateSync(path, 0) : file.truncateSync(0));
}

interface Right {
  readonly take: (waits: boolean) => LockOutcome;
  readonly giveBack: () => void;
  readonly close: () => void;
}

/**
 * The right to move a file. It is a lock on the file itself; Windows gives none by a handle that only appends, and
 * keeps everybody from writing to what is locked: there it is a lock on a file of its own.
 */
function rightToMove(
  path: string,
  { file, ...deps }: Deps & { readonly file: Deno.FsFile },
): Right {
  if (!deps.isWindows) {
    return {
      take: (waits) => takeLock(file, waits),
      giveBack: () => void attempt(() => file.unlockSync()),
      close: () => {},
    };
  }
  let own: Deno.FsFile | undefined;
  return {
    take(waits) {
      const opened = own ?? openToLock(`${path}.roll`, deps);
      if (isFailed(opened)) return opened;
      own = opened;
      return takeLock(opened, waits);
    },
    giveBack: () => void attempt(() => own?.unlockSync()),
    close() {
      own?.close();
      own = undefined;
    },
  };
}

/** For writing, not for appending: Windows locks nothing else. */
function openToLock(path: string, deps: Deps): Deno.FsFile | HostFailure {
  return openBy(path, { how: { write: true, create: true }, ...deps });
}

function openLock(path: string, deps: Deps): LockFile | HostFailure {
  const file = openToLock(path, deps);
  if (isFailed(file)) return file;
  let isOpen = true;
  return {
    acquire: (waits) => isOpen ? takeLock(file, waits) : "taken",
    release: () => void attempt(() => file.unlockSync()),
    close() {
      if (isOpen) file.close();
      isOpen = false;
    },
  };
}

function takeLock(file: Deno.FsFile, waits: boolean): LockOutcome {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0;; waited += LOCK_RETRY_MS) {
    try {
      if (file.tryLockSync(true)) return "held";
    } catch (error) {
      return describe(error);
    }
    if (!waits || waited >= LOCK_WAIT_MS) return "taken";
    Atomics.wait(cell, 0, 0, LOCK_RETRY_MS);
  }
}

function streamFile(write: Stream): LogFile {
  return {
    write: (bytes) => void write(bytes),
    size: () => -1,
    truncate: () => undefined,
    identity: () => undefined,
    lock: () => "held",
    unlock() {},
    close() {},
  };
}

/** A pipe is opened and written to while the program goes on, whether or not anybody reads it. */
function pipeFile(path: string): LogFile {
  let pipe: Pipe | undefined;
  let closing: Promise<void> | undefined;
  let failure: HostFailure | undefined;
  return {
    ...streamFile(() => {}),
    write(bytes) {
      pipe ??= openPipe(path);
      void pipe.put(bytes).then((outcome) => {
        if (typeof outcome === "object") failure = { code: 0, reason: outcome.failure };
        else if (outcome === "unread") failure = { code: 32, reason: "Broken pipe" };
      });
      const known = failure;
      failure = undefined;
      return known;
    },
    close() {
      closing ??= pipe?.close();
    },
    settled: async () => await closing,
  };
}

function identityOf(info: Deno.FileInfo): string | undefined {
  return info.ino === null ? undefined : `${info.dev}:${info.ino}`;
}
