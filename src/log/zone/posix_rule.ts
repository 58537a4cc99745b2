/**
 * Time zones written as rules, POSIX 8.3: `EST5EDT,M3.2.0,M11.1.0`, `<+03>-3`, `UTC0`.
 *
 * The same form ends every zone file of version 2 and says how the zone goes on after the file's last change.
 */
import type { ZoneMoment } from "../host.ts";

/** The day on which a clock changes, and the local time of the change in seconds. */
interface ChangeDay {
  readonly day:
    | {
      readonly kind: "weekday";
      readonly month: number;
      readonly week: number;
      readonly weekday: number;
    }
    | { readonly kind: "julian"; readonly day: number }
    | { readonly kind: "day"; readonly day: number };
  readonly timeSeconds: number;
}

/** A zone as a rule. */
export interface ZoneRule {
  /** Winter time, or the only one. */
  readonly standard: ZoneMoment;
  /** Summer time with the days it begins and ends. */
  readonly summer?: {
    readonly moment: ZoneMoment;
    readonly from: ChangeDay;
    readonly to: ChangeDay;
  };
}

const NAME = "(<[A-Za-z0-9+-]{3,}>|[A-Za-z]{3,})";
const OFFSET = "([+-]?[0-9]{1,3}(?::[0-9]{1,2}){0,2})";
const RULE = new RegExp(`^${NAME}${OFFSET}(?:${NAME}${OFFSET}?(?:,([^,]+),([^,]+))?)?$`);
/** What the C library assumes when a rule with summer time gives no days. */
const USUAL_DAYS = ["M3.2.0", "M11.1.0"] as const;
const SECONDS_A_DAY = 86_400;

/** Reads a rule; `undefined` when it is none. */
export function parseZoneRule(text: string): ZoneRule | undefined {
  const match = RULE.exec(text);
  if (match === null) return undefined;
  const [, name = "", offset = "", summerName, summerOffset, from, to] = match;
  const standard = { offsetSeconds: 0 - clockSeconds(offset), name: bareName(name) };
  if (summerName === undefined) return { standard };
  const begins = parseChangeDay(from ?? USUAL_DAYS[0]);
  const ends = parseChangeDay(to ?? USUAL_DAYS[1]);
  if (begins === undefined || ends === undefined) return undefined;
  const offsetSeconds = summerOffset === undefined
    ? standard.offsetSeconds + 3600
    : 0 - clockSeconds(summerOffset);
  return {
    standard,
    summer: { moment: { offsetSeconds, name: bareName(summerName) }, from: begins, to: ends },
  };
}

/** The zone that a rule gives at a moment in seconds since 1970. */
export function zoneByRule(rule: ZoneRule, seconds: number): ZoneMoment {
  const { standard, summer } = rule;
  if (summer === undefined) return standard;
  const year = new Date((seconds + standard.offsetSeconds) * 1000).getUTCFullYear();
  const begins = changeSeconds(summer.from, year) - standard.offsetSeconds;
  const ends = changeSeconds(summer.to, year) - summer.moment.offsetSeconds;
  const isSummer = begins < ends
    ? seconds >= begins && seconds < ends
    : seconds >= begins || seconds < ends;
  return isSummer ? summer.moment : standard;
}

function bareName(name: string): string {
  return name.replace(/[<>]/g, "");
}

/** `[+-]h[:m[:s]]` in seconds. */
function clockSeconds(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[+-]/, "").split(":").map(Number);
  return (text.startsWith("-") ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds);
}

function parseChangeDay(text: string): ChangeDay | undefined {
  const match = /^(?:M([0-9]{1,2})\.([1-5])\.([0-6])|(J?)([0-9]{1,3}))(?:\/(.+))?$/.exec(text);
  if (match === null) return undefined;
  const [, month, week, weekday, julian, day, time] = match;
  const timeSeconds = time === undefined ? 7200 : clockSeconds(time);
  if (month !== undefined) {
    const date = { month: Number(month), week: Number(week), weekday: Number(weekday) };
    return { day: { kind: "weekday", ...date }, timeSeconds };
  }
  return { day: { kind: julian === "J" ? "julian" : "day", day: Number(day) }, timeSeconds };
}

/** When a clock changes in a year, in seconds since 1970 of that local clock. */
function changeSeconds(change: ChangeDay, year: number): number {
  const newYear = Date.UTC(year, 0, 1) / 1000;
  const { day } = change;
  switch (day.kind) {
    case "day":
      return newYear + day.day * SECONDS_A_DAY + change.timeSeconds;
    case "julian": {
      const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
      const index = day.day - 1 + (leap && day.day >= 60 ? 1 : 0);
      return newYear + index * SECONDS_A_DAY + change.timeSeconds;
    }
    case "weekday": {
      const first = new Date(Date.UTC(year, day.month - 1, 1)).getUTCDay();
      const length = new Date(Date.UTC(year, day.month, 0)).getUTCDate();
      let date = 1 + (day.weekday - first + 7) % 7 + (day.week - 1) * 7;
      if (date > length) date -= 7;
      return Date.UTC(year, day.month - 1, date) / 1000 + change.timeSeconds;
    }
  }
}
