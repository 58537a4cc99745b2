import assert from "node:assert/strict";
import { JumpingClock } from "../../tests/support/jumping_clock.ts";
import { peerOf } from "../../tests/support/plan_peers.ts";
import {
  dialFailed,
  refused,
  type Scripted,
  scriptedChecks,
  SETTINGS,
} from "../../tests/support/scripted_checks.ts";
import type { PlanPeer } from "../plan/types.ts";
import { runPlan } from "./run_plan.ts";
import type { RunSettings } from "./types.ts";
import { type PeerChange, type WatchedRun, watchPlan } from "./watch_plan.ts";

/** How to watch. */
interface Watching {
  readonly seconds: number;
  readonly endMs: number;
  readonly settings?: Partial<RunSettings>;
}

/** Watches peers that play scripts until `endMs`. */
async function watch(
  peers: readonly PlanPeer[],
  scripts: Readonly<Record<string, readonly Scripted[]>>,
  { seconds, endMs, settings }: Watching,
) {
  const clock = new JumpingClock();
  const stop = new AbortController();
  const { signal } = stop;
  const { check, begun } = scriptedChecks(({ name }) => scripts[name] ?? [], clock);
  const environment = { check, clock, wallTime: () => 1_000_000 + clock.now(), signal };
  clock.after(endMs, () => stop.abort("SIGINT"));
  const seen: WatchedRun[] = [];
  const runs = await clock.until(watchPlan(seconds, {
    run: () => runPlan({ peers }, { settings: { ...SETTINGS, ...settings }, environment }),
    clock,
    signal,
    seen: (run) => Promise.resolve(void seen.push(run)),
  }));
  return { runs, seen, begun, clock };
}

/** A change in short. */
function short({ entry, before }: PeerChange): string {
  const { name, verdict } = entry;
  if (before === undefined) return `${name} ${verdict}`;
  return `${name} ${verdict} after ${before.hasPassed ? "passed" : "failed"} ${before.lastedMs}`;
}

function changesOf(seen: readonly WatchedRun[]): readonly (readonly string[] | undefined)[] {
  return seen.map(({ changes }) => changes?.map(short));
}

Deno.test("watchPlan() says which peers changed since the run before, in the order of the plan", async () => {
  const fine = { ms: 100 };
  const { runs, seen, clock } = await watch([peerOf("a"), peerOf("b")], {
    a: [fine, { ms: 100, error: refused() }, { ms: 100, error: refused() }, fine],
    b: [{ ms: 5, error: refused() }, { ms: 5 }],
  }, { seconds: 10, endMs: 45_000 });
  assert.deepEqual(changesOf(seen), [
    undefined,
    ["a failed after passed 10000", "b passed after failed 10000"],
    [],
    ["a passed after failed 20000"],
    [],
  ]);
  assert.equal(runs, 5);
  assert.equal(clock.pending, 0);
});

Deno.test("watchPlan() takes another reason for a change that does not begin the time anew", async () => {
  const { seen } = await watch([peerOf("a")], {
    a: [{ ms: 1, error: refused() }, { ms: 1, error: dialFailed("timed-out") }, { ms: 1 }],
  }, { seconds: 10, endMs: 25_000 });
  assert.deepEqual(changesOf(seen), [
    undefined,
    ["a failed after failed 10000"],
    ["a passed after failed 20000"],
  ]);
});

Deno.test("watchPlan() does not take other numbers of the same expectation for a change", async () => {
  const expect = { reachable: true, implementationVersion: "ELSE*", maxLatencyMs: 1 };
  const { seen } = await watch([peerOf("a", { expect })], { a: [{ ms: 1 }] }, {
    seconds: 1,
    endMs: 2500,
  });
  assert.deepEqual(seen.map(({ report }) => report.entries[0]?.verdict), Array(3).fill("failed"));
  assert.deepEqual(changesOf(seen), [undefined, [], []]);
});

Deno.test("watchPlan() leaves a peer that was skipped as it was", async () => {
  const { seen } = await watch([peerOf("a")], {
    a: [{ ms: 1 }, { ms: 60_000 }, { ms: 1 }],
  }, { seconds: 10, endMs: 25_000, settings: { deadlineSeconds: 5 } });
  assert.deepEqual(seen.map(({ report }) => report.entries[0]?.verdict), [
    "passed",
    "skipped",
    "passed",
  ]);
  assert.deepEqual(changesOf(seen), [undefined, [], []]);
});

Deno.test("watchPlan() reports of a peer that was skipped at first as soon as it is known", async () => {
  const { seen } = await watch([peerOf("a")], {
    a: [{ ms: 60_000 }, { ms: 1, error: refused() }],
  }, { seconds: 10, endMs: 25_000, settings: { deadlineSeconds: 5 } });
  assert.deepEqual(changesOf(seen), [undefined, ["a failed"], []]);
});

Deno.test("watchPlan() reports a first run that a person ended, and forgets later ones", async () => {
  const script = { a: [{ ms: 1 }], b: [{ ms: 60_000 }] };
  const peers = [peerOf("a"), peerOf("b")];
  const { runs, seen } = await watch(peers, script, { seconds: 10, endMs: 1000 });
  assert.equal(runs, 1);
  assert.deepEqual(seen.map(({ report }) => report.interrupted), ["SIGINT"]);
  assert.deepEqual(seen[0]?.report.entries.map(({ verdict }) => verdict), ["passed", "skipped"]);
});

Deno.test("watchPlan() knows when a peer was last verified", async () => {
  const { seen } = await watch([peerOf("a")], {
    a: [{ ms: 1 }, { ms: 1, error: refused() }],
  }, { seconds: 10, endMs: 15_000 });
  const [first, second] = seen.map(({ report }) => report.entries[0]?.lastSuccessAt);
  assert.ok(first !== undefined && first >= 1_000_000);
  assert.equal(second, first);
});

Deno.test("watchPlan() begins a run that is late at once, and forgets the one that a person ended", async () => {
  const { runs, begun, seen } = await watch([peerOf("a")], { a: [{ ms: 25_000 }] }, {
    seconds: 10,
    endMs: 60_000,
  });
  assert.deepEqual([runs, seen.length, begun.length], [2, 2, 3]);
});
