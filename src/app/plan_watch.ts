/** Checks many peers again and again: `--watch` with `--plan` or `--peers`. Loaded when that is asked for. */

import { diagnose } from "../diagnosis/mod.ts";
import { VERSION } from "../options/mod.ts";
import { exitCodeOfSignal, loadRunText, type RunReport } from "../report/mod.ts";
import { watchPlan } from "../runner/mod.ts";
import { tellerOf } from "./again_modes.ts";
import type { CheckMeans } from "./check_mode.ts";
import type { PlanRun } from "./plan_mode.ts";
import { openProgress } from "./plan_view.ts";

/** Runs every `seconds` until a signal ends it; prints what changes, and writes the reports of each run. */
export async function watchPeers(
  { run, total, seconds }: {
    readonly run: PlanRun;
    readonly total: number;
    readonly seconds: number;
  },
  means: CheckMeans,
): Promise<number> {
  const { options: { reports }, world } = means;
  const text = await loadRunText();
  const settings = { program: `echoscu ${VERSION}`, diagnose };
  const say = tellerOf(means);
  let last: RunReport | undefined;
  const runs = await watchPlan(seconds, {
    async run() {
      const progress = await openProgress(total, means);
      const report = await run(progress.notice);
      progress.close();
      return report;
    },
    clock: world.clock,
    signal: world.signal,
    async seen(watched) {
      last = watched.report;
      say(text.runChanges(watched, settings));
      if (reports.length === 0) return;
      await (await import("./reports.ts")).deliverReports(watched.report, means);
    },
  });
  say(text.runsSummary(runs, last));
  return exitCodeOfSignal(world.signal);
}
