/** Results over time, in a file of SQLite. */

import type { OverTime } from "../availability/mod.ts";
import type { OverTimeSettings } from "./over_time.ts";
import type { HistoryReader, HistoryWriter } from "./types.ts";

export { historyRun } from "./rows.ts";
export type { OverTimeSettings } from "./over_time.ts";
export type * from "./types.ts";

/** Loads what writes to a history. */
export async function loadHistoryWriter(): Promise<HistoryWriter> {
  return (await import("./host_database.ts")).writeHistory;
}

/** What reads a history. */
export interface HistoryReading {
  /** Opens a file for reading; rejects where that is not possible. */
  readonly openHistoryReader: (file: string) => Promise<HistoryReader>;
  /** Sums up a period; rejects where reading fails, or with the reason of the signal. */
  readonly readOverTime: (reader: HistoryReader, settings: OverTimeSettings) => Promise<OverTime>;
  /** Whether an error says by its message, a clause, why the history cannot be read. */
  readonly isHistoryError: (error: unknown) => error is Error;
}

/** Loads what reads a history. */
export async function loadHistoryReader(): Promise<HistoryReading> {
  const { openHistoryReader } = await import("./host_reader.ts");
  const { readOverTime } = await import("./over_time.ts");
  const { HistoryError } = await import("./host_open.ts");
  const isHistoryError = (error: unknown): error is Error => error instanceof HistoryError;
  return { openHistoryReader, readOverTime, isHistoryError };
}
