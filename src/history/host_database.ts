/** Writes to a history: a file of SQLite, by the runtime's own module. Loaded with the first result. */

import { DatabaseSync, type StatementSync } from "node:sqlite";
import { errorWords, loadLinks, type WriteOutcome } from "../system/mod.ts";
import { type DatabaseMarks, migrationFrom, whyNotHistory } from "./schema.ts";
import type { HistoryRow, HistoryWrite } from "./types.ts";
import { databaseWords, isLocked } from "./words.ts";

/** How long somebody else may keep the file locked: 2 s. Checks that are to come wait no longer than that. */
const LOCKED_MS = 2000;

/** Between looks at a lock. SQLite's own wait would hold up the whole program. */
const PAUSE_MS = 20;

/** Most old results that are removed at once, so that others do not wait long for it. */
const MOST_REMOVED = 10_000;

/** The file is a database, but not one to write to. */
class NotHistoryError extends Error {
  override readonly name = "NotHistoryError";
}

/** Adds to the history in `file`, which is made where there is none, in one transaction; says what came of it. */
export async function writeHistory(file: string, write: HistoryWrite): Promise<WriteOutcome> {
  const giveUp = performance.now() + LOCKED_MS;
  try {
    const path = await pathOf(file);
    for (;;) {
      const outcome = attempt(path, write);
      if (outcome === "written") return outcome;
      if (performance.now() > giveUp) {
        return { failure: `another program has kept it locked for ${LOCKED_MS / 1000} s` };
      }
      await pause(PAUSE_MS);
    }
  } catch (error) {
    if (error instanceof NotHistoryError) return { failure: error.message };
    const isOfSqlite = error instanceof Error && "code" in error &&
      error.code === "ERR_SQLITE_ERROR";
    return { failure: isOfSqlite ? databaseWords(error.message) : errorWords(error) };
  }
}

/** Where it is, as a path that SQLite takes for nothing else. Opening what is not a file could take forever. */
async function pathOf(file: string): Promise<string> {
  const path = await (await loadLinks()).whereLinksLead(file);
  try {
    const info = await Deno.lstat(path);
    if (!info.isFile) throw new NotHistoryError("it is not a regular file");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return /^(?:[A-Za-z]:)?[\\/]/.test(path) ? path : `./${path}`;
}

function attempt(path: string, write: HistoryWrite): "written" | "locked" {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    judge(database);
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE");
    database.exec(migrationFrom(judge(database)));
    add(database, write);
    database.exec("COMMIT");
    return "written";
  } catch (error) {
    if (error instanceof Error && isLocked(error.message)) return "locked";
    throw error;
  } finally {
    database?.close();
  }
}

/** Throws unless it is a history; gives its version. One statement, so that it sees one moment. */
function judge(database: DatabaseSync): number {
  const marks = database.prepare(
    "SELECT (SELECT count(*) FROM sqlite_schema) AS objects, application_id AS applicationId, " +
      "user_version AS version FROM pragma_application_id, pragma_user_version",
  ).get() as unknown as DatabaseMarks;
  const why = whyNotHistory(marks);
  if (why !== undefined) throw new NotHistoryError(why);
  return marks.version;
}

function add(database: DatabaseSync, { runs, keepFromMs }: HistoryWrite): void {
  const run = database.prepare(
    "INSERT INTO run (started_ms, elapsed_ms, every_s, title, site, machine) " +
      "VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
  );
  const statements = { peer: database.prepare(PEER), result: database.prepare(RESULT) };
  for (const { rows, ...one } of runs) {
    if (rows.length === 0) continue;
    const id = idOf(run.get(
      one.startedMs,
      one.elapsedMs,
      one.everySeconds,
      one.title,
      one.site,
      one.machine,
    ));
    for (const row of rows) addRow(row, { run: id, ...statements });
  }
  if (keepFromMs !== undefined) remove(database, keepFromMs);
}

const PEER = "INSERT INTO peer (name, peer_group, host, port, calling_ae_title, called_ae_title) " +
  "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET peer_group = excluded.peer_group RETURNING id";

const RESULT = "INSERT INTO result (run, peer, started_ms, elapsed_ms, verdict, outcome, " +
  "attempts, stage, fault, situation, message, resolve_ms, connect_ms, tls_ms, associate_ms, " +
  "echo_ms, end_ms, tls_days_left) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

function addRow(
  row: HistoryRow,
  { run, peer, result }: {
    readonly run: number;
    readonly peer: StatementSync;
    readonly result: StatementSync;
  },
): void {
  const { name, group, host, port, callingAeTitle, calledAeTitle } = row;
  result.run(
    run,
    idOf(peer.get(name, group, host, port, callingAeTitle, calledAeTitle)),
    row.startedMs,
    row.elapsedMs,
    row.verdict,
    row.outcome,
    row.attempts,
    row.stage,
    row.fault,
    row.situation,
    row.message,
    row.resolveMs,
    row.connectMs,
    row.tlsMs,
    row.associateMs,
    row.echoMs,
    row.endMs,
    row.tlsDaysLeft,
  );
}

function idOf(row: ReturnType<StatementSync["get"]>): number {
  return Number(row?.["id"]);
}

/** What is old goes, with runs and peers of which nothing is left. */
function remove(database: DatabaseSync, keepFromMs: number): void {
  const { changes } = database.prepare(
    "DELETE FROM result WHERE id IN (SELECT id FROM result WHERE started_ms < ? LIMIT ?)",
  ).run(keepFromMs, MOST_REMOVED);
  if (changes === 0) return;
  database.exec(
    "DELETE FROM run WHERE NOT EXISTS (SELECT 1 FROM result WHERE result.run = run.id);" +
      "DELETE FROM peer WHERE NOT EXISTS (SELECT 1 FROM result WHERE result.peer = peer.id)",
  );
}

function pause(ms: number): Promise<void> {
  return new Promise((end) => AbortSignal.timeout(ms).addEventListener("abort", () => end()));
}
