/** What people see of the peers of a plan that are watched. */

import type { Plan } from "../plan/mod.ts";
import { loadRunText } from "../report/mod.ts";
import type { RunReport, WatchedRun } from "../runner/mod.ts";
import type { ModeContext } from "./context.ts";
import { openProgress, type ProgressView } from "./plan_view.ts";
import type { WatchOutputs } from "./reports.ts";

/** Gets what is watched, to show it. Nothing of it may hold up a check. */
export interface WatchView {
  /** A run of the peers of `plan` begins; gets what happens in it, and its end. */
  readonly begin: (plan: Pick<Plan, "title" | "peers">) => Promise<ProgressView>;
  /** Gets each run once it is over. */
  readonly seen: (watched: WatchedRun) => void;
  /** All is over, after so many runs. */
  readonly close: (runs: number, last: RunReport | undefined) => void;
}

/** Opens what prints a line when something changes, or logs an event. */
export async function openLines(outputs: WatchOutputs, context: ModeContext): Promise<WatchView> {
  const text = await loadRunText();
  return {
    begin: ({ peers }) => openProgress(peers.length, context),
    seen: (watched) =>
      outputs.say({
        lines: () => text.runChanges(watched, outputs.look),
        events: () => text.runChangeEvents(watched, outputs.look),
      }),
    close: (runs, last) =>
      outputs.say({
        lines: () => text.runsSummary(runs, last),
        events: () => [text.runsEndEvent(runs, last)],
      }),
  };
}
