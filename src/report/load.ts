/** Fetches the reports when they are asked for: a plain check prints log lines and nothing else. */

import type { WriteOutcome } from "../system/types.ts";
import type { JsonSchema } from "./schema.ts";

/** Everything about reports. */
export type Reports = typeof import("./reports.ts");

/** Loads the reports. */
export async function loadReports(): Promise<Reports> {
  return await import("./reports.ts");
}

/** How a report is added to a file that holds earlier ones. */
export interface Appending {
  /** What an empty or a new file begins with, such as the names of columns. */
  readonly first: Uint8Array;
}

/** Writes reports to files, or to standard output; a file is replaced unless they are added to it. */
export type ReportWriter = (
  file: string | undefined,
  bytes: Uint8Array,
  appending?: Appending,
) => Promise<WriteOutcome>;

/** What is written to a file. */
export interface FileReport {
  /** All of it. */
  readonly bytes: Uint8Array;
  /** Raised when the end is wanted. */
  readonly signal: AbortSignal;
  /** Absent: the file is replaced. */
  readonly appending?: Appending | undefined;
}

/** Writes a report to a file. */
export type FileReportWriter = (file: string, report: FileReport) => Promise<WriteOutcome>;

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

/** The report of a peer that was asked in several ways. */
export type DiagnoseReport = typeof import("./diagnose_document.ts");

/** Loads it. */
export async function loadDiagnoseReport(): Promise<DiagnoseReport> {
  return await import("./diagnose_document.ts");
}

/** What is known of watched peers, as data and as pages. */
export type StatusPages = typeof import("./status/pages.ts");

/** Loads the pages of watched peers. */
export async function loadStatusPages(): Promise<StatusPages> {
  return await import("./status/pages.ts");
}

/** The reports about TLS. */
export type TlsReport = typeof import("./tls_report.ts");

/** Loads the reports about TLS. */
export async function loadTlsReport(): Promise<TlsReport> {
  return await import("./tls_report.ts");
}

/** Reports of a survey. */
export type SurveyReport = typeof import("./survey_report.ts");

/** Loads the reports of a survey. */
export async function loadSurveyReport(): Promise<SurveyReport> {
  return await import("./survey_report.ts");
}

/** Reports of peers over time. */
export type OverTimeReport = typeof import("./over_time_report.ts");

/** Loads the reports of peers over time. */
export async function loadOverTimeReport(): Promise<OverTimeReport> {
  return await import("./over_time_report.ts");
}

/** Reports of a scan. */
export type ScanReport = typeof import("./scan_report.ts");

/** Loads the reports of a scan. */
export async function loadScanReport(): Promise<ScanReport> {
  return await import("./scan_report.ts");
}

/** What notices are made with. */
export type NoticeReport = typeof import("./notice_report.ts");

/** A notice as JSON. */
export type NoticeDocument = NonNullable<NoticeReport["NOTICE"]["type"]>;

/** What a peer did, as JSON. */
export type NoticeEvent = NoticeDocument["events"][number];

/** How many peers did what, as JSON. */
export type SummaryDocument = NoticeDocument["summary"];

/** One peer of a report, as JSON. */
export type EntryDocument = ReturnType<Reports["entryOf"]>;

/** Loads what notices are made with. */
export async function loadNoticeReport(): Promise<NoticeReport> {
  return await import("./notice_report.ts");
}
