/** A report for people who read it in a terminal or a mail. */

import { documentOf } from "./document.ts";
import { failureText } from "./failure.ts";
import type { EntryDocument } from "./report_schema.ts";
import type { ReportSettings } from "./settings.ts";
import type { RunReport } from "./types.ts";
import { durationText, oneLine } from "./values.ts";

/** Renders `report` as one line for each peer and one for the run. */
export function renderText(report: RunReport, settings: ReportSettings): string {
  const { entries, summary } = documentOf(report, settings);
  const { passed, failed, skipped } = summary;
  const last = `${passed} as expected, ${failed} not, ${skipped} not tried`;
  return `${entries.map(lineOf).join("")}${last}\n`;
}

function lineOf({ name, verdict, elapsedMs, failure, unmet }: EntryDocument): string {
  const why = unmet[0]?.message ?? (failure === undefined ? "" : failureText(failure));
  const time = elapsedMs === undefined ? "" : durationText(elapsedMs);
  const parts = [oneLine(name), verdict, time, oneLine(why)];
  return `${parts.filter((part) => part !== "").join("  ")}\n`;
}
