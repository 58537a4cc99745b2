/** When a daily rolling file rolls over, and what it is called then. */
import type { ByteText } from "./byte_text.ts";
import { type Instant, putTogether, takeApart } from "./moment.ts";
import { upperCase } from "./properties.ts";
import { strftime } from "./strftime.ts";

/** Length of a period. */
export type Schedule = "MONTHLY" | "WEEKLY" | "DAILY" | "TWICE_DAILY" | "HOURLY" | "MINUTELY";

/** Form of the date in the name of a rolled file. */
const NAME_FORMATS: Readonly<Record<Schedule, string>> = {
  MONTHLY: "%Y-%m",
  WEEKLY: "%Y-%W",
  DAILY: "%Y-%m-%d",
  TWICE_DAILY: "%Y-%m-%d-%p",
  HOURLY: "%Y-%m-%d-%H",
  MINUTELY: "%Y-%m-%d-%H-%M",
};

const PERIOD_SECONDS: Readonly<Record<Exclude<Schedule, "MONTHLY">, number>> = {
  WEEKLY: 7 * 86_400,
  DAILY: 86_400,
  TWICE_DAILY: 43_200,
  HOURLY: 3600,
  MINUTELY: 60,
};

/** Reads a schedule in any case; `undefined` when there is none of this name. */
export function parseSchedule(text: ByteText): Schedule | undefined {
  const name = upperCase(text);
  return isSchedule(name) ? name : undefined;
}

/** Beginning of the period that a moment lies in. A week begins on Sunday. */
export function periodStart(schedule: Schedule, instant: Instant): number {
  const { zone } = instant;
  const { weekday, ...moment } = takeApart(instant);
  const whole = { ...moment, second: 0 };
  switch (schedule) {
    case "MINUTELY":
      return putTogether(whole, zone);
    case "HOURLY":
      return putTogether({ ...whole, minute: 0 }, zone);
    case "TWICE_DAILY":
      return putTogether({ ...whole, hour: moment.hour < 12 ? 0 : 12, minute: 0 }, zone);
    case "DAILY":
      return putTogether({ ...whole, hour: 0, minute: 0 }, zone);
    case "WEEKLY":
      return putTogether({ ...whole, day: moment.day - weekday, hour: 0, minute: 0 }, zone);
    case "MONTHLY":
      return putTogether({ ...whole, day: 1, hour: 0, minute: 0 }, zone);
  }
}

/** One period after a moment; a month is one by the calendar, all others have a fixed length. */
export function nextRollOver(schedule: Schedule, instant: Instant): number {
  if (schedule !== "MONTHLY") return instant.seconds + PERIOD_SECONDS[schedule];
  const moment = takeApart(instant);
  return putTogether({ ...moment, month: moment.month + 1 }, instant.zone);
}

/** The date in the name of a file whose period a moment lies in. */
export function periodName(schedule: Schedule, instant: Instant): ByteText {
  return strftime(NAME_FORMATS[schedule], takeApart(instant));
}

function isSchedule(name: string): name is Schedule {
  return Object.hasOwn(NAME_FORMATS, name);
}
