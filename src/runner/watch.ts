/** One peer again and again: until it is up, or for as long as somebody wants to know. */

import type { CheckFailure, CheckResult, FailedCheck } from "../check/mod.ts";
import { limitSeconds, withinDeadline } from "./deadline.ts";
import { pause, pauseInWait } from "./pause.ts";
import type { Clock } from "./types.ts";

/** The world as watching sees it. */
export interface WatchEnvironment {
  /** Checks the peer; when the signal is raised it ends at once, with an `Interrupted` result. */
  readonly check: (signal: AbortSignal) => Promise<CheckResult>;
  /** Monotonic time and timers. */
  readonly clock: Clock;
  /** Milliseconds since 1970. */
  readonly wallTime: () => number;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** The state of the peer became another one. */
export interface StateChange {
  /** When the check began that found it, in milliseconds since 1970. */
  readonly at: number;
  /** What that check found. */
  readonly result: CheckResult;
  /** The state before; missing for the first one. */
  readonly before?: {
    /** Whether the peer was up. */
    readonly isUp: boolean;
    /** How long that had lasted, in milliseconds. */
    readonly lastedMs: number;
  };
}

/** What watching has seen in all. */
export interface WatchTotals {
  /** Checks that came to their end. */
  readonly checks: number;
  /** Those that verified the peer. */
  readonly verified: number;
}

/**
 * Checks every `seconds`, counted from the beginning of a check, until the signal is raised; reports each change.
 *
 * Being down for another reason than before is a change too, and so is being up with associations that end badly.
 */
export async function watchPeer(
  seconds: number,
  deps: WatchEnvironment & { readonly changed: (change: StateChange) => void },
): Promise<WatchTotals> {
  const { check, clock, wallTime, signal, changed } = deps;
  const totals = { checks: 0, verified: 0 };
  let state: { readonly key: string; readonly isUp: boolean; since: number } | undefined;
  while (!signal.aborted) {
    const began = clock.now();
    const at = wallTime();
    const result = await check(signal);
    if (signal.aborted) break;
    const isUp = result.outcome === "verified";
    totals.checks += 1;
    totals.verified += isUp ? 1 : 0;
    const key = stateKey(result);
    if (key !== state?.key) {
      const before = state === undefined
        ? {}
        : { before: { isUp: state.isUp, lastedMs: began - state.since } };
      changed({ at, result, ...before });
      state = { key, isUp, since: state?.isUp === isUp ? state.since : began };
    }
    await pause(Math.max(0, seconds - (clock.now() - began) / 1000), { clock, signal });
  }
  return totals;
}

function stateKey(result: CheckResult): string {
  if (result.outcome === "failed") return reasonKey(result.error);
  return result.endingError === undefined ? "up" : `up ${reasonKey(result.endingError)}`;
}

/** Failures with the same key look the same to somebody who waits for their end. */
export function reasonKey(error: CheckFailure): string {
  const reason = error.name === "DialFailed" ? error.reason : "";
  return [error.name, error.stage, reason].join(" ");
}

/** Pause between the attempts of `waitUntilUp` in seconds: our judgement, services take seconds to start. */
const PAUSE_SECONDS = 1;

/**
 * Checks until the peer is verified, for at most `seconds`; gives the result that counts.
 *
 * That is the first success, or the last failure that was not due to the end of the wait itself.
 */
export async function waitUntilUp(seconds: number, deps: WatchEnvironment): Promise<CheckResult> {
  const { check, clock, signal } = deps;
  const end = clock.now() + seconds * 1000;
  let last: FailedCheck | undefined;
  for (;;) {
    const limit = { seconds: limitSeconds(end - clock.now()), timer: "wait" } as const;
    const result = await withinDeadline(check, { limit, signal, clock });
    if (result.outcome === "verified" || signal.aborted) return result;
    const isCut = result.error.name === "TimedOut" && result.error.details.timer === "wait";
    if (!isCut || last === undefined) last = result;
    const rest = pauseInWait(PAUSE_SECONDS, end - clock.now());
    if (isCut || rest === undefined) return last;
    await pause(rest, { clock, signal });
    if (signal.aborted) return last;
  }
}
