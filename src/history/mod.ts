/** Results over time, in a file of SQLite. */

import type { HistoryWriter } from "./types.ts";

export { historyRun } from "./rows.ts";
export type * from "./types.ts";

/** Loads what writes to a history. */
export async function loadHistoryWriter(): Promise<HistoryWriter> {
  return (await import("./host_database.ts")).writeHistory;
}
