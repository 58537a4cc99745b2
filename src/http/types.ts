/** What the room takes from others. */

import type { CheckEnvironment } from "../check/mod.ts";

/** Time as checks know it. */
export type Clock = CheckEnvironment["clock"];
