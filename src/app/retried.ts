/** Tries one peer again after what may be gone soon: `--retries`. Loaded when it is given. */

import type { CheckEvent, CheckResult, CheckTrace } from "../check/mod.ts";
import type { Retries } from "../options/mod.ts";
import { isWorthRetrying, pause } from "../runner/mod.ts";
import type { ModeContext } from "./context.ts";
import { logMessage } from "./logging.ts";

/** What came of all attempts. */
export interface Retried {
  /** Of the last one. */
  readonly result: CheckResult;
  /** How many there were. */
  readonly attempts: number;
  /** When the last one began, in milliseconds since 1970. */
  readonly startedAt: number;
}

/** How attempts are made. */
export interface RetryMeans extends ModeContext {
  /** Makes one; its events go to the trace. */
  readonly check: (trace: CheckTrace) => Promise<CheckResult>;
  /** Gets the events of the last attempt, and of all where that `isLive`. */
  readonly trace: CheckTrace;
  /** Whether each attempt is logged while it goes on. */
  readonly isLive: boolean;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Tries until nothing is gained by another attempt, or there are none left. */
export async function retried(
  { count, delaySeconds }: Retries,
  context: RetryMeans,
): Promise<Retried> {
  const { check, trace, isLive, signal, world } = context;
  for (let attempts = 1;; attempts += 1) {
    const startedAt = world.wallTime();
    const events: CheckEvent[] = [];
    const isLast = attempts > count;
    const result = await check(isLive || isLast ? trace : (event) => void events.push(event));
    const goesOn = !isLast && !signal.aborted && result.outcome === "failed" &&
      isWorthRetrying(result);
    if (goesOn) {
      const left = `attempt ${attempts} of ${count + 1}, the next one in ${delaySeconds} s`;
      logMessage(context, { level: "info", text: `Not verified (${left})` });
      await pause(delaySeconds, { clock: world.clock, signal });
    }
    if (goesOn && !signal.aborted) continue;
    for (const event of events) trace(event);
    return { result, attempts, startedAt };
  }
}
