/** Checks many peers again and again: `--watch` with `--plan` or `--peers`. Loaded when that is asked for. */

import { loadRunText } from "../report/mod.ts";
import type { RunReport } from "../runner/mod.ts";
import { watchPlan } from "../runner/mod.ts";
import type { ModeContext } from "./context.ts";
import type { Outcome } from "./outcome.ts";
import type { PlanRun } from "./plan_mode.ts";
import { openProgress } from "./plan_view.ts";
import { openWatchOutputs } from "./watch_outputs.ts";

/**
 * Runs every `seconds` until a signal ends it, or there is something to print and nobody reads standard output any
 * more; prints what changes, and writes the reports of each run.
 */
export async function watchPeers(
  { run, total, seconds }: {
    readonly run: PlanRun;
    readonly total: number;
    readonly seconds: number;
  },
  context: ModeContext,
): Promise<Outcome> {
  const { world: { clock, signal } } = context;
  const text = await loadRunText();
  const outputs = openWatchOutputs(context);
  let last: RunReport | undefined;
  const runs = await watchPlan(seconds, {
    async run() {
      const progress = await openProgress(total, context);
      const report = await run(progress.notice);
      progress.close();
      return report;
    },
    clock,
    signal: AbortSignal.any([signal, outputs.unread]),
    async seen(watched) {
      last = watched.report;
      outputs.say({
        lines: () => text.runChanges(watched, outputs.look),
        events: () => text.runChangeEvents(watched, outputs.look),
      });
      // One that was cut short must not replace a report that is whole.
      if (!signal.aborted) await outputs.report(watched.report);
    },
  });
  outputs.say({
    lines: () => text.runsSummary(runs, last),
    events: () => [text.runsEndEvent(runs, last)],
  });
  return { kind: "watched", last };
}
