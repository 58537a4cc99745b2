/** What people see of the peers of a plan that are watched. */

import type { Plan } from "../plan/mod.ts";
import { loadRunText } from "../report/mod.ts";
import type { RunReport, WatchedRun } from "../runner/mod.ts";
import { hasReportOnStdout } from "../options/mod.ts";
import type { ModeContext } from "./context.ts";
import { isJsonLog, isQuiet, wantsLog } from "./logging.ts";
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

/** Where watched peers are shown, and how often they are checked. */
export interface WatchPlace {
  /** What prints. */
  readonly outputs: WatchOutputs;
  /** From the beginning of one run to that of the next. */
  readonly seconds: number;
}

/** Opens a table that stays in place where a person sees it, else lines. */
export async function openWatchView(place: WatchPlace, context: ModeContext): Promise<WatchView> {
  const lines = await openLines(place.outputs, context);
  if (!await showsTable(context)) return lines;
  const { openTable } = await import("./watch_table.ts");
  return await openTable({ ...place, lines }, context) ?? lines;
}

/**
 * Only where both streams are a terminal that may be colored, and nothing else is to be printed there: no log, no hints,
 * no report.
 */
async function showsTable({ options, world }: ModeContext): Promise<boolean> {
  const { stdoutIsTerminal, stderrIsTerminal, env } = world;
  if (!stdoutIsTerminal || !stderrIsTerminal || env("TERM") === "dumb") return false;
  if (wantsLog(options) || isQuiet(options) || isJsonLog({ options })) return false;
  if (options.explain || hasReportOnStdout(options)) return false;
  return (await loadRunText()).usesColor(options.color, { isTerminal: true, env });
}

/** Opens what prints a line when something changes, or logs an event. */
async function openLines(outputs: WatchOutputs, context: ModeContext): Promise<WatchView> {
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
