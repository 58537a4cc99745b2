/** Reads a history, which others may write to meanwhile. Nothing of it is changed. */

import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Period } from "../availability/mod.ts";
import { failureWords, HistoryError, pathOf, untilUnlocked, versionOf } from "./host_open.ts";
import type { HistoryPeer, HistoryReader, HistoryResult } from "./types.ts";

/** So many results are read at once; between them others have their turn. */
const SLICE = 2000;

const RESULT = "SELECT result.peer, result.started_ms, result.elapsed_ms, verdict, stage, fault, " +
  "situation, message, resolve_ms, connect_ms, tls_ms, associate_ms, echo_ms, end_ms, " +
  "tls_days_left, every_s, run.elapsed_ms, result.id FROM result JOIN run ON run.id = result.run ";

/** Opens the history in `file`; rejects with a `HistoryError` that says why it cannot be read. */
export async function openHistoryReader(file: string): Promise<HistoryReader> {
  return await worded(async () => {
    const path = await pathOf(file);
    await Deno.lstat(path);
    const database = await untilUnlocked(() => open(path));
    return readerOf(database);
  });
}

/** Everything that goes wrong as a `HistoryError`. */
async function worded<Value>(act: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    throw new HistoryError(failureWords(error), { cause: error });
  }
}

function open(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 0, readOnly: true });
  try {
    if (versionOf(database) === 0) throw new HistoryError("there is nothing in it");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function readerOf(database: DatabaseSync): HistoryReader {
  return {
    peers: () => worded(() => untilUnlocked(() => peersOf(database))),
    last: (peer, { before, count }) =>
      worded(() =>
        untilUnlocked(() => {
          const found = rowsOf(
            database,
            `${RESULT}WHERE peer = ? AND result.started_ms < ? ORDER BY result.started_ms DESC, result.id DESC LIMIT ?`,
          ).all(peer, before, count);
          return found.map((row) => resultOf(row as unknown as Row)).reverse();
        })
      ),
    results: (period, signal) => slicesOf(database, { period, signal }),
    close: () => database.close(),
  };
}

function rowsOf(database: DatabaseSync, sql: string): StatementSync {
  const statement = database.prepare(sql);
  (statement as StatementSync & { setReturnArrays(on: boolean): void }).setReturnArrays(true);
  return statement;
}

function peersOf(database: DatabaseSync): readonly HistoryPeer[] {
  return database.prepare(
    'SELECT id, name, peer_group AS "group", host, port, calling_ae_title AS callingAeTitle, ' +
      "called_ae_title AS calledAeTitle FROM peer ORDER BY id",
  ).all() as unknown as readonly HistoryPeer[];
}

/** Slice by slice, each a statement of its own: so errors are not lost on the way, and writers are not held up. */
async function* slicesOf(
  database: DatabaseSync,
  { period, signal }: { readonly period: Period; readonly signal: AbortSignal | undefined },
): AsyncGenerator<readonly HistoryResult[]> {
  const statement = rowsOf(
    database,
    `${RESULT}WHERE (result.started_ms, result.id) > (?, ?) AND result.started_ms < ? ` +
      "ORDER BY result.started_ms, result.id LIMIT ?",
  );
  let after: readonly [number, number] = [period.sinceMs, -1];
  for (;;) {
    const [ms, id] = after;
    const rows = await worded(() =>
      untilUnlocked(() => statement.all(ms, id, period.untilMs, SLICE))
    ) as unknown as readonly Row[];
    if (rows.length > 0) yield rows.map(resultOf);
    const last = rows.at(-1);
    if (last === undefined || rows.length < SLICE) return;
    after = [last[1], last[17]];
    await new Promise((turn) => setTimeout(turn));
    signal?.throwIfAborted();
  }
}

/** The columns of `RESULT`. */
type Row = readonly [
  peer: number,
  startedMs: number,
  elapsedMs: number,
  verdict: "passed" | "failed",
  stage: string | null,
  fault: string | null,
  situation: string | null,
  message: string | null,
  resolveMs: number | null,
  connectMs: number | null,
  tlsMs: number | null,
  associateMs: number | null,
  echoMs: number | null,
  endMs: number | null,
  tlsDaysLeft: number | null,
  everySeconds: number | null,
  runMs: number,
  id: number,
];

function resultOf(row: Row): HistoryResult {
  return {
    peer: row[0],
    startedMs: row[1],
    elapsedMs: row[2],
    verdict: row[3],
    stage: row[4],
    fault: row[5],
    situation: row[6],
    message: row[7],
    stageMs: [row[8], row[9], row[10], row[11], row[12], row[13]],
    tlsDaysLeft: row[14],
    everySeconds: row[15],
    runMs: row[16],
  };
}
