/** Checks many peers again and again: `--watch` with `--plan` or `--peers`. Loaded when that is asked for. */

import { loadRunText } from "../report/mod.ts";
import type { RunReport } from "../runner/mod.ts";
import { watchPlan } from "../runner/mod.ts";
import type { ModeContext } from "./context.ts";
import type { Outcome } from "./outcome.ts";
import type { PlanRun } from "./plan_mode.ts";
import { openProgress } from "./plan_view.ts";
import { reloader } from "./reloading.ts";
import { openWatchOutputs } from "./watch_outputs.ts";

/** How the peers of a plan are checked. */
export interface WatchedPeers {
  /** Checks them all once. */
  readonly run: PlanRun;
  /** How many they are. */
  readonly total: number;
}

/** The same, with what reads the plan again. */
interface RereadPeers extends WatchedPeers {
  readonly again: () => Promise<WatchedPeers | { readonly problem: string }>;
}

/**
 * Runs every `seconds` until a signal ends it, or there is something to print and nobody reads standard output any
 * more; prints what changes, and writes the reports of each run. At SIGHUP the plan is read `again`: the next run is of
 * what it says then.
 */
export async function watchPeers(
  { run, total, again, seconds }: RereadPeers & { readonly seconds: number },
  context: ModeContext,
): Promise<Outcome> {
  const { world: { clock, signal } } = context;
  const text = await loadRunText();
  const outputs = openWatchOutputs(context);
  let last: RunReport | undefined;
  const peersNow = reloadedPeers({ run, total, again }, context);
  const runs = await watchPlan(seconds, {
    async run() {
      const peers = peersNow();
      const progress = await openProgress(peers.total, context);
      const report = await peers.run(progress.notice);
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

/** Gives the peers of now, which SIGHUP makes those of the plan of then. */
function reloadedPeers({ again, ...first }: RereadPeers, context: ModeContext): () => WatchedPeers {
  let peers: WatchedPeers = first;
  const reload = reloader(async () => {
    const found = await again();
    if ("problem" in found) return found;
    peers = found;
    return { peers: found.total };
  }, context);
  context.world.setHangup(() => void reload());
  return () => peers;
}
