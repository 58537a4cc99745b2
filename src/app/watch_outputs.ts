/** What comes out of checks that are made again and again: changes, and the reports of each time. */

import type { ReportRequest } from "../options/mod.ts";
import type { ChangeEvent, ChangeLook } from "../report/mod.ts";
import type { RunReport } from "../runner/mod.ts";
import type { ModeContext } from "./context.ts";
import { hasReportOnStdout } from "./checking.ts";
import { isJsonLog, logMessage } from "./logging.ts";
import { peerFields } from "../log/mod.ts";
import { deliverReports, settingsOf } from "./reports.ts";

/** What changed: lines for people, events for programs. */
export interface Changes {
  /** Lines with their ends; may be none. */
  readonly lines: () => string;
  /** The same for a log in JSON. */
  readonly events: () => readonly ChangeEvent[];
}

/** Where to tell changes, and what writes reports. */
export interface WatchOutputs {
  /** Raised when nobody reads standard output any more. */
  readonly unread: AbortSignal;
  /** How changes are reported. */
  readonly look: ChangeLook;
  /**
   * Reports changes: on standard output, unless a report has that to itself or nothing can be written there; as events
   * of the log where that is JSON, whatever its level.
   */
  readonly say: (changes: Changes) => void;
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
    look: { settings: settingsOf(context), explains: options.explain },
    say({ lines, events }) {
      if (isJsonLog(context)) return logEvents(events(), context);
      const text = lines();
      if (text === "") return;
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

function logEvents(events: readonly ChangeEvent[], context: ModeContext): void {
  for (const { level, text, fields, entry } of events) {
    const check = entry?.result?.check ?? entry?.check;
    const whom = entry === undefined
      ? {}
      : check === undefined
      ? { peer: entry.name }
      : peerFields(check, entry.name);
    const message = { level, text, stage: "watch", fields: { ...whom, ...fields } };
    logMessage(context, { ...message, unconditional: true });
  }
}
