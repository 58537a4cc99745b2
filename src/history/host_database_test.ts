import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { withFolder } from "../../tests/support/with_folder.ts";
import { writeHistory } from "./host_database.ts";
import { APPLICATION_ID, SCHEMA_VERSION } from "./schema.ts";
import { rowAt } from "./testing.ts";
import type { HistoryRun } from "./types.ts";

function run(startedMs: number, ...names: readonly string[]): HistoryRun {
  const rows = names.map((name) => rowAt(startedMs, { name }));
  const facts = { everySeconds: null, title: "t", site: null, machine: null };
  return { startedMs, elapsedMs: 4, ...facts, rows };
}

function write(file: string, ...runs: readonly HistoryRun[]): ReturnType<typeof writeHistory> {
  return writeHistory(file, { runs, keepFromMs: undefined });
}

function rowsOf(file: string, sql: string): unknown[] {
  const database = new DatabaseSync(file);
  try {
    return database.prepare(sql).all().map((found) => Object.values(found));
  } finally {
    database.close();
  }
}

/** With what SQL quotes and URLs separate, as far as files may be called so. */
const ODD_NAME = `h 'x'#${Deno.build.os === "windows" ? "" : "?"}.db`;

const NAMES = "SELECT name, time FROM results ORDER BY started_ms, name";

Deno.test("a history is made, and added to, in a form that anybody can query", async () => {
  await withFolder(async (folder) => {
    const file = `${folder}/${ODD_NAME}`;
    assert.equal(await write(file, run(1000, "b", "a")), "written");
    assert.equal(await write(file, run(2000, "a"), run(3000, "a")), "written");
    assert.deepEqual(rowsOf(file, NAMES), [
      ["a", "1970-01-01T00:00:01.000Z"],
      ["b", "1970-01-01T00:00:01.000Z"],
      ["a", "1970-01-01T00:00:02.000Z"],
      ["a", "1970-01-01T00:00:03.000Z"],
    ]);
    assert.deepEqual(rowsOf(file, "SELECT count(*) FROM peer"), [[2]]);
    assert.deepEqual(rowsOf(file, "PRAGMA application_id"), [[APPLICATION_ID]]);
    assert.deepEqual(rowsOf(file, "PRAGMA user_version"), [[SCHEMA_VERSION]]);
    assert.deepEqual(rowsOf(file, "PRAGMA journal_mode"), [["wal"]]);
  });
});

Deno.test("old results go, with runs and peers of which nothing is left", async () => {
  await withFolder(async (folder) => {
    const file = `${folder}/h.db`;
    await write(file, run(1000, "old", "a"), run(2000, "a"));
    await writeHistory(file, { runs: [run(3000, "a")], keepFromMs: 2000 });
    assert.deepEqual(rowsOf(file, "SELECT started_ms FROM run ORDER BY 1"), [[2000], [3000]]);
    assert.deepEqual(rowsOf(file, "SELECT name FROM peer"), [["a"]]);
  });
});

Deno.test("what is not a history is left as it is, and a sentence says what it is", async () => {
  await withFolder(async (folder) => {
    const foreign = `${folder}/foreign.db`;
    const other = new DatabaseSync(foreign);
    other.exec("CREATE TABLE patients (name TEXT)");
    other.close();
    const later = `${folder}/later.db`;
    await write(later, run(1, "a"));
    const newer = new DatabaseSync(later);
    newer.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    newer.close();
    const text = `${folder}/text`;
    await Deno.writeTextFile(text, "name,host\n".repeat(100));
    for (
      const [file, words] of [
        [foreign, /^it is the database of another program$/],
        [later, /^a later echoscu wrote it/],
        [text, /^it is not an SQLite database$/],
        [folder, /^it is not a regular file$/],
        [`${folder}/none/h.db`, /^it cannot be opened or made there$/],
      ] as const
    ) {
      const before = await Deno.readFile(file).catch(() => undefined);
      const outcome = await write(file, run(1, "a"));
      assert.match(typeof outcome === "object" ? outcome.failure : outcome, words);
      assert.deepEqual(await Deno.readFile(file).catch(() => undefined), before);
    }
  });
});

Deno.test("a damaged history is reported", async () => {
  await withFolder(async (folder) => {
    const file = `${folder}/h.db`;
    await write(file, run(1, ...Array.from({ length: 500 }, (_, at) => `peer ${at}`)));
    const bytes = await Deno.readFile(file);
    bytes.fill(0x55, 100, bytes.length);
    await Deno.writeFile(file, bytes);
    assert.deepEqual(await write(file, run(2, "a")), { failure: "it is damaged" });
  });
});

Deno.test("a lock is waited for without holding up anything else, and not for long", async () => {
  await withFolder(async (folder) => {
    const file = `${folder}/h.db`;
    await write(file, run(1, "a"));
    const other = new DatabaseSync(file);
    other.exec("BEGIN IMMEDIATE");
    let turns = 0;
    const ticking = setInterval(() => turns += 1, 5);
    assert.deepEqual(await write(file, run(2, "a")), {
      failure: "another program has kept it locked for 2 s",
    });
    clearInterval(ticking);
    assert.ok(turns > 10, `${turns} turns`);
    const waiting = write(file, run(3, "a"));
    other.exec("COMMIT");
    other.close();
    assert.equal(await waiting, "written");
    assert.deepEqual(rowsOf(file, "SELECT started_ms FROM result"), [[1], [3]]);
  });
});

Deno.test("writers of one process do not lose anything of each other", async () => {
  await withFolder(async (folder) => {
    const file = `${folder}/h.db`;
    const runs = Array.from({ length: 20 }, (_, at) => run(at, "a", "b"));
    const outcomes = await Promise.all(runs.map((one) => write(file, one)));
    assert.deepEqual(new Set(outcomes), new Set(["written"]));
    assert.deepEqual(rowsOf(file, "SELECT count(*) FROM result"), [[40]]);
  });
});
