/** Checks one peer again and again: `--retries`, `--watch` and `--wait-until-up`. Loaded when one of them is asked for. */

import type { CheckEvent, CheckResult, CheckTrace } from "../check/mod.ts";
import type { Retries, WaitMode, WatchMode } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import {
  type ChangeLook,
  loadReports,
  loadRunText,
  type RunText,
  type SingleRun,
} from "../report/mod.ts";
import {
  isWorthRetrying,
  pause,
  type StateChange,
  waitUntilUp,
  watchPeer,
  type WatchTotals,
} from "../runner/mod.ts";
import { checkPeer, securityOf } from "./check_mode.ts";
import type { ModeContext } from "./context.ts";
import { logMessage, logTrace, wantsLog } from "./logging.ts";
import { isObstacle, type Outcome, sumUp } from "./outcome.ts";
import type { Changes } from "./reports.ts";

const ONCE = { count: 0, delaySeconds: 0 } as const;

/**
 * Watches the peer of `mode` until a signal ends it, or there is something to print and nobody reads standard output
 * any more; prints each change.
 */
export async function runWatchMode(mode: WatchMode, context: ModeContext): Promise<Outcome> {
  const { options, world, recording } = context;
  const text = await loadRunText();
  const check = checkOf({ ...mode, kind: "check" }, options);
  const { peerDeadlineSeconds: deadlineSeconds } = options;
  const secured = await securityOf(context);
  if (isObstacle(secured)) return secured;
  const { secure, special } = secured;
  const trace = wantsLog(options) ? await logTrace({ ...context, special }) : () => {};
  const { openWatchOutputs } = await import("./reports.ts");
  const outputs = openWatchOutputs(context);
  const { singleReport } = await loadReports();
  let lastSuccessAt: number | undefined;
  let last: CheckResult | undefined;
  const totals = await watchPeer(mode.seconds, {
    async check(signal) {
      const { result, attempts, startedAt } = await retried(mode.retries ?? ONCE, {
        ...context,
        check: (trace) =>
          checkPeer(check, { world, trace, secure, signal, deadlineSeconds, recording }),
        trace,
        isLive: true,
        signal,
      });
      if (signal.aborted) return result;
      last = result;
      await sumUp(result, context);
      const { outcome, elapsedMs } = result;
      if (outcome === "verified") lastSuccessAt = startedAt + elapsedMs;
      await outputs.report(singleReport(result, { startedAt, elapsedMs, lastSuccessAt, attempts }));
      return result;
    },
    clock: world.clock,
    wallTime: world.wallTime,
    signal: AbortSignal.any([world.signal, outputs.unread]),
    changed: (change) => outputs.say(changesOf(change, { text, look: outputs.look })),
  });
  outputs.say(endOf(totals, text));
  return { kind: "watched", last };
}

function changesOf(
  change: StateChange,
  { text, look }: { readonly text: RunText; readonly look: ChangeLook },
): Changes {
  return {
    lines: () => text.changeLines(change, look),
    events: () => [text.changeEvent(change, look)],
  };
}

function endOf(totals: WatchTotals, text: RunText): Changes {
  return { lines: () => text.watchSummary(totals), events: () => [text.watchEndEvent(totals)] };
}

/** One of the attempts of `runWaitMode`. */
interface Attempt {
  readonly result: CheckResult;
  readonly startedAt: number;
  /** Its lines, unless they have been logged already. */
  readonly events: readonly CheckEvent[];
}

/**
 * Checks the peer of `mode` until it is verified or time is up; gives what came of the last attempt.
 *
 * Failures on the way are expected: without `-v` only the lines of the last one are logged, once it is the last.
 */
export async function runWaitMode(mode: WaitMode, context: ModeContext): Promise<Outcome> {
  const { options, world, recording } = context;
  const { clock, wallTime, signal } = world;
  const check = checkOf({ ...mode, kind: "check" }, options);
  const secured = await securityOf(context);
  if (isObstacle(secured)) return secured;
  const { secure, special } = secured;
  const deps = { world, secure, recording, deadlineSeconds: options.peerDeadlineSeconds };
  const log = await logTrace({ ...context, special });
  const isLive = wantsLog(options);
  const began = { at: wallTime(), now: clock.now() };
  let count = 0;
  /* The last attempt may have been cut off at the end of the wait: then the one before it counts. */
  const attempts: Attempt[] = [];
  const attempt = async (signal: AbortSignal) => {
    const startedAt = wallTime();
    const events: CheckEvent[] = [];
    const trace = isLive ? log : (event: CheckEvent) => void events.push(event);
    const result = await checkPeer(check, { ...deps, trace, signal });
    count += 1;
    attempts.splice(0, attempts.length - 1);
    attempts.push({ result, startedAt, events });
    return result;
  };
  const result = await waitUntilUp(mode.seconds, { check: attempt, clock, wallTime, signal });
  // What the end of the wait cut off is a result of its own.
  const last = attempts.find((attempt) => attempt.result === result) ?? attempts.at(-1);
  for (const event of last?.events ?? []) log(event);
  if (result.outcome === "failed" && !signal.aborted) {
    logMessage(context, { level: "fatal", text: `Not verified within ${mode.seconds} s` });
  }
  const run: SingleRun = {
    startedAt: began.at,
    elapsedMs: clock.now() - began.now,
    attempts: count,
    lastStartedAt: last?.startedAt ?? began.at,
    endedBy: signal.aborted ? signal.reason : undefined,
  };
  return { kind: "checked", result, run };
}

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
export interface RetryDeps extends ModeContext {
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
  context: RetryDeps,
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
