/** The reports over time. */

import type { ReportFormat } from "../common/choices.ts";
import { jsonText } from "../common/visible.ts";
import { overTimeCsv } from "./over_time_csv.ts";
import { overTimeHtml } from "./over_time_html.ts";
import type { OverTimeDocument } from "./over_time_schema.ts";
import { type Glyphs, overTimeText } from "./over_time_text.ts";

export { overTimeDocument } from "./over_time_document.ts";
export { OVER_TIME_SCHEMA, type OverTimeDocument } from "./over_time_schema.ts";

/** Renders `document` in a format that reports over time have: text, json, csv or html; any other is text. */
export function renderOverTime(
  format: ReportFormat,
  { document, glyphs }: { readonly document: OverTimeDocument; readonly glyphs: Glyphs },
): string {
  if (format === "csv") return overTimeCsv(document);
  if (format === "html") return overTimeHtml(document);
  if (format === "json") return `${jsonText(document, 2)}\n`;
  return overTimeText(document, glyphs);
}
