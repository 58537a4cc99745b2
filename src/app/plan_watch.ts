/** Checks many peers again and again: `--watch` with `--plan` or `--peers`. Loaded when that is asked for. */

import { EXIT, exitCodeOfRun, exitCodeOfSignal, loadRunText } from "../report/mod.ts";
import type { RunReport } from "../runner/mod.ts";
import { watchPlan } from "../runner/mod.ts";
import type { CheckMeans } from "./check_mode.ts";
import type { PlanRun } from "./plan_mode.ts";
import { openProgress } from "./plan_view.ts";
import { openWatchOutputs } from "./watch_outputs.ts";

/**
 * Runs every `seconds` until a signal ends it, or there is something to print and nobody reads standard output any
 * more; prints what changes, and writes the reports of each run.
 *
 * Resolves with the code of the signal, else with that of the last run.
 */
export async function watchPeers(
  { run, total, seconds }: {
    readonly run: PlanRun;
    readonly total: number;
    readonly seconds: number;
  },
  means: CheckMeans,
): Promise<number> {
  const { options, world: { clock, signal } } = means;
  const text = await loadRunText();
  const outputs = openWatchOutputs(means);
  let last: RunReport | undefined;
  const runs = await watchPlan(seconds, {
    async run() {
      const progress = await openProgress(total, means);
      const report = await run(progress.notice);
      progress.close();
      return report;
    },
    clock,
    signal: AbortSignal.any([signal, outputs.unread]),
    async seen(watched) {
      last = watched.report;
      const changes = text.runChanges(watched, outputs.look);
      if (changes !== "") outputs.say(changes);
      // One that was cut short must not replace a report that is whole.
      if (!signal.aborted) await outputs.report(watched.report);
    },
  });
  outputs.say(text.runsSummary(runs, last));
  if (signal.aborted) return exitCodeOfSignal(signal.reason);
  return last === undefined ? EXIT.verified : exitCodeOfRun(last, options.exitCodes);
}
