import assert from "node:assert/strict";
import { JumpingClock } from "../../tests/support/jumping_clock.ts";
import { failed } from "../../tests/support/report_runs.ts";
import { type CheckResult, EchoFailed, Interrupted } from "../check/mod.ts";
import { limitSeconds, withinDeadline } from "./deadline.ts";

/** Does a check that waits for its signal, then ends as `ending` says. */
async function cut(
  limitSecondsGiven: number | undefined,
  ending: (reason: unknown) => CheckResult,
): Promise<CheckResult> {
  const clock = new JumpingClock();
  const stop = new AbortController();
  clock.after(60_000, () => stop.abort("SIGINT"));
  const check = async (signal: AbortSignal) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => resolve());
    await promise;
    return ending(signal.reason);
  };
  const limit = limitSecondsGiven === undefined ? undefined : { seconds: limitSecondsGiven };
  return await clock.until(withinDeadline(check, { limit, signal: stop.signal, clock }));
}

/** What went wrong, and what went wrong in the end. */
function names(result: CheckResult): readonly (string | undefined)[] {
  const error = result.outcome === "failed" ? result.error.name : result.outcome;
  return [error, result.endingError?.name];
}

Deno.test("withinDeadline() calls what its limit ended a time-out, also where only the ending was cut", async () => {
  const echo = new EchoFailed({ status: 0x0110, messageId: 1 });
  const inEcho = (reason: unknown) => failed(new Interrupted("echo", reason));
  const inEnding = (reason: unknown) => ({
    ...failed(echo),
    endingError: new Interrupted("release", reason),
  });
  assert.deepEqual(names(await cut(5, inEcho)), ["TimedOut", undefined]);
  assert.deepEqual(names(await cut(5, inEnding)), ["EchoFailed", "TimedOut"]);
  const inRelease = (reason: unknown) => failed(new Interrupted("release", reason));
  assert.deepEqual(names(await cut(5, inRelease)), ["verified", "TimedOut"]);
});

Deno.test("withinDeadline() leaves what a person ended as it is", async () => {
  const inEcho = (reason: unknown) => failed(new Interrupted("echo", reason));
  assert.deepEqual(names(await cut(undefined, inEcho)), ["Interrupted", undefined]);
  assert.deepEqual(names(await cut(90, inEcho)), ["Interrupted", undefined]);
});

Deno.test("limitSeconds() has whole milliseconds, one at least", () => {
  assert.deepEqual([1499.99, 0.2, -5, 2000].map(limitSeconds), [1.5, 0.001, 0.001, 2]);
});
