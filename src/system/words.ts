/** What the operating system's errors mean, by class and number: its own words depend on its language. */

/** The errors of systems that the program can meet, by the C library's names, in the words of the C library. */
const WORDS: Readonly<Record<string, string>> = {
  EACCES: "Permission denied",
  EADDRINUSE: "Address already in use",
  EADDRNOTAVAIL: "Cannot assign requested address",
  EAGAIN: "Resource temporarily unavailable",
  EBUSY: "The file is in use by another program",
  ECONNABORTED: "Software caused connection abort",
  ECONNREFUSED: "Connection refused",
  ECONNRESET: "Connection reset by peer",
  EDQUOT: "Disk quota exceeded",
  EEXIST: "File exists",
  EFBIG: "File too large",
  EHOSTUNREACH: "No route to host",
  EINVAL: "Invalid argument",
  EIO: "Input/output error",
  EISDIR: "Is a directory",
  ELOOP: "Too many levels of symbolic links",
  EMFILE: "Too many open files",
  ENAMETOOLONG: "File name too long",
  ENETUNREACH: "Network is unreachable",
  ENFILE: "Too many open files in system",
  ENOBUFS: "No buffer space available",
  ENOMEM: "Cannot allocate memory",
  ENOENT: "No such file or directory",
  ENOSPC: "No space left on device",
  ENOTDIR: "Not a directory",
  ENXIO: "No such device or address",
  EPERM: "Operation not permitted",
  EPIPE: "Broken pipe",
  EROFS: "Read-only file system",
  ETIMEDOUT: "Connection timed out",
  ETXTBSY: "Text file busy",
};

/** Numbers of Windows (`winerror.h`) that the runtime names otherwise than the C library would, or not at all. */
const CODE_OF_WINDOWS_ERROR: Readonly<Record<number, string>> = {
  2: "ENOENT",
  3: "ENOENT",
  4: "EMFILE",
  5: "EACCES",
  19: "EROFS",
  32: "EBUSY",
  33: "EBUSY",
  39: "ENOSPC",
  80: "EEXIST",
  112: "ENOSPC",
  123: "ENOENT",
  183: "EEXIST",
  206: "ENAMETOOLONG",
  267: "ENOTDIR",
  1224: "EBUSY",
  1295: "EDQUOT",
};

/** Classes of the runtime's errors that have no number of their own. */
const CODE_OF_CLASS: Readonly<Record<string, string>> = {
  AddrInUse: "EADDRINUSE",
  AddrNotAvailable: "EADDRNOTAVAIL",
  AlreadyExists: "EEXIST",
  BrokenPipe: "EPIPE",
  ConnectionAborted: "ECONNABORTED",
  ConnectionRefused: "ECONNREFUSED",
  ConnectionReset: "ECONNRESET",
  FilesystemLoop: "ELOOP",
  IsADirectory: "EISDIR",
  NetworkUnreachable: "ENETUNREACH",
  NotADirectory: "ENOTDIR",
  NotFound: "ENOENT",
  PermissionDenied: "EACCES",
  TimedOut: "ETIMEDOUT",
  WouldBlock: "EAGAIN",
};

/** Which system an error comes from. */
export interface SystemKind {
  /** Default: whether this is Windows. */
  readonly isWindows?: boolean;
  /** Default: whether this is macOS. */
  readonly isMac?: boolean;
}

/**
 * The number of the system that the runtime puts into the message of an error of the system, in its own words;
 * `undefined` when there is none.
 */
export function errorNumber(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const at = error.message.indexOf("(os error ");
  if (at < 0) return undefined;
  const number = Number.parseInt(error.message.slice(at + "(os error ".length), 10);
  return Number.isNaN(number) ? undefined : number;
}

/** The C library's name of the error (`ENOENT`, ...), the same on all systems; `undefined` for other errors. */
export function errorCode(
  error: unknown,
  { isWindows = Deno.build.os === "windows" }: SystemKind = {},
): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const ofWindows = isWindows ? CODE_OF_WINDOWS_ERROR[errorNumber(error) ?? -1] : undefined;
  if (ofWindows !== undefined) return ofWindows;
  if ("code" in error && typeof error.code === "string") return error.code;
  return CODE_OF_CLASS[error.name];
}

/**
 * Whether the runtime keeps a file from every program that has named rights only: most of `/dev`, `/proc` and `/sys`.
 * Its own words advise what users of an executable cannot do.
 */
export function isKeptByRuntime(error: unknown): boolean {
  return error instanceof Error && error.name === "NotCapable" &&
    error.message.includes("--allow-all");
}

/** Our words for an error of the system, the same on all systems and in all languages; else its message without numbers. */
export function errorWords(error: unknown, kind: SystemKind = {}): string {
  if (isKeptByRuntime(error)) return "the runtime lets no program use it";
  const known = WORDS[errorCode(error, kind) ?? ""];
  if (known !== undefined) return known;
  const message = error instanceof Error ? error.message : String(error);
  const at = message.indexOf(" (os error ");
  return at < 0 ? message : message.slice(0, at);
}
