/** Checks one peer again and again: `--watch` and `--wait-until-up`. Loaded when one of them is asked for. */

import type { CheckEvent, CheckResult } from "../check/mod.ts";
import { diagnose } from "../diagnosis/mod.ts";
import type { WaitMode, WatchMode } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import { exitCodeOfSignal, loadReports, loadRunText } from "../report/mod.ts";
import { VERSION } from "../options/mod.ts";
import { waitUntilUp, watchPeer } from "../runner/mod.ts";
import { type CheckMeans, conclude, securityOf, setupExitCode } from "./check_mode.ts";
import { checkPeer, wantsLog } from "./checking.ts";
import { logMessage, logTrace } from "./logging.ts";

/** Watches the peer of `mode` until a signal ends it; prints each change on standard output. */
export async function runWatchMode(mode: WatchMode, means: CheckMeans): Promise<number> {
  const { options, world } = means;
  const text = await loadRunText();
  const settings = { program: `echoscu ${VERSION}`, diagnose };
  const check = checkOf({ ...mode, kind: "check" }, options);
  const secured = await securityOf(means);
  if (secured === "impossible") return setupExitCode(options);
  const { secure, special } = secured;
  const trace = wantsLog(options) ? await logTrace({ ...means, special }) : () => {};
  const { say, report } = watchOutputs(means);
  const totals = await watchPeer(mode.seconds, {
    async check(signal) {
      const startedAt = world.wallTime();
      const result = await checkPeer(check, { world, trace, secure, signal });
      if (!signal.aborted) await report(result, startedAt);
      return result;
    },
    clock: world.clock,
    wallTime: world.wallTime,
    signal: world.signal,
    changed: (change) => say(text.changeLine(change, settings)),
  });
  say(text.watchSummary(totals));
  return exitCodeOfSignal(world.signal);
}

/** What tells changes: on standard output, unless a report has that to itself. */
export function tellerOf({ options: { reports }, world }: CheckMeans): (text: string) => void {
  const isTaken = reports.some(({ file }) => file === undefined);
  const write = isTaken ? world.writeErr : world.writeOut;
  return (text) => write(new TextEncoder().encode(text));
}

/** Where changes are told, and what writes the reports of each check. */
function watchOutputs(means: CheckMeans) {
  const { options: { reports } } = means;
  let lastSuccessAt: number | undefined;
  return {
    say: tellerOf(means),
    async report(result: CheckResult, startedAt: number): Promise<void> {
      if (reports.length === 0) return;
      if (result.outcome === "verified") lastSuccessAt = startedAt + result.elapsedMs;
      const { singleReport } = await loadReports();
      const run = singleReport(result, { startedAt, elapsedMs: result.elapsedMs, lastSuccessAt });
      await (await import("./reports.ts")).deliverReports(run, means);
    },
  };
}

/**
 * Checks the peer of `mode` until it is verified or time is up; resolves with the code of the last attempt.
 *
 * Failures on the way are expected: without `-v` only the lines of the last one are logged, once it is the last.
 */
export async function runWaitMode(mode: WaitMode, means: CheckMeans): Promise<number> {
  const { options, world } = means;
  const check = checkOf({ ...mode, kind: "check" }, options);
  const secured = await securityOf(means);
  if (secured === "impossible") return setupExitCode(options);
  const { secure, special } = secured;
  const log = await logTrace({ ...means, special });
  const isLive = wantsLog(options);
  /* The last attempt may have been cut off at the end of the wait: then the one before it counts. */
  const seen: { readonly result: CheckResult; readonly events: readonly CheckEvent[] }[] = [];
  let startedAt = world.wallTime();
  const result = await waitUntilUp(mode.seconds, {
    async check(signal) {
      startedAt = world.wallTime();
      const events: CheckEvent[] = [];
      const trace = isLive ? log : (event: CheckEvent) => void events.push(event);
      const result = await checkPeer(check, { world, trace, secure, signal });
      seen.splice(0, seen.length - 1);
      seen.push({ result, events });
      return result;
    },
    clock: world.clock,
    wallTime: world.wallTime,
    signal: world.signal,
  });
  const last = seen.find((attempt) => attempt.result === result);
  for (const event of last?.events ?? []) log(event);
  if (result.outcome === "failed" && !world.signal.aborted) {
    const text = `Not verified within ${mode.seconds} s`;
    logMessage(means, { level: "fatal", text });
  }
  return await conclude(result, { startedAt, ...means });
}
