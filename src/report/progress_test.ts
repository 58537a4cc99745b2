import assert from "node:assert/strict";
import { entryOf, failed, FAILURES, verified } from "../../tests/support/report_runs.ts";
import type { RunEvent } from "../runner/mod.ts";
import { peerOf } from "../../tests/support/plan_peers.ts";
import { RunProgress } from "./progress.ts";

const [ERROR] = FAILURES;
assert.ok(ERROR !== undefined);
const PASSED = entryOf(verified());
const FAILED = entryOf(failed(ERROR));

function started(index: number, time: number): RunEvent {
  return { type: "started", index, peer: peerOf(`peer ${index}`), attempt: 1, time };
}

function finished(index: number, entry = PASSED): RunEvent {
  return { type: "finished", index, peer: peerOf(`peer ${index}`), entry, time: 0 };
}

Deno.test("RunProgress counts what is done and what runs", () => {
  const progress = new RunProgress(9);
  assert.equal(progress.line(0, 80), "0/9 done: 0 ok, 0 failed, 0 running");
  for (const index of [0, 1, 2, 3]) progress.add(started(index, 0));
  progress.add(finished(0));
  progress.add(finished(1, FAILED));
  progress.add(finished(8, { ...PASSED, verdict: "skipped" }));
  assert.equal(progress.line(500, 80), "3/9 done: 1 ok, 1 failed, 1 skipped, 2 running");
});

Deno.test("RunProgress names the slowest of those that run, once that is a second", () => {
  const progress = new RunProgress(3);
  progress.add(started(1, 100));
  progress.add(started(0, 2000));
  assert.equal(progress.line(1099, 80), "0/3 done: 0 ok, 0 failed, 2 running");
  assert.equal(progress.line(4100, 80), "0/3 done: 0 ok, 0 failed, 2 running, slowest peer 1 4 s");
  progress.add(finished(1));
  assert.equal(
    progress.line(4100, 80),
    "1/3 done: 1 ok, 0 failed, 1 running, slowest peer 0 2.1 s",
  );
});

Deno.test("RunProgress names who waits for the next attempt, and does not count that as running", () => {
  const progress = new RunProgress(2);
  const result = failed(ERROR);
  for (const [index, name] of [[0, "CT\n"], [1, "MR"]] as const) {
    progress.add(started(index, 0));
    const peer = peerOf(name);
    progress.add({ type: "attempt", index, peer, attempt: 1, result, retryInSeconds: 1, time: 0 });
  }
  const start = "0/2 done: 0 ok, 0 failed";
  assert.equal(progress.line(5000, 80), `${start}, 0 running, 2 to try again (CT\\x0a, ...)`);
  progress.add(started(0, 5000));
  assert.equal(progress.line(5000, 80), `${start}, 1 running, 1 to try again (MR)`);
});

Deno.test("RunProgress fits any width, and shows names without control characters", () => {
  const progress = new RunProgress(1);
  progress.add({ ...started(0, 0), peer: peerOf("a\x1b[2J\n") } as RunEvent);
  assert.equal(
    progress.line(2000, 200),
    "0/1 done: 0 ok, 0 failed, 1 running, slowest a\\x1b[2J\\x0a 2 s",
  );
  assert.equal(progress.line(2000, 12), "0/1 done: 0…");
});
