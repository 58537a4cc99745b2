/** From results to exit codes and reports. */

export * from "./exit_code.ts";
export { loadReports, loadReportWriter, type Reports } from "./load.ts";
export type { ReportFormat } from "./reports.ts";
export type { Labels, MetricFamily, Sample } from "./exposition.ts";
export type { FailureMeaning, ReportSettings } from "./settings.ts";
export type * from "./types.ts";
