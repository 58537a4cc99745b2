/** A limit for a whole attempt. */

import { type CheckFailure, type CheckResult, TimedOut } from "../check/mod.ts";
import type { Clock } from "./types.ts";

/** A limit as its failure reports it. */
export interface Limit {
  /** How long it is. */
  readonly seconds: number;
  /** `wait`: the end of a wait for a peer; by default `deadline`, that of one attempt. */
  readonly timer?: "deadline" | "wait";
}

/**
 * Does `check` and ends it at `limit`, if there is one; `signal` ends it as well.
 *
 * A check that its limit ended was not interrupted by anybody: it timed out, at the stage it had reached.
 */
export async function withinDeadline(
  check: (signal: AbortSignal) => Promise<CheckResult>,
  { limit, signal, clock }: {
    readonly limit: Limit | undefined;
    readonly signal: AbortSignal;
    readonly clock: Clock;
  },
): Promise<CheckResult> {
  if (limit === undefined) return await check(signal);
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal.reason);
  signal.addEventListener("abort", onAbort);
  if (signal.aborted) onAbort();
  let isOver = false;
  const cancel = clock.after(limit.seconds * 1000, () => {
    isOver = !controller.signal.aborted;
    controller.abort("deadline");
  });
  try {
    const result = await check(controller.signal);
    return isOver ? timedOut(result, limit) : result;
  } finally {
    cancel();
    signal.removeEventListener("abort", onAbort);
  }
}

/** The result of a check that `limit` ended; one that had only its association to end stays verified. */
export function timedOut(result: CheckResult, limit: Limit): CheckResult {
  if (result.outcome === "verified") return result;
  const { error, endingError } = result;
  if (error.name === "Interrupted" && ["release", "abort"].includes(error.stage)) {
    const { error: _, ...known } = result;
    return { ...known, outcome: "verified", endingError: late(error, limit) };
  }
  return {
    ...result,
    error: late(error, limit),
    ...(endingError === undefined ? {} : { endingError: late(endingError, limit) }),
  };
}

function late<Error extends CheckFailure>(
  error: Error,
  { seconds, timer = "deadline" }: Limit,
): Error | TimedOut {
  if (error.name !== "Interrupted") return error;
  return new TimedOut(error.stage, { timer, seconds, within: "idle" });
}

/** Milliseconds as seconds with whole milliseconds, since people read limits in messages; a moment at least. */
export function limitSeconds(ms: number): number {
  return Math.max(1, Math.round(ms)) / 1000;
}
