/** Which reports are wanted, and where. */

import type { ReportRequest } from "./options.ts";
import { UsageError } from "./problem.ts";
import type { ValueOutcome } from "./row.ts";

/** The formats, in the order of the usage text. */
export const REPORT_FORMATS = [
  "text",
  "json",
  "jsonl",
  "junit",
  "prometheus",
  "nagios",
  "csv",
  "html",
] as const;

/** Reads `FORMAT`, `FORMAT=FILE`, or `FORMAT=-` for standard output. */
export function parseReport(word: string): ValueOutcome<ReportRequest> {
  const end = word.indexOf("=");
  const name = end < 0 ? word : word.slice(0, end);
  const file = end < 0 ? undefined : word.slice(end + 1);
  const format = REPORT_FORMATS.find((known) => known === name);
  if (format === undefined || file === "") return { reason: "invalid" };
  return { value: { format, file: file === "-" ? undefined : file } };
}

/** Throws a `UsageError` when two reports go to the same place: nobody could read them. */
export function checkReports(reports: readonly ReportRequest[]): void {
  const seen = new Set<string | undefined>();
  for (const { file } of reports) {
    if (seen.has(file)) throw new UsageError({ kind: "reports-collide", file });
    seen.add(file);
  }
}
