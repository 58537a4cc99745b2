/** What an option does, as its test sees it. */

import type { Options } from "./options.ts";

/** An option that begins a run: what to read from the options, and what is there. */
export interface Effect {
  /** The words after the option. */
  readonly words: readonly string[];
  /** Other words that the option needs. */
  readonly others?: readonly string[];
  /** Reads the place that the option changes. */
  readonly read: (options: Options) => unknown;
  /** What is there with the option. */
  readonly given: unknown;
  /** What is there without. */
  readonly absent: unknown;
}
