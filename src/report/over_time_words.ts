/** Words that the reports over time share. */

import type { Zone } from "../availability/mod.ts";
import { endText } from "./days.ts";
import type { OverTimeDocument, PeerDocument } from "./over_time_schema.ts";
import { durationText, oneLine } from "./values.ts";

const DAY_MS = 86_400_000;

/** A share in percent, never rounded up: `99.998 %`; `-` where there is none. */
export function percentText(share: number | undefined): string {
  if (share === undefined) return "-";
  const decimals = share < 0.9 ? 1 : 3;
  const shown = Math.floor(share * 100 * 10 ** decimals + 1e-6) / 10 ** decimals;
  return `${shown === 100 ? "100" : shown.toFixed(decimals)} %`;
}

/** The part of a period that was measured: `88.6 %`. */
export function measuredText(share: number): string {
  return `${(Math.floor(share * 1000 + 1e-6) / 10).toFixed(1)} %`;
}

/** A time for people, by the clocks on the wall: `2026-01-31 08:00`. */
export function localTime(iso: string, zone: Zone): string {
  const { year, month, day, hour, minute } = zone.wallTime(Date.parse(iso));
  const two = (value: number) => String(value).padStart(2, "0");
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}

/** Why a peer was down, as a sentence without a full stop. */
export function causeText(
  { situation, stage, fault, message, also }: PeerDocument["outages"][number],
): string {
  const what = message ?? situation ?? "not as expected";
  const facts = [
    situation === what ? undefined : situation,
    stage,
    fault === undefined ? undefined : `fault: ${fault}`,
    also.length === 0 ? undefined : `also ${also.join(", ")}`,
  ].filter((fact) => fact !== undefined);
  return oneLine(facts.length === 0 ? what : `${what} (${facts.join("; ")})`);
}

/** When a certificate ends, seen from the end of the period. */
export function daysLeftText(
  { until, at }: NonNullable<PeerDocument["tls"]>,
  end: string,
): string {
  const daysLeft = Math.floor((Date.parse(until) - Date.parse(end)) / DAY_MS);
  return `${endText(daysLeft)}, as seen on ${at.slice(0, 10)}`;
}

/** What the period before was like. */
export function trendText({ earlier }: Pick<OverTimeDocument["total"], "earlier">): string {
  if (earlier.availability === undefined) return "not measured";
  return `available ${percentText(earlier.availability)}, measured ${
    measuredText(earlier.measured)
  }${earlier.medianMs === undefined ? "" : `, median ${durationText(earlier.medianMs)}`}`;
}

/** What a cell shows, in the order of the legend, and what that is called. */
export const CELL_LOOKS = {
  up: "up",
  "up in part": "up, not measured all the time",
  "down in part": "down for a while",
  down: "mostly down",
  unmeasured: "not measured",
} as const;

/** One of them. */
export type CellLook = keyof typeof CELL_LOOKS;

/** What is less does not show in a cell, unless the peer was down. */
const LEAST_SHARE = 0.05;

/** What the cells of a peer show. */
export function looksOf(
  { cells }: PeerDocument,
  { cellBounds }: OverTimeDocument,
): readonly CellLook[] {
  return cells.map(({ upMs, downMs }, at) => {
    if (downMs > upMs) return "down";
    if (downMs > 0) return "down in part";
    const share = upMs / cellMs(cellBounds, at);
    if (share < LEAST_SHARE) return "unmeasured";
    return share < 1 - LEAST_SHARE ? "up in part" : "up";
  });
}

/** How long a cell is. */
export function cellMs(bounds: readonly string[], at: number): number {
  return Date.parse(bounds[at + 1] ?? "") - Date.parse(bounds[at] ?? "");
}
