/** The history as the modes see it. */

import type { RunReport } from "../runner/mod.ts";

/** Where results are kept over time. */
export interface History {
  /** Adds the results of a run; resolves when they are written, or it has been said why they are not. */
  readonly add: (report: RunReport) => Promise<void>;
  /** Waits for what is being written; whether all of it was. */
  readonly close: () => Promise<boolean>;
}
