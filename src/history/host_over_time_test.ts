import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { withFolder } from "../../tests/support/with_folder.ts";
import { availabilityOf, type OverTime, type Period, Zone } from "../availability/mod.ts";
import { writeHistory } from "./host_database.ts";
import { loadHistoryReader } from "./mod.ts";
import { DOWN, rowAt } from "./testing.ts";
import type { HistoryRow, HistoryRun } from "./types.ts";

const MINUTE_MS = 60_000;

function run(everySeconds: number | null, ...rows: readonly HistoryRow[]): HistoryRun {
  const startedMs = rows[0]?.startedMs ?? 0;
  const facts = { elapsedMs: 20, title: null, site: null, machine: null };
  return { startedMs, everySeconds, ...facts, rows };
}

/** What is read of `runs`. */
async function read(runs: readonly HistoryRun[], period: Period): Promise<OverTime> {
  let found: OverTime | undefined;
  await withFolder(async (folder) => {
    const file = `${folder}/h.db`;
    assert.equal(await writeHistory(file, { runs, keepFromMs: undefined }), "written");
    const { openHistoryReader, readOverTime } = await loadHistoryReader();
    const reader = await openHistoryReader(file);
    found = await readOverTime(reader, { ...period, zone: new Zone("UTC") });
    reader.close();
  });
  assert.ok(found !== undefined);
  return found;
}

Deno.test("an hour of a history, and the hour before it", async () => {
  const runs = Array.from(
    { length: 120 },
    (_, minute) => run(60, rowAt(minute * MINUTE_MS, minute >= 70 && minute < 82 ? DOWN : {})),
  );
  const { peers } = await read(runs, { sinceMs: 60 * MINUTE_MS, untilMs: 120 * MINUTE_MS });
  const [peer] = peers;
  assert.equal(peers.length, 1);
  assert.deepEqual([peer?.upMs, peer?.downMs], [48 * MINUTE_MS, 12 * MINUTE_MS]);
  assert.equal(peer?.earlier.upMs, 60 * MINUTE_MS);
  const [outage] = peer.outages;
  assert.deepEqual(
    [outage?.beginMs, outage?.endMs, outage?.situation],
    [70 * MINUTE_MS, 82 * MINUTE_MS, "port-refused"],
  );
  assert.deepEqual(
    peer.stages.map(({ stage, slowestMs }) => [stage, slowestMs]),
    [["connect", 1], ["associate", 4], ["echo", 10], ["end", 5]],
  );
});

Deno.test("results from before both periods count for how long they hold", async () => {
  const runs = [run(600, rowAt(0, DOWN)), run(null, rowAt(0, { name: "OTHER" }))];
  const period = { sinceMs: 15 * MINUTE_MS, untilMs: 21 * MINUTE_MS };
  const { peers } = await read(runs, period);
  assert.deepEqual(
    peers.map((peer) => [peer.name, peer.downMs / MINUTE_MS, peer.upMs / MINUTE_MS]),
    [["ARCHIVE", 5, 0], ["OTHER", 0, 6]],
  );
});

Deno.test("a peer of a plan that moves stays one, and who is called by other titles is another", async () => {
  const address = { name: "10.0.0.9:104", host: "10.0.0.9" };
  const { peers } = await read([
    run(60, rowAt(0), rowAt(0, address)),
    run(
      60,
      rowAt(MINUTE_MS, { host: "10.0.0.2", ...DOWN }),
      rowAt(MINUTE_MS, { ...address, calledAeTitle: "C" }),
    ),
  ], { sinceMs: 0, untilMs: 2 * MINUTE_MS });
  assert.deepEqual(
    peers.map((peer) => [peer.name, peer.addresses.length, availabilityOf(peer)]),
    [
      ["ARCHIVE", 2, 0.5],
      ["10.0.0.9:104 (A calls B)", 1, 1],
      ["10.0.0.9:104 (A calls C)", 1, 1],
    ],
  );
});

