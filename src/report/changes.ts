/** What a watched peer does, one line for each change of its state. */

import type { StateChange, WatchTotals } from "../runner/mod.ts";
import { failureTextOf } from "./failure.ts";
import type { ReportSettings } from "./settings.ts";
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
