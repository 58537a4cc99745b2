/** A report as rows of the history: what was measured, and nothing that was not. */

import type { Reports, ReportSettings } from "../report/mod.ts";
import type { ReportEntry, RunReport } from "../runner/mod.ts";
import type { HistoryRow, HistoryRun } from "./types.ts";

type Entry = ReturnType<Reports["entryOf"]>;

const DAY_MS = 86_400_000;

/**
 * The rows of `report`, in the words of its JSON.
 *
 * Peers that were skipped, and checks that a person ended, say nothing about a peer: they have no row.
 */
export function historyRun(
  report: RunReport,
  { settings, everySeconds, entryOf }: {
    readonly settings: ReportSettings;
    /** Seconds from run to run, where that is known. */
    readonly everySeconds: number | undefined;
    /** Makes JSON of one peer. */
    readonly entryOf: Reports["entryOf"];
  },
): HistoryRun {
  return {
    startedMs: Math.round(report.startedAt),
    elapsedMs: report.elapsedMs,
    everySeconds: everySeconds ?? null,
    title: report.title?.toWellFormed() ?? null,
    site: report.site?.toWellFormed() ?? null,
    machine: settings.origin?.machine?.toWellFormed() ?? null,
    rows: report.entries.filter(isMeasured).flatMap((entry) =>
      rowOf(entryOf(entry, settings), entry.startedAt ?? report.startedAt)
    ),
  };
}

function isMeasured({ verdict, result }: ReportEntry): boolean {
  if (verdict === "skipped" || result === undefined) return false;
  return result.outcome === "verified" || result.error.name !== "Interrupted";
}

function rowOf(entry: Entry, startedAt: number): readonly HistoryRow[] {
  const { check, verdict, outcome, failure, tls } = entry;
  if (check === undefined || outcome === undefined || verdict === "skipped") return [];
  const unmet = entry.unmet.map(({ message }) => message).join("; ");
  const spent = (...stages: readonly string[]) => {
    const found = entry.timings?.filter(({ stage }) => stages.includes(stage)) ?? [];
    return found.length === 0 ? null : found.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0);
  };
  return [{
    name: entry.name,
    group: entry.group ?? "",
    host: check.host,
    port: check.port,
    callingAeTitle: check.callingAeTitle,
    calledAeTitle: check.calledAeTitle,
    startedMs: Math.round(startedAt),
    elapsedMs: entry.elapsedMs ?? 0,
    verdict,
    outcome,
    attempts: entry.attempts,
    stage: failure?.stage ?? null,
    fault: failure?.fault ?? null,
    situation: failure?.situation ?? null,
    message: failure?.message ?? (unmet === "" ? null : unmet),
    resolveMs: spent("resolve"),
    connectMs: spent("connect"),
    tlsMs: spent("tls"),
    associateMs: spent("associate"),
    echoMs: spent("echo"),
    endMs: spent("release", "abort"),
    tlsDaysLeft: daysLeft(tls?.chain[0]?.notAfter, startedAt),
  }];
}

function daysLeft(notAfter: string | undefined, at: number): number | null {
  const end = notAfter === undefined ? NaN : Date.parse(notAfter);
  return Number.isNaN(end) ? null : Math.floor((end - at) / DAY_MS);
}
