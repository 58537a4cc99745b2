/** Writes to a history: a file of SQLite, by the runtime's own module. Loaded with the first result. */

import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { WriteOutcome } from "../system/mod.ts";
import { failureWords, pathOf, untilUnlocked, versionOf } from "./host_open.ts";
import { migrationFrom } from "./schema.ts";
import type { HistoryRow, HistoryWrite } from "./types.ts";

/** Most old results that are removed at once, so that others do not wait long for it. */
const MOST_REMOVED = 10_000;

/** Adds to the history in `file`, which is made where there is none, in one transaction; says what came of it. */
export async function writeHistory(file: string, write: HistoryWrite): Promise<WriteOutcome> {
  try {
    const path = await pathOf(file);
    await untilUnlocked(() => attempt(path, write));
    return "written";
  } catch (error) {
    return { failure: failureWords(error) };
  }
}

function attempt(path: string, write: HistoryWrite): void {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    versionOf(database);
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE");
    database.exec(migrationFrom(versionOf(database)));
    add(database, write);
    database.exec("COMMIT");
  } finally {
    database.close();
  }
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
