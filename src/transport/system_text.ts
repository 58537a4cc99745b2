/** What failed at a socket, in words that depend on no system and no language. */

import { errorWords } from "../system/mod.ts";

/** A connection failed under our hands; the message says how. */
export class SocketError extends Error {
  /** Stable code. */
  override readonly name = "SocketError";

  /** Makes an error from what the system threw. */
  constructor(cause: unknown) {
    super(errorWords(cause), { cause });
  }
}
