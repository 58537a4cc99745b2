/** Puts a new file in the place of an old one that somebody may have open. */

import { errorCode } from "../system/mod.ts";

/** Waits between two attempts. */
const RETRY_MS = 100;
/** Attempts, within about a second: viewers and virus scanners have a file open for moments. */
const ATTEMPTS = 10;
/** What Windows says of a file that is open: ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION. */
const OPEN_ELSEWHERE: ReadonlySet<string> = new Set(["EACCES", "EBUSY"]);

/** How a renaming is done. */
export interface Renaming {
  /** Does it; rejects with the system's error. */
  readonly rename: () => Promise<void>;
  /** Whether this is Windows, where an open file keeps its place. */
  readonly isWindows: boolean;
  /** Resolves after `ms` milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}

/** Renames; on Windows again for about a second where somebody has the old file open. */
export async function renamePatiently({ rename, isWindows, pause }: Renaming): Promise<void> {
  for (let attempt = 1;; attempt++) {
    try {
      return await rename();
    } catch (error) {
      const isOpen = isWindows && OPEN_ELSEWHERE.has(errorCode(error, { isWindows }) ?? "");
      if (!isOpen || attempt === ATTEMPTS) throw error;
      await pause(RETRY_MS);
    }
  }
}
