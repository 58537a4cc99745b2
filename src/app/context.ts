/** What a mode gets. */

import type { Options } from "../options/mod.ts";
import type { LogTo } from "./logging.ts";

/** The options, the log, and the world. */
export interface ModeContext extends LogTo {
  /** What the command line asks for. */
  readonly options: Options;
}
