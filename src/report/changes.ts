/** What watched peers do, one line for each change of a state. */

import type { PeerChange, StateChange, WatchedRun, WatchTotals } from "../runner/mod.ts";
import { failureTextOf } from "./failure.ts";
import type { ReportSettings } from "./settings.ts";
import { countsText, detailsOf, summaryLine } from "./text.ts";
import type { ReportEntry, RunReport } from "./types.ts";
import { decimal, durationText, hostAndPort, isoTime, oneLine } from "./values.ts";

/** Such as `2026-01-31T08:15:00.000Z pacs:104 up again after 1 min 30 s`. */
export function changeLine({ at, result, before }: StateChange, settings: ReportSettings): string {
  const isUp = result.outcome === "verified";
  const peer = oneLine(hostAndPort(result.check.target));
  const state = isUp ? "up" : before?.isUp === false ? "still down" : "down";
  const after = before === undefined || before.isUp === isUp
    ? ""
    : `${isUp ? " again" : ""} after ${durationText(before.lastedMs)}`;
  const why = result.outcome === "verified" ? "" : `: ${failureTextOf(result, settings)}`;
  return `${isoTime(at)} ${peer} ${state}${after}${oneLine(why)}\n`;
}

/** What was seen in all. */
export function watchSummary({ checks, verified }: WatchTotals): string {
  const share = checks === 0 ? "" : ` (${decimal(100 * verified / checks, 1)} %)`;
  return `${checks === 1 ? "1 check" : `${checks} checks`}, ${verified} verified${share}\n`;
}

/**
 * What a run of many peers is worth telling: of the first one its summary and every failure, of the others what
 * changed.
 */
export function runChanges({ report, changes }: WatchedRun, settings: ReportSettings): string {
  if (changes !== undefined) return changes.map((change) => peerLine(change, settings)).join("");
  const failures = report.entries.filter(({ verdict }) => verdict === "failed");
  const lines = failures.map((entry) => peerLine({ entry }, settings));
  return [`${isoTime(report.startedAt)} ${summaryLine(report)}\n`, ...lines].join("");
}

/** Such as `2026-01-31T08:15:00.000Z Archive passed again after 1 min 30 s`. */
function peerLine(
  { entry, before }: { readonly entry: ReportEntry } & Partial<PeerChange>,
  settings: ReportSettings,
): string {
  const { name, verdict, startedAt = 0 } = entry;
  const hasPassed = verdict === "passed";
  const isSame = before?.hasPassed === hasPassed;
  const after = before === undefined || isSame
    ? ""
    : `${hasPassed ? " again" : ""} after ${durationText(before.lastedMs)}`;
  const why = hasPassed ? "" : `: ${detailsOf(entry, settings)}`;
  const state = `${isSame ? "still " : ""}${verdict}${after}`;
  return `${isoTime(startedAt)} ${oneLine(`${name} ${state}${why}`)}\n`;
}

/** What came of all runs: how many there were, and how the last of them ended. */
export function runsSummary(runs: number, last: RunReport | undefined): string {
  const counts = last === undefined ? "" : `, the last one: ${countsText(last)}`;
  return `${runs === 1 ? "1 run" : `${runs} runs`}${counts}\n`;
}
