/** JSON Lines: one object for each peer, then one for the run. */

import { jsonText } from "../common/visible.ts";
import { entryOf, runOf } from "./document.ts";
import { type EntryLine, LAYOUT_VERSION, type SummaryLine } from "./report_schema.ts";
import type { ReportSettings } from "./settings.ts";
import type { ReportEntry, RunReport } from "../runner/mod.ts";

/** Renders `report` as lines: its peers in their order, the summary last. */
export function renderJsonl(report: RunReport, settings: ReportSettings): string {
  const lines = report.entries.map((entry) => entryLine(entry, settings));
  return lines.join("") + summaryLine(report, settings);
}

/** The line of one peer: can be printed as soon as its check is over. */
export function entryLine(entry: ReportEntry, settings: ReportSettings): string {
  const line: EntryLine = { version: LAYOUT_VERSION, kind: "entry", ...entryOf(entry, settings) };
  return `${jsonText(line)}\n`;
}

/** The last line. */
export function summaryLine(report: RunReport, settings: ReportSettings): string {
  const line: SummaryLine = {
    version: LAYOUT_VERSION,
    kind: "summary",
    ...runOf(report, settings),
  };
  return `${jsonText(line)}\n`;
}
