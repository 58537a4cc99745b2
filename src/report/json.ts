/** The JSON report: one object for the whole run. */

import { documentOf } from "./document.ts";
import type { ReportSettings } from "./settings.ts";
import type { RunReport } from "./types.ts";

/** Renders `report` as one JSON object, indented for people, with a line feed at the end. */
export function renderJson(report: RunReport, settings: ReportSettings): string {
  return `${JSON.stringify(documentOf(report, settings), undefined, 2)}\n`;
}
