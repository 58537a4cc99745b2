/** The JSON report: one object for the whole run. */

import { jsonText } from "../common/visible.ts";
import { documentOf } from "./document.ts";
import type { ReportSettings } from "./settings.ts";
import type { RunReport } from "../runner/mod.ts";

/** Renders `report` as one JSON object, indented for people, with a line feed at the end. */
export function renderJson(report: RunReport, settings: ReportSettings): string {
  return `${jsonText(documentOf(report, settings), 2)}\n`;
}
