/** A limit for a whole attempt. */

import { type CheckResult, TimedOut } from "../check/mod.ts";
import type { Clock } from "./types.ts";

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
  let isOver = false;
  const cancel = clock.after(seconds * 1000, () => {
    isOver = !controller.signal.aborted;
    controller.abort("deadline");
  });
  try {
    const result = await check(controller.signal);
    return isOver ? timedOut(result, seconds) : result;
  } finally {
    cancel();
    signal.removeEventListener("abort", onAbort);
  }
}

/** The result of a check that a limit of `seconds` ended: nobody interrupted it, it timed out. */
export function timedOut(result: CheckResult, seconds: number): CheckResult {
  if (result.outcome === "verified" || result.error.name !== "Interrupted") return result;
  const details = { timer: "deadline", seconds, within: "idle" } as const;
  return { ...result, error: new TimedOut(result.error.stage, details) };
}
