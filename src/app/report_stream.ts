/** A report of lines that is printed while a run goes on: `--report jsonl` on standard output. */

import type { ReportRequest } from "../options/mod.ts";
import { loadReports } from "../report/mod.ts";
import type { RunReport } from "../runner/mod.ts";
import type { RunEvent } from "../runner/mod.ts";
import type { ModeContext } from "./context.ts";
import { inOrder } from "./plan_view.ts";
import { openPrinter } from "./printer.ts";
import { type PrintedReport, settingsOf } from "./reports.ts";

/** Prints lines as they come. */
export interface ReportStream {
  /** Takes note of an event: peers are printed in the order of the plan. */
  readonly notice: (event: RunEvent) => void;
  /** Prints the last line. */
  readonly close: (report: RunReport) => Promise<PrintedReport>;
}

/** Opens the stream of a run of `total` peers as `request` asks for it. */
export async function openReportStream(
  request: ReportRequest,
  { total, context: { options, world } }: { readonly total: number; readonly context: ModeContext },
): Promise<ReportStream> {
  const { entryLine, summaryLine } = await (await loadReports()).loadLines();
  const settings = settingsOf({ options, world });
  const { print, done } = openPrinter((bytes) => world.writeReport(undefined, bytes));
  const next = inOrder(total, (entry) => print(entryLine(entry, settings)));
  return {
    notice(event) {
      if (event.type === "finished") next(event.index, event.entry);
    },
    async close(report) {
      print(summaryLine(report, settings));
      return { request, outcome: await done() };
    },
  };
}
