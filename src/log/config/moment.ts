/** Calendar arithmetic: a moment taken apart in some zone, and put together again. */
import type { ZoneMoment } from "../host.ts";

/** Local time as a function of seconds since 1970. */
export type Zone = (seconds: number) => ZoneMoment;

/** A moment and the zone it is looked at from. */
export interface Instant {
  /** Seconds since 1970, perhaps with a fraction. */
  readonly seconds: number;
  /** The zone. */
  readonly zone: Zone;
}

/** A moment taken apart. */
export interface Moment {
  /** Seconds since 1970. */
  readonly seconds: number;
  /** Calendar year. */
  readonly year: number;
  /** 0..11. */
  readonly month: number;
  /** 1..31. */
  readonly day: number;
  /** 0..23. */
  readonly hour: number;
  /** 0..59. */
  readonly minute: number;
  /** 0..59. */
  readonly second: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** 0 is the first of January. */
  readonly yearDay: number;
  /** Seconds east of UTC. */
  readonly offsetSeconds: number;
  /** Abbreviation of the zone. */
  readonly zoneName: string;
}

const SECONDS_A_DAY = 86_400;

/** UTC. The reference prints its name as `GMT`. */
export function utcZone(): ZoneMoment {
  return { offsetSeconds: 0, name: "GMT" };
}

/** Takes a moment apart. */
export function takeApart(instant: Instant): Moment {
  const { zone } = instant;
  const seconds = Math.floor(instant.seconds);
  const { offsetSeconds, name } = zone(seconds);
  const shifted = new Date((seconds + offsetSeconds) * 1000);
  const year = shifted.getUTCFullYear();
  const newYear = utcSeconds({ year, month: 0, day: 1, hour: 0, minute: 0, second: 0 });
  return {
    seconds,
    year,
    month: shifted.getUTCMonth(),
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    weekday: shifted.getUTCDay(),
    yearDay: Math.floor((seconds + offsetSeconds - newYear) / SECONDS_A_DAY),
    offsetSeconds,
    zoneName: name,
  };
}

/** The parts that decide about a moment. Values beyond their range carry over, day 0 is the last of the month before. */
export type ClockFields = Pick<Moment, "year" | "month" | "day" | "hour" | "minute" | "second">;

/** Seconds since 1970 of a local time; in the hour that a clock change repeats, one of the two. */
export function putTogether(fields: ClockFields, zone: Zone): number {
  const asUtc = utcSeconds(fields);
  const guess = asUtc - zone(asUtc).offsetSeconds;
  return asUtc - zone(guess).offsetSeconds;
}

function utcSeconds(fields: ClockFields): number {
  const { year, month, day, hour, minute, second } = fields;
  return Date.UTC(year, month, day, hour, minute, second) / 1000;
}
