/** What the system room gives: the operating system's files and standard streams as values. */

/** Why a file gives no bytes. */
export type FileFault =
  | "missing"
  | "directory"
  | "unreadable"
  /** The runtime does not let this program read it. */
  | "not-allowed"
  /** The runtime lets no program read it that has named rights only. */
  | "kept"
  /** Larger than whoever reads it takes. */
  | "too-large"
  /** A pipe, a device or a socket where only a regular file is read. */
  | "not-regular"
  /** A pipe or a device that did not come to its end in time. */
  | "too-slow";

/** The bytes of a whole file, or why there are none. */
export type FileContent = Uint8Array | { readonly error: FileFault };

/** Reads a whole file, or says why not. */
export type FileReader = (path: string) => FileContent | Promise<FileContent>;

/** The two standard streams that a program writes to. */
export type StreamName = "stdout" | "stderr";

/** What came of writing to a standard stream. */
export type WriteOutcome =
  | "written"
  /** Whoever read it has left. */
  | "unread"
  /** It could not be written, for this reason in our words. */
  | { readonly failure: string };
