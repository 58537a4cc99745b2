/** From results to exit codes and reports. */

export * from "./exit_code.ts";
export {
  loadReports,
  loadReportSchema,
  loadReportWriter,
  loadRunText,
  type Reports,
  type ReportWriter,
  type RunText,
} from "./load.ts";
export type { ReportFormat } from "./reports.ts";
export type { Labels, MetricFamily, Sample } from "./exposition.ts";
export type { JsonSchema } from "./schema.ts";
export type { FailureMeaning, ReportSettings } from "./settings.ts";
export type * from "./types.ts";
export type { EchoStatistics } from "./statistics.ts";

/** The reports about TLS. */
export type TlsReport = typeof import("./tls_report.ts");

/** Loads the reports about TLS. */
export async function loadTlsReport(): Promise<TlsReport> {
  return await import("./tls_report.ts");
}