Deno.test("what cannot be read is one sentence", async () => {
  await withFolder(async (folder) => {
    const { openHistoryReader, readOverTime, isHistoryError } = await loadHistoryReader();
    const foreign = new DatabaseSync(`${folder}/foreign`);
    foreign.exec("CREATE TABLE patients (name TEXT)");
    foreign.close();
    await Deno.writeTextFile(`${folder}/text`, "name,host\n".repeat(100));
    await Deno.writeTextFile(`${folder}/empty`, "");
    for (
      const [name, words] of [
        ["none", /^No such file or directory$/],
        ["", /^it is not a regular file$/],
        ["foreign", /^it is the database of another program$/],
        ["text", /^it is not an SQLite database$/],
        ["empty", /^there is nothing in it$/],
      ] as const
    ) {
      await assert.rejects(openHistoryReader(`${folder}/${name}`), (error) => {
        assert.ok(isHistoryError(error));
        assert.match(error.message, words);
        return true;
      });
    }
    const file = `${folder}/h.db`;
    const many = Array.from({ length: 3000 }, (_, at) => run(60, rowAt(at * MINUTE_MS)));
    await writeHistory(file, { runs: many, keepFromMs: undefined });
    const bytes = await Deno.readFile(file);
    bytes.fill(0x55, bytes.length / 2);
    await Deno.writeFile(file, bytes);
    const reader = await openHistoryReader(file);
    const period = { sinceMs: 0, untilMs: 3000 * MINUTE_MS, zone: new Zone("UTC") };
    await assert.rejects(readOverTime(reader, period), {
      name: "HistoryError",
      message: "it is damaged",
    });
    reader.close();
  });
});

Deno.test("reading goes on in slices, and ends when nobody wants it", async () => {
  await withFolder(async (folder) => {
    const file = `${folder}/h.db`;
    const many = Array.from({ length: 5000 }, (_, at) => run(60, rowAt(at * MINUTE_MS)));
    await writeHistory(file, { runs: many, keepFromMs: undefined });
    const { openHistoryReader, readOverTime } = await loadHistoryReader();
    const reader = await openHistoryReader(file);
    const ending = new AbortController();
    const period = { sinceMs: 0, untilMs: 5000 * MINUTE_MS, zone: new Zone("UTC") };
    setTimeout(() => ending.abort("SIGINT"), 0);
    await assert.rejects(
      readOverTime(reader, { ...period, signal: ending.signal }),
      (reason) => reason === "SIGINT",
    );
    reader.close();
  });
});

Deno.test("what a status page asks for: the newest results, and periods that end now", async () => {
  const hour = 3_600_000;
  // One an hour, of which three in the last day fail.
  const runs = Array.from(
    { length: 60 },
    (_, at) => run(3600, rowAt(at * hour, at >= 50 && at < 53 ? DOWN : {})),
  );
  await withFolder(async (folder) => {
    const file = `${folder}/h.db`;
    assert.equal(await writeHistory(file, { runs, keepFromMs: undefined }), "written");
    const { openHistoryReader, readNewest, readPeriods } = await loadHistoryReader();
    const reader = await openHistoryReader(file);
    const untilMs = 59.5 * hour;
    const newest = await readNewest(reader, { sinceMs: 48 * hour, untilMs, count: 240 });
    const samples = newest.get("ARCHIVE") ?? [];
    assert.deepEqual(samples.map(({ at }) => at / hour), [
      48,
      49,
      50,
      51,
      52,
      53,
      54,
      55,
      56,
      57,
      58,
      59,
    ]);
    assert.equal(samples.filter(({ hasPassed }) => !hasPassed).length, 3);
    const few = await readNewest(reader, { sinceMs: 0, untilMs, count: 2 });
    assert.deepEqual(few.get("ARCHIVE")?.map(({ at }) => at / hour), [58, 59]);
    const { signal } = new AbortController();
    const found = await readPeriods(reader, { untilMs, days: [1, 7], signal });
    const [day, week] = found.get("ARCHIVE") ?? assert.fail();
    assert.equal(day && availabilityOf(day), 21 / 24);
    assert.equal(week && availabilityOf(week), 56.5 / 59.5);
    assert.equal(week?.unmeasuredMs, (7 * 24 - 59.5) * hour);
    assert.equal(week?.outageCount, 1);
    reader.close();
  });
});
