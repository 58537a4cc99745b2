/** What comes out of checks that are made again and again: changes, and the reports of each time. */

import type { ReportRequest } from "../options/mod.ts";
import type { ChangeLook } from "../report/mod.ts";
import type { RunReport } from "../runner/mod.ts";
import type { ModeContext } from "./context.ts";
import { hasReportOnStdout } from "./checking.ts";
import { deliverReports, settingsOf } from "./reports.ts";

/** Where to tell changes, and what writes reports. */
export interface WatchOutputs {
  /** Raised when nobody reads standard output any more. */
  readonly unread: AbortSignal;
  /** How changes are reported. */
  readonly look: ChangeLook;
  /** Reports changes: on standard output, unless a report has that to itself or nothing can be written there. */
  readonly say: (text: string) => void;
  /** Writes the reports that are wanted; what fails again and again is reported once. */
  readonly report: (run: RunReport) => Promise<void>;
}

/** Opens the outputs that the options ask for. */
export function openWatchOutputs(context: ModeContext): WatchOutputs {
  const { options, world } = context;
  const isTaken = hasReportOnStdout(options);
  const unread = new AbortController();
  const told = new Map<ReportRequest, string>();
  let continues = false;
  return {
    unread: unread.signal,
    look: { settings: settingsOf(options), explains: options.explain },
    say(text) {
      const bytes = new TextEncoder().encode(text);
      if (isTaken) return world.writeErr(bytes);
      void world.writeOut(bytes).then((outcome) => {
        if (outcome === "unread") unread.abort();
        // Watching goes on where standard output is full for a while.
        else if (outcome !== "written") world.writeErr(bytes);
      });
    },
    async report(run) {
      if (options.reports.length === 0) return;
      await deliverReports(run, { ...context, continues, told, unread, again: true });
      continues = true;
    },
  };
}
