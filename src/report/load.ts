/** Fetches the reports when they are asked for: a plain check prints log lines and nothing else. */

import type { writeReport } from "./host_write.ts";

/** Everything about reports. */
export type Reports = typeof import("./reports.ts");

/** Loads the reports. */
export async function loadReports(): Promise<Reports> {
  return await import("./reports.ts");
}

/** Loads what writes reports to files. */
export async function loadReportWriter(): Promise<typeof writeReport> {
  return (await import("./host_write.ts")).writeReport;
}
