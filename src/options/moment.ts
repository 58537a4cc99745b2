/** Moments on the command line: so long ago, a day, or a time. */

import type { Moment } from "./modes.ts";
import type { ValueOutcome } from "./row.ts";

const UNIT_MS = { min: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;

/** Longest time that one may look back: 10 years of 366 days. */
const LONGEST_MS = 3660 * UNIT_MS.d;

const AGO = /^([0-9]{1,6})(min|[hdw])$/;
const DATE =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?$/;

/** Reads `30d`, `12h`, `90min`, `2w`, `2026-01-31`, `2026-01-31T08:00`, or the same with seconds, `Z` or an offset. */
export function parseMoment(word: string): ValueOutcome<Moment> {
  const ago = AGO.exec(word);
  if (ago !== null) {
    const [, count, unit] = ago;
    const ms = Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
    if (ms === 0) return { reason: "underflow" };
    return ms > LONGEST_MS ? { reason: "overflow" } : { value: { kind: "ago", ms } };
  }
  return parseDate(word);
}

function parseDate(word: string): ValueOutcome<Moment> {
  const found = DATE.exec(word);
  if (found === null) return { reason: "invalid" };
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7)
    .map((digits) => Number(digits ?? 0));
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isDate = date.getUTCMonth() === month - 1 && date.getUTCDate() === day &&
    hour < 24 && minute < 60 && second < 60 && year >= 1970;
  if (!isDate) return { reason: "invalid", because: "there is no such time" };
  if (found[4] === undefined) return { value: { kind: "day", year, month, day } };
  if (found[7] === undefined) {
    return { value: { kind: "time", year, month, day, hour, minute, second } };
  }
  const ms = Date.parse(word.replace(" ", "T"));
  return Number.isNaN(ms)
    ? { reason: "invalid", because: "there is no such offset" }
    : { value: { kind: "at", ms } };
}
