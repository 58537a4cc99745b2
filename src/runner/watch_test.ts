import assert from "node:assert/strict";
import { JumpingClock } from "../../tests/support/jumping_clock.ts";
import type { CheckFailure, CheckResult } from "../check/mod.ts";
import { peerOf } from "../../tests/support/plan_peers.ts";
import { verified } from "../../tests/support/report_runs.ts";
import {
  dialFailed,
  refused,
  type Scripted,
  scriptedChecks,
} from "../../tests/support/scripted_checks.ts";
import { type StateChange, waitUntilUp, watchPeer } from "./watch.ts";

/** A peer that plays `script`, on its own clock. */
function world(script: readonly Scripted[]) {
  const clock = new JumpingClock();
  const stop = new AbortController();
  const { check, begun } = scriptedChecks(() => script, clock);
  const means = {
    check: (signal: AbortSignal) => check(peerOf("a"), signal),
    clock,
    wallTime: () => 1_000_000 + clock.now(),
    signal: stop.signal,
  };
  return { clock, stop, begun, means };
}

/** A change in short. */
function short({ at, result, before }: StateChange): string {
  const state = result.outcome === "verified" ? "up" : result.error.message;
  const was = before === undefined
    ? ""
    : ` after ${before.isUp ? "up" : "down"} ${before.lastedMs}`;
  return `${at - 1_000_000} ${state}${was}`;
}

/** Checks of a tenth of a second, the last one for ever. */
function states(...errors: readonly (CheckFailure | undefined)[]): readonly Scripted[] {
  return errors.map((error) => error === undefined ? { ms: 100 } : { ms: 100, error });
}

async function watch(
  script: readonly Scripted[],
  { seconds, endMs }: { readonly seconds: number; readonly endMs: number },
) {
  const { clock, stop, begun, means } = world(script);
  clock.after(endMs, () => stop.abort("SIGINT"));
  const changes: string[] = [];
  const totals = await clock.until(
    watchPeer(seconds, { ...means, changed: (change) => changes.push(short(change)) }),
  );
  return { changes, totals, begun, clock };
}

Deno.test("watchPeer() reports the first state and each change, with how long the one before lasted", async () => {
  const script = states(undefined, undefined, refused(), refused(), undefined);
  const { changes, totals } = await watch(script, { seconds: 10, endMs: 45_000 });
  assert.deepEqual(changes, [
    "0 up",
    `20000 ${refused().message} after up 20000`,
    "40000 up after down 20000",
  ]);
  assert.deepEqual(totals, { checks: 5, verified: 3 });
});

Deno.test("watchPeer() reports when a peer is down for another reason, and counts that as one time", async () => {
  const script = states(refused(), dialFailed("timed-out"), undefined);
  const { changes } = await watch(script, { seconds: 10, endMs: 25_000 });
  assert.deepEqual(changes, [
    `0 ${refused().message}`,
    `10000 ${dialFailed("timed-out").message} after down 10000`,
    "20000 up after down 20000",
  ]);
});

Deno.test("watchPeer() begins a check that is late at once, and never two at a time", async () => {
  const { begun } = await watch([{ ms: 25_000 }], { seconds: 10, endMs: 60_000 });
  assert.equal(begun.length, 3);
});

Deno.test("watchPeer() ends in the middle of a check without telling a change", async () => {
  const { changes, totals, clock } = await watch([{ ms: 60_000 }], { seconds: 10, endMs: 5_000 });
  assert.deepEqual(changes, []);
  assert.deepEqual(totals, { checks: 0, verified: 0 });
  assert.equal(clock.now(), 5_000);
  assert.equal(clock.pending, 0);
});

async function wait(script: readonly Scripted[], seconds: number) {
  const { clock, begun, means } = world(script);
  const result = await clock.until(waitUntilUp(seconds, means));
  return { result, begun, clock };
}

Deno.test("waitUntilUp() ends as soon as the peer is verified", async () => {
  const { result, clock } = await wait(states(refused(), refused(), undefined), 60);
  assert.equal(result.outcome, "verified");
  assert.equal(clock.now(), 2 * 1000 + 3 * 100);
});

Deno.test("waitUntilUp() ends in time with the last failure, and tries until shortly before", async () => {
  const { result, clock, begun } = await wait([{ ms: 1, error: refused() }], 5);
  assert.ok(result.outcome === "failed" && result.error.name === "DialFailed");
  assert.ok(clock.now() <= 5000 && clock.now() > 4800);
  assert.ok(begun.length > 5);
});

Deno.test("waitUntilUp() keeps the failure before the attempt that the end of the wait cut off", async () => {
  const { result, clock } = await wait([{ ms: 10, error: refused() }, { ms: 60_000 }], 5);
  assert.ok(result.outcome === "failed" && result.error.name === "DialFailed");
  assert.equal(clock.now(), 5000);
});

Deno.test("waitUntilUp() reports a time-out when its only attempt was cut off", async () => {
  const { result } = await wait([{ ms: 60_000 }], 5);
  assert.ok(result.outcome === "failed" && result.error.name === "TimedOut");
  assert.deepEqual(result.error.details, { timer: "wait", seconds: 5, within: "idle" });
});

Deno.test("waitUntilUp() ends when a person wants it to", async () => {
  const { clock, stop, means } = world([{ ms: 60_000 }]);
  clock.after(1000, () => stop.abort("SIGINT"));
  const result: CheckResult = await clock.until(waitUntilUp(30, means));
  assert.ok(result.outcome === "failed" && result.error.name === "Interrupted");
  assert.equal(clock.now(), 1000);
});

Deno.test("waitUntilUp() does nothing more once the peer is up", async () => {
  const { clock, means } = world([]);
  const result = await clock.until(
    waitUntilUp(30, { ...means, check: () => Promise.resolve(verified()) }),
  );
  assert.equal(result.outcome, "verified");
  assert.equal(clock.pending, 0);
});
