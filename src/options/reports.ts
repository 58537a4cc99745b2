/** Which reports are wanted, and where. */

import { REPORT_FORMATS, type ReportFormat } from "../common/choices.ts";
import type { Mode } from "./modes.ts";
import { UsageError } from "./problem.ts";
import type { OptionRow, ValueOutcome } from "./row.ts";

/** A report that is wanted. */
export interface ReportRequest {
  /** Its format. */
  readonly format: ReportFormat;
  /** The file to write; `undefined`: standard output. */
  readonly file: string | undefined;
}

/** Other names of standard output. */
const STANDARD_OUTPUT = ["-", "/dev/stdout"];

/** The file that `word` names; `undefined`: standard output. */
export function outputFile(word: string): string | undefined {
  return STANDARD_OUTPUT.includes(word) ? undefined : word;
}

/** Reads `FORMAT`, `FORMAT=FILE`, or `FORMAT=-` for standard output. */
export function parseReport(word: string): ValueOutcome<ReportRequest> {
  const end = word.indexOf("=");
  const name = end < 0 ? word : word.slice(0, end);
  const file = end < 0 ? "-" : word.slice(end + 1);
  const format = REPORT_FORMATS.find((known) => known === name);
  if (format === undefined || file === "") return { reason: "invalid" };
  return { value: { format, file: outputFile(file) } };
}

/** Whether a report or a trace goes to standard output, which it then has to itself. */
export function hasReportOnStdout(
  { reports, trace }: {
    readonly reports: readonly ReportRequest[];
    readonly trace?: string | undefined;
  },
): boolean {
  const isTraced = trace !== undefined && outputFile(trace) === undefined;
  return isTraced || reports.some(({ file }) => file === undefined);
}

/** The reports that `words` ask for, whatever else is wrong with them. */
export function understoodReports(
  words: readonly string[],
  rows: readonly OptionRow[],
): readonly ReportRequest[] {
  const valuesOf = new Map<string, number>();
  for (const { long, short = long, values } of rows) {
    valuesOf.set(long, values.length).set(short, values.length);
  }
  const found: ReportRequest[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const outcome = word === "--report" ? parseReport(words[at + 1] ?? "") : undefined;
    if (outcome !== undefined && "value" in outcome) found.push(outcome.value);
    at += valuesOf.get(word) ?? 0;
  }
  return found;
}

function isWatch(mode: Mode): boolean {
  return mode.kind === "watch" || (mode.kind === "plan" && mode.again?.kind === "watch");
}

/** Formats of which one report after another on standard output makes sense to nobody. */
const ALONE: readonly string[] = ["html", "junit", "prometheus", "nagios"];

/** Modes with a report of their own: their options, and the formats that they have. */
const OWN_REPORTS: Readonly<Record<string, OwnReport>> = {
  "tls-scan": { option: "--tls-scan", formats: ["text", "json", "html"] },
  survey: { option: "--survey", formats: ["text", "json", "html"] },
  surveys: { option: "--survey", formats: ["text", "json", "html"] },
  history: { option: "--since", formats: ["text", "json", "csv", "html"] },
};

interface OwnReport {
  readonly option: string;
  readonly formats: readonly string[];
}

/** Throws a `UsageError` when nobody could use what the options ask for. */
export function checkReports(
  { mode, reports, warnLatencyMs, criticalLatencyMs }: {
    readonly reports: readonly ReportRequest[];
    readonly mode: Mode;
    readonly warnLatencyMs: number | undefined;
    readonly criticalLatencyMs: number | undefined;
  },
): void {
  const seen = new Set<string | undefined>();
  for (const { format, file } of reports) {
    if (seen.has(file)) throw new UsageError({ kind: "reports-collide", file });
    seen.add(file);
    const own = OWN_REPORTS[mode.kind];
    if (own !== undefined && !own.formats.includes(format)) {
      throw new UsageError({ kind: "report-format", ...own, format });
    }
    if (isWatch(mode) && file === undefined && ALONE.includes(format)) {
      throw new UsageError({ kind: "report-needs-file", format });
    }
  }
  const isNagios = reports.some(({ format }) => format === "nagios");
  for (const [option, ms] of Object.entries({ warn: warnLatencyMs, critical: criticalLatencyMs })) {
    if (ms === undefined || isNagios) continue;
    const name = `--${option}-latency`;
    const partners = ["--report nagios"];
    throw new UsageError({ kind: "only-allowed-with", option: name, reportedAs: name, partners });
  }
  if ((warnLatencyMs ?? 0) > (criticalLatencyMs ?? Infinity)) {
    throw new UsageError({ kind: "latency-limits" });
  }
}
