/** Fetches the reports when they are asked for: a plain check prints log lines and nothing else. */

/** Everything about reports. */
export type Reports = typeof import("./reports.ts");

/** Loads the reports. */
export async function loadReports(): Promise<Reports> {
  return await import("./reports.ts");
}
