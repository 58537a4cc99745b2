/** The reports of a scan. */

import { jsonText } from "../common/visible.ts";
import type { ReportFormat } from "../common/choices.ts";
import { scanHtml } from "./scan_html.ts";
import type { ScanDocument } from "./scan_schema.ts";
import { scanText } from "./scan_text.ts";

export { scanDocument } from "./scan_document.ts";
export { SCAN_SCHEMA } from "./scan_schema.ts";

/** Renders `scan` in a format that scans have: text, json or html; any other is text. */
export function renderScan(format: ReportFormat, scan: ScanDocument): string {
  if (format === "json") return `${jsonText(scan, 2)}\n`;
  return format === "html" ? scanHtml(scan) : scanText(scan);
}
