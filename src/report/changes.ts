/** What watched peers do, one line for each change of a state. */

import type { CheckResult } from "../check/mod.ts";
import type { PeerChange, StateChange, WatchedRun, WatchTotals } from "../runner/mod.ts";
import { failureTextOf, troubleIn } from "./failure.ts";
import type { ReportSettings } from "./settings.ts";
import { echoAverageMs } from "./statistics.ts";
import { countsText, detailsOf, hintOf, hintOfFailure, summaryLine } from "./text.ts";
import type { RunReport } from "../runner/mod.ts";
import { hostAndPort } from "../common/host.ts";
import { decimal, durationText, isoTime, oneLine } from "./values.ts";

/** How changes are reported. */
export interface ChangeLook {
  /** As for reports. */
  readonly settings: ReportSettings;
  /** Whether a line with what to try follows a failure. */
  readonly explains: boolean;
}

/** Such as `2026-01-31T08:15:00.000Z pacs:104 up again after 1 min 30 s, echo in 2.1 ms`, and what to try. */
export function changeLines(change: StateChange, look: ChangeLook): string {
  const { at, result } = change;
  const trouble = troubleIn(result);
  const line = `${isoTime(at)} ${changeText(change, look)}\n`;
  return look.explains && trouble !== undefined
    ? line + hintLine(hintOfFailure(trouble, look.settings))
    : line;
}

/** The same without its time and what to try. */
export function changeText(
  { result, before }: Omit<StateChange, "at">,
  { settings }: ChangeLook,
): string {
  const isUp = result.outcome === "verified";
  const peer = oneLine(hostAndPort(result.check.target));
  const trouble = troubleIn(result);
  const state = `${before?.isUp === isUp ? "still " : ""}${isUp ? "up" : "down"}`;
  const after = before === undefined || before.isUp === isUp
    ? ""
    : `${isUp ? " again" : ""} after ${durationText(before.lastedMs)}`;
  const why = trouble === undefined
    ? ""
    : `${isUp ? ", but " : ": "}${failureTextOf(trouble, settings)}`;
  return `${peer} ${state}${after}${latency(result)}${oneLine(why)}`;
}

/** How fast the peer answered, on average. */
function latency(result: CheckResult): string {
  const ms = result.outcome === "verified" ? echoAverageMs(result) : undefined;
  return ms === undefined ? "" : `, echo in ${durationText(ms)}`;
}

/** What was seen in all. */
export function watchSummary({ checks, verified }: WatchTotals): string {
  const share = checks === 0 ? "" : ` (${decimal(100 * verified / checks, 1)} %)`;
  return `${checks === 1 ? "1 check" : `${checks} checks`}, ${verified} verified${share}\n`;
}

/**
 * What a run of many peers is worth telling: of the first one its summary and every peer that has not passed, of the
 * others what changed.
 */
export function runChanges({ report, changes }: WatchedRun, look: ChangeLook): string {
  const { startedAt, entries } = report;
  if (changes !== undefined) return changes.map((one) => peerLines(one, look)).join("");
  const others = entries.filter(({ verdict }) => verdict !== "passed");
  const lines = others.map((entry) => peerLines({ entry: { startedAt, ...entry } }, look));
  return [`${isoTime(startedAt)} ${summaryLine(report)}\n`, ...lines].join("");
}

/** Such as `2026-01-31T08:15:00.000Z Archive passed again after 1 min 30 s`, and what to try. */
function peerLines(change: PeerChange, look: ChangeLook): string {
  const { startedAt = 0 } = change.entry;
  const line = `${isoTime(startedAt)} ${stateText(change, look)}\n`;
  return line + (look.explains ? hintLine(hintOf(change.entry, look.settings)) : "");
}

/** The same without its time and what to try. */
export function stateText({ entry, before }: PeerChange, { settings }: ChangeLook): string {
  const { name, verdict } = entry;
  const hasPassed = verdict === "passed";
  const isSame = before?.hasPassed === hasPassed;
  const after = before === undefined || isSame
    ? ""
    : `${hasPassed ? " again" : ""} after ${durationText(before.lastedMs)}`;
  const details = hasPassed ? "" : detailsOf(entry, settings);
  const fast = hasPassed && entry.result !== undefined ? latency(entry.result) : "";
  const state = `${isSame ? "still " : ""}${verdict}${after}${fast}${
    details === "" ? "" : ": "
  }${details}`;
  return oneLine(`${name} ${state}`);
}

function hintLine(hint: string | undefined): string {
  return hint === undefined ? "" : `hint: ${oneLine(hint)}\n`;
}

/** What came of all runs: how many there were, and how the last of them ended. */
export function runsSummary(runs: number, last: RunReport | undefined): string {
  const counts = last === undefined ? "" : `, the last one: ${countsText(last)}`;
  return `${runs === 1 ? "1 run" : `${runs} runs`}${counts}\n`;
}
