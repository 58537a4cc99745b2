/** From results to exit codes and reports. */

export * from "./exit_code.ts";
export {
  type Appending,
  type DiagnoseReport,
  type EntryDocument,
  type FileReport,
  type FileReportWriter,
  loadDiagnoseReport,
  loadNoticeReport,
  loadOverTimeReport,
  loadReports,
  loadReportSchema,
  loadReportWriter,
  loadRunText,
  loadScanReport,
  loadStatusPages,
  loadSurveyReport,
  loadTlsReport,
  type NoticeDocument,
  type NoticeEvent,
  type NoticeReport,
  type OverTimeReport,
  type Reports,
  type ReportWriter,
  type RunText,
  type ScanReport,
  type StatusPages,
  type SummaryDocument,
  type SurveyReport,
  type TlsReport,
} from "./load.ts";
export type { ChangeEvent } from "./change_events.ts";
export type { ChangeLook } from "./changes.ts";
export type { ObstacleFacts } from "./obstacle.ts";
export type { Renderer } from "./reports.ts";
export type { ReportFormat } from "../common/choices.ts";
export type { SurveyedPeer, SurveyResult } from "./survey_report.ts";
export type { ScanCommand, ScanDeps } from "./scan_document.ts";
export type { Labels, MetricFamily, Sample } from "./exposition.ts";
export type { JsonSchema } from "./schema.ts";
export type { FailureMeaning, ReportOrigin, ReportSettings } from "./settings.ts";
export type { SingleRun } from "./single.ts";
export type { EchoStatistics } from "./statistics.ts";
export type { PastFigures, StatusFacts, WatchedPeer } from "./status/facts.ts";
