/** What the system said, in the words of the C library. */

/** The texts of errno that a connection can meet, by the code the runtime gives, as glibc words them. */
const ERRNO_TEXTS: Readonly<Record<string, string>> = {
  EACCES: "Permission denied",
  EADDRNOTAVAIL: "Cannot assign requested address",
  ECONNABORTED: "Software caused connection abort",
  ECONNREFUSED: "Connection refused",
  ECONNRESET: "Connection reset by peer",
  EHOSTUNREACH: "No route to host",
  EINVAL: "Invalid argument",
  EMFILE: "Too many open files",
  ENETUNREACH: "Network is unreachable",
  ENFILE: "Too many open files in system",
  ENOBUFS: "No buffer space available",
  ENOMEM: "Cannot allocate memory",
  EPERM: "Operation not permitted",
  EPIPE: "Broken pipe",
  ETIMEDOUT: "Connection timed out",
};

/** The runtime's error code (`ECONNREFUSED`, ...) of a thrown value; `undefined` when it has none. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** A connection failed under our hands; the message is the system's words. */
export class SocketError extends Error {
  /** Stable code. */
  override readonly name = "SocketError";

  /** Makes an error from what the system threw. */
  constructor(cause: unknown) {
    super(systemText(cause), { cause });
  }
}

/** The system's words for a thrown value: the C library's where it has some, else the runtime's without numbers. */
export function systemText(error: unknown): string {
  const known = ERRNO_TEXTS[errorCode(error) ?? ""];
  if (known !== undefined) return known;
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/ \(os error \d+\)/, "");
}
