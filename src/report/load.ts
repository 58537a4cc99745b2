/** Fetches the reports when they are asked for: a plain check prints log lines and nothing else. */

import type { WriteOutcome } from "../system/types.ts";
import type { JsonSchema } from "./schema.ts";

/** Everything about reports. */
export type Reports = typeof import("./reports.ts");

/** Loads the reports. */
export async function loadReports(): Promise<Reports> {
  return await import("./reports.ts");
}

/** Writes reports to files, or to standard output. */
export type ReportWriter = (file: string | undefined, bytes: Uint8Array) => Promise<WriteOutcome>;

/** Writes `bytes` to a file; `signal` is raised when the end is wanted. */
export type FileReportWriter = (
  file: string,
  what: { readonly bytes: Uint8Array; readonly signal: AbortSignal },
) => Promise<WriteOutcome>;

/** Loads what writes reports to files. */
export async function loadReportWriter(): Promise<FileReportWriter> {
  return (await import("./host_write.ts")).writeReport;
}

/** What people see of many checks, and of one again and again. */
export type RunText = typeof import("./run_text.ts");

/** Loads what people see of many checks, and of one again and again. */
export async function loadRunText(): Promise<RunText> {
  return await import("./run_text.ts");
}

/** Loads the published schema of JSON reports. */
export async function loadReportSchema(): Promise<JsonSchema> {
  return (await import("./report_schema.ts")).REPORT_SCHEMA;
}

/** The reports about TLS. */
export type TlsReport = typeof import("./tls_report.ts");

/** Loads the reports about TLS. */
export async function loadTlsReport(): Promise<TlsReport> {
  return await import("./tls_report.ts");
}
