/** How a history is opened: where it is, whether it is one, and what is said when it cannot be used. */

import type { DatabaseSync } from "node:sqlite";
import { errorWords, loadLinks } from "../system/mod.ts";
import { type DatabaseMarks, whyNotHistory } from "./schema.ts";
import { databaseWords, isLocked } from "./words.ts";

/** How long somebody else may keep the file locked: 2 s. Checks that are to come wait no longer than that. */
const LOCKED_MS = 2000;

/** Between looks at a lock. SQLite's own wait would hold up the whole program. */
const PAUSE_MS = 20;

/** The history cannot be used; the message is a clause that says why. */
export class HistoryError extends Error {
  /** Stable name. */
  override readonly name = "HistoryError";
}

/** Where it is, as a path that SQLite takes for nothing else. Opening what is not a file could take forever. */
export async function pathOf(file: string): Promise<string> {
  const path = await (await loadLinks()).whereLinksLead(file);
  try {
    const info = await Deno.lstat(path);
    if (!info.isFile) throw new HistoryError("it is not a regular file");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return /^(?:[A-Za-z]:)?[\\/]/.test(path) ? path : `./${path}`;
}

/** Does what may meet a lock of somebody else until it does not; rejects when that takes more than 2 s. */
export async function untilUnlocked<Value>(act: () => Value): Promise<Value> {
  const giveUp = performance.now() + LOCKED_MS;
  for (;;) {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof Error && isLocked(error.message))) throw error;
      if (performance.now() > giveUp) {
        throw new HistoryError(`another program has kept it locked for ${LOCKED_MS / 1000} s`);
      }
    }
    await pause(PAUSE_MS);
  }
}

/** Gives the version of the tables, 0 where there are none; throws where it is not a history of this program. */
export function versionOf(database: DatabaseSync): number {
  // One statement, so that it sees one moment.
  const marks = database.prepare(
    "SELECT (SELECT count(*) FROM sqlite_schema) AS objects, application_id AS applicationId, " +
      "user_version AS version FROM pragma_application_id, pragma_user_version",
  ).get() as unknown as DatabaseMarks;
  const why = whyNotHistory(marks);
  if (why !== undefined) throw new HistoryError(why);
  return marks.version;
}

/** What went wrong, as a clause. */
export function failureWords(error: unknown): string {
  if (error instanceof HistoryError) return error.message;
  const isOfSqlite = error instanceof Error && "code" in error &&
    error.code === "ERR_SQLITE_ERROR";
  return isOfSqlite ? databaseWords(error.message) : errorWords(error);
}

function pause(ms: number): Promise<void> {
  return new Promise((end) => AbortSignal.timeout(ms).addEventListener("abort", () => end()));
}
