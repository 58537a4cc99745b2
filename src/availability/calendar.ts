/** Days of the calendar in a time zone, where a day may have 23 or 25 hours, and some do not exist. */

import type { Cells, CellUnit, Period } from "./types.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A time as clocks on the wall show it; months from 1. */
export interface WallTime {
  /** Of the Gregorian calendar. */
  readonly year: number;
  /** From 1. */
  readonly month: number;
  /** From 1; beyond the end of the month it is one of the next. */
  readonly day: number;
  /** 0 to 23. */
  readonly hour: number;
  /** 0 to 59. */
  readonly minute: number;
  /** 0 to 59. */
  readonly second: number;
}

/** A time zone by its name in the time zone database, such as `Europe/Berlin`. */
export class Zone {
  /** The name. */
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;

  /** Throws a RangeError for a name that nobody knows. */
  constructor(name: string) {
    this.name = name;
    this.#format = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  }

  /** What clocks on the wall show at `ms` since 1970. */
  wallTime(ms: number): WallTime {
    const parts = Object.fromEntries(
      this.#format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
    return { year, month, day, hour, minute, second };
  }

  /**
   * The first moment at which clocks on the wall show `wall` or later, in milliseconds since 1970: of a time that
   * occurs twice the first, of one that is left out the moment after the gap.
   */
  firstMoment(wall: WallTime): number {
    const wanted = asIfUtc(wall);
    // No zone is more than 15 hours from UTC.
    let [low, high] = [wanted - 15 * HOUR_MS, wanted + 15 * HOUR_MS];
    while (high - low > 1000) {
      const middle = low + Math.floor((high - low) / 2000) * 1000;
      if (asIfUtc(this.wallTime(middle)) >= wanted) high = middle;
      else low = middle;
    }
    return high;
  }
}

/** What a machine says about its time zone. */
export interface MachineZone {
  /** Its name; `undefined`, or one that nobody knows, where `TZ` is empty, a file, or not of the database. */
  readonly name: string | undefined;
  /** How far its clocks are ahead of UTC at `atMs`, in minutes. */
  readonly offsetMinutes: number;
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

/** The time zone of a machine by its name; by the offset where there is none, or where its clocks show another time. */
export function zoneOfMachine({ name, offsetMinutes, atMs }: MachineZone): Zone {
  const zone = name === undefined ? undefined : knownZone(name);
  const isShown = zone !== undefined &&
    Math.abs(asIfUtc(zone.wallTime(atMs)) - offsetMinutes * 60_000 - atMs) < 60_000;
  return isShown ? zone : new Zone(offsetName(offsetMinutes));
}

function knownZone(name: string): Zone | undefined {
  try {
    return new Zone(name);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}

/** `UTC`, `+05:30`, `-05:00`. */
function offsetName(minutes: number): string {
  if (minutes === 0) return "UTC";
  const [hour, minute] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
    .map((part) => String(part).padStart(2, "0"));
  return `${minutes < 0 ? "-" : "+"}${hour}:${minute}`;
}

function asIfUtc({ year, month, day, hour, minute, second }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Longest period with a cell for each hour: 3 days; and for each day: 400 days. */
const MOST = { hour: 3 * DAY_MS, day: 400 * DAY_MS };

/** Cuts a period into cells of the calendar: hours, days or months, as long as it is. */
export function cellsOf({ sinceMs, untilMs }: Period, zone: Zone): Cells {
  const lengthMs = untilMs - sinceMs;
  const unit = lengthMs <= MOST.hour ? "hour" : lengthMs <= MOST.day ? "day" : "month";
  const bounds = [sinceMs];
  for (const at of begins(unit, { sinceMs, zone })) {
    if (at >= untilMs) break;
    if (at > (bounds.at(-1) ?? sinceMs)) bounds.push(at);
  }
  return { unit, bounds: [...bounds, untilMs] };
}

/** Where hours, days or months begin, from one before the period on. */
function* begins(
  unit: CellUnit,
  { sinceMs, zone }: { readonly sinceMs: number; readonly zone: Zone },
): Generator<number> {
  const { year, month, day } = zone.wallTime(sinceMs);
  for (let step = 0;; step += 1) {
    // Dates beyond the end of a month are those of the next one.
    const date = new Date(
      Date.UTC(year, month - 1 + (unit === "month" ? step : 0), unit === "month" ? 1 : day + step),
    );
    const begin = zone.firstMoment({
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: 0,
      minute: 0,
      second: 0,
    });
    yield begin;
    if (unit !== "hour") continue;
    for (let hour = 1; hour < 25; hour += 1) {
      const at = begin + hour * HOUR_MS;
      // The last hours are those of the next day unless this one has 25.
      if (zone.wallTime(at).day !== date.getUTCDate()) break;
      yield at;
    }
  }
}
