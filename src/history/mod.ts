/** Results over time, in a file of SQLite. */

import type { OverTime, PeriodOfPeer } from "../availability/mod.ts";
import type { Sample } from "../runner/mod.ts";
import type { NewestSettings, PeriodsSettings } from "./recent.ts";
import type { OverTimeSettings } from "./over_time.ts";
import type { HistoryReader, HistoryWriter } from "./types.ts";

export { historyRun } from "./rows.ts";
export type { OverTimeSettings } from "./over_time.ts";
export type { NewestSettings, PeriodsSettings } from "./recent.ts";
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
  /** Reads the newest results of peers by their names, the oldest first; rejects as `readOverTime` does. */
  readonly readNewest: (
    reader: HistoryReader,
    settings: NewestSettings,
  ) => Promise<ReadonlyMap<string, readonly Sample[]>>;
  /** Sums up several periods that end at the same time, of peers by their names; rejects so too. */
  readonly readPeriods: (
    reader: HistoryReader,
    settings: PeriodsSettings,
  ) => Promise<ReadonlyMap<string, readonly PeriodOfPeer[]>>;
  /** Whether an error says by its message, a clause, why the history cannot be read. */
  readonly isHistoryError: (error: unknown) => error is Error;
}

/** Loads what reads a history. */
export async function loadHistoryReader(): Promise<HistoryReading> {
  const { openHistoryReader } = await import("./host_reader.ts");
  const { readOverTime } = await import("./over_time.ts");
  const { readNewest, readPeriods } = await import("./recent.ts");
  const { HistoryError } = await import("./host_open.ts");
  const isHistoryError = (error: unknown): error is Error => error instanceof HistoryError;
  return { openHistoryReader, readOverTime, readNewest, readPeriods, isHistoryError };
}
