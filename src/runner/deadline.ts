/** A limit for a whole attempt. */

import { type CheckResult, TimedOut } from "../check/mod.ts";
import type { Clock } from "./types.ts";

/** Why a signal was raised by a deadline, and not by a person. */
const DEADLINE = "deadline";

/**
 * Does `check` and ends it after `seconds`, if they are given; `signal` ends it as well.
 *
 * A check that its deadline ended was not interrupted by anybody: it timed out, at the stage it had reached.
 */
export async function withinDeadline(
  check: (signal: AbortSignal) => Promise<CheckResult>,
  limit: {
    readonly seconds: number | undefined;
    readonly signal: AbortSignal;
    readonly clock: Clock;
  },
): Promise<CheckResult> {
  const { seconds, signal, clock } = limit;
  if (seconds === undefined) return await check(signal);
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal.reason);
  signal.addEventListener("abort", onAbort);
  if (signal.aborted) onAbort();
  const cancel = clock.after(seconds * 1000, () => controller.abort(DEADLINE));
  try {
    return timedOut(await check(controller.signal), seconds);
  } finally {
    cancel();
    signal.removeEventListener("abort", onAbort);
  }
}

function timedOut(result: CheckResult, seconds: number): CheckResult {
  if (result.outcome === "verified") return result;
  const { error } = result;
  if (error.name !== "Interrupted" || error.reason !== DEADLINE) return result;
  const details = { timer: "deadline", seconds, within: "idle" } as const;
  return { ...result, error: new TimedOut(error.stage, details) };
}
