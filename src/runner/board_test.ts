import assert from "node:assert/strict";
import { Board, timesOf } from "./board.ts";
import type { ReportEntry, Verdict } from "./result.ts";

const SECOND = 1000;

function entryOf(name: string, verdict: Verdict): ReportEntry {
  return { name, tags: [], unmet: [], attempts: 1, verdict };
}

/** Runs of one peer, a second each; a skipped one has no time of its own. */
function boardOf(verdicts: readonly Verdict[]): Board {
  const board = new Board();
  for (const [index, verdict] of verdicts.entries()) {
    const startedAt = index * SECOND;
    const entry = {
      ...entryOf("archive", verdict),
      ...(verdict === "skipped" ? {} : { startedAt }),
    };
    board.add({ startedAt, elapsedMs: 1, entries: [entry] });
  }
  return board;
}

/** What is known of the one peer of a board. */
function stateOf(board: Board) {
  const [state] = board.peers();
  assert.ok(state !== undefined);
  const { hasPassed, since, hasChanged, changedNow } = state;
  return { hasPassed, since, hasChanged, changedNow };
}

Deno.test("a board knows since when a peer is what it is, and whether that is new", () => {
  assert.deepEqual(stateOf(boardOf(["passed", "passed"])), {
    hasPassed: true,
    since: 0,
    hasChanged: false,
    changedNow: false,
  });
  assert.deepEqual(stateOf(boardOf(["passed", "failed"])), {
    hasPassed: false,
    since: SECOND,
    hasChanged: true,
    changedNow: true,
  });
  assert.deepEqual(stateOf(boardOf(["passed", "failed", "skipped", "failed"])), {
    hasPassed: false,
    since: SECOND,
    hasChanged: true,
    changedNow: false,
  });
});

Deno.test("a peer that was only skipped is neither up nor down", () => {
  const board = boardOf(["skipped", "skipped"]);
  const unknown = { hasPassed: undefined, since: undefined, hasChanged: false, changedNow: false };
  assert.deepEqual(stateOf(board), unknown);
  assert.deepEqual(board.peers()[0]?.samples, []);
});

Deno.test("a board keeps so many results and failures, and the newest", () => {
  const [state] = boardOf(Array.from({ length: 300 }, () => "failed" as const)).peers();
  assert.equal(state?.samples.length, 240);
  assert.equal(state?.samples.at(-1)?.at, 299 * SECOND);
  assert.deepEqual(
    state?.failures.map(({ startedAt }) => startedAt),
    [299, 298, 297, 296, 295].map((second) => second * SECOND),
  );
});

Deno.test("a peer that is not in the plan any more is forgotten, and the order is the plan's", () => {
  const board = new Board();
  const runOf = (...names: string[]) => ({
    startedAt: 0,
    elapsedMs: 1,
    entries: names.map((name) => entryOf(name, "passed")),
  });
  board.add(runOf("a", "b", "c"));
  board.add(runOf("c", "b", "d"));
  assert.deepEqual(board.peers().map(({ entry }) => entry.name), ["c", "b", "d"]);
});

Deno.test("median and slowest are of what passed", () => {
  const samples = [40, 10, 1000, 30].map((elapsedMs) => ({
    at: 0,
    elapsedMs,
    hasPassed: elapsedMs < 1000,
  }));
  assert.deepEqual(timesOf(samples), { medianMs: 30, slowestMs: 40 });
  assert.deepEqual(timesOf(samples.slice(0, 2)), { medianMs: 25, slowestMs: 40 });
  assert.deepEqual(timesOf(samples.slice(1, 2)), { medianMs: 10, slowestMs: 10 });
  assert.equal(timesOf([]), undefined);
});

Deno.test("what was known before the first run goes on, unless nothing was measured for too long", () => {
  const minutes = (count: number) => 1_000_000 + count * 60_000;
  const past = (...verdicts: readonly boolean[]) =>
    verdicts.map((hasPassed, at) => ({ at: minutes(at), hasPassed, elapsedMs: 5 }));
  const boardAt = (minute: number) => {
    const board = new Board();
    board.recall(
      new Map([["a", past(true, true, false, false)], ["b", past(true, true)]]),
      180_000,
    );
    const startedAt = minutes(minute);
    const entries = [entryOf("b", "passed"), entryOf("a", "failed"), entryOf("c", "passed")];
    board.add({ startedAt, elapsedMs: 9, entries: entries.map((one) => ({ ...one, startedAt })) });
    return board.peers();
  };
  const [b, a, c] = boardAt(4);
  assert.deepEqual([a?.since, a?.hasChanged, a?.changedNow], [minutes(2), true, false]);
  assert.equal(a?.samples.length, 5);
  assert.deepEqual([b?.since, b?.hasChanged], [minutes(0), false]);
  assert.deepEqual([c?.since, c?.samples.length], [minutes(4), 1]);
  const [, late] = boardAt(60);
  assert.deepEqual([late?.since, late?.hasChanged, late?.samples.length], [minutes(60), false, 5]);
});
