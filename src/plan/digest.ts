/** What a report names a file of a plan by, so that anybody can prove which one it was. */

import { createHash } from "node:crypto";

/** A file that a plan or a list was read from. */
export interface PlanSource {
  /** Path, as it was given or put together. */
  readonly file: string;
  /** SHA-256 of its bytes, in lower-case hex. */
  readonly sha256: string;
}

/** SHA-256 of `bytes` in lower-case hex, as `sha256sum` prints it. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
