/**
 * The error queue of the reference's library, as far as it can be seen.
 *
 * A failing call leaves several entries; the reference prints the oldest one and removes only that. So the second of
 * two bad files shows the second entry of the first one's failure.
 */

import type { LibraryFailure } from "./types.ts";

/** Keeps entries in their order. */
export class ErrorQueue {
  readonly #entries: LibraryFailure[] = [];

  /** Adds what one failing call left, and takes the oldest entry of all. */
  exchange(entries: readonly LibraryFailure[]): LibraryFailure | undefined {
    this.#entries.push(...entries);
    return this.#entries.shift();
  }
}
