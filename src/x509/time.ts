/** Times in certificates and CRLs (RFC 5280 4.1.2.5), judged as the reference judges them. */

import { byteText } from "./bytes.ts";
import { type DerReader, TAG } from "./der.ts";
import { isSameTag } from "./der_header.ts";
import { readOneOf } from "./der_values.ts";

/** A time as it is in the file. */
export interface X509Time {
  /** Which of the two types it has; the reference prints nothing for a GeneralizedTime. */
  readonly form: "utc" | "generalized";
  /** The characters as they are. */
  readonly text: string;
  /** Seconds since 1970; `undefined` when it is not a time of RFC 5280 (then every check of it fails). */
  readonly epochSeconds: number | undefined;
}

/** Reads a Time; wrong characters in it are kept for the check, another type is an error. */
export function readTime(reader: DerReader, what: string): X509Time {
  const element = readOneOf(reader, { types: [TAG.utcTime, TAG.generalizedTime], what });
  const text = byteText(element.body);
  return isSameTag(element.tag, TAG.utcTime)
    ? { form: "utc", text, epochSeconds: utcSeconds(text) }
    : { form: "generalized", text, epochSeconds: generalizedSeconds(text) };
}

/**
 * Whether `a` is later than `b`, for choosing among several only. As in the reference seconds may be missing and
 * fractions and offsets may stand there, which no check of a date accepts; what cannot be read is never later.
 */
export function isLater(a: X509Time, b: X509Time): boolean {
  const [first, second] = [looseSeconds(a), looseSeconds(b)];
  return first !== undefined && second !== undefined && first > second;
}

const LOOSE = {
  utc: /^(\d{10})(\d{2})?(Z|[+-]\d{4})$/,
  generalized: /^(\d{12})(\d{2})?(?:\.\d+)?(Z|[+-]\d{4})$/,
} as const;

function looseSeconds(time: X509Time): number | undefined {
  const match = LOOSE[time.form].exec(time.text);
  if (match === null) return undefined;
  const [, minutes = "", seconds = "00", zone = "Z"] = match;
  const whole = `${minutes}${seconds}Z`;
  const local = time.form === "utc" ? utcSeconds(whole) : generalizedSeconds(whole);
  if (local === undefined || zone === "Z") return local;
  const [hours, rest] = [Number(zone.slice(1, 3)), Number(zone.slice(3))];
  if (hours > 12 || rest > 59) return undefined;
  return local - (zone.startsWith("-") ? -1 : 1) * (hours * 3600 + rest * 60);
}

/** Two-digit years below 50 are 20YY (RFC 5280 4.1.2.5.1). */
function utcSeconds(text: string): number | undefined {
  if (!/^[0-9]{12}Z$/.test(text)) return undefined;
  const year = Number(text.slice(0, 2));
  return secondsOf(year < 50 ? 2000 + year : 1900 + year, text.slice(2));
}

function generalizedSeconds(text: string): number | undefined {
  if (!/^[0-9]{14}Z$/.test(text)) return undefined;
  return secondsOf(Number(text.slice(0, 4)), text.slice(4));
}

/** `rest` is MMDDHHMMSSZ. A leap second (60) is refused, as in the reference. */
function secondsOf(year: number, rest: string): number | undefined {
  const [month, day, hour, minute, second] = [0, 2, 4, 6, 8].map((at) =>
    Number(rest.slice(at, at + 2))
  );
  if (month === undefined || day === undefined || hour === undefined) return undefined;
  if (minute === undefined || second === undefined) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return Math.floor(date.getTime() / 1000);
}

function daysIn(year: number, month: number): number {
  if (month === 2) {
    const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    return leap ? 29 : 28;
  }
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** A time in the reference's words, `Jan  1 00:00:00 2020 GMT`; a GeneralizedTime prints nothing there. */
export function renderReferenceTime(time: X509Time): string {
  return time.form === "generalized" ? "" : renderTime(time);
}

/** A time as `Jan  1 00:00:00 2020 GMT`, whichever its type; its characters when it is not a time. */
export function renderTime(time: X509Time): string {
  if (time.epochSeconds === undefined) return time.text;
  const date = new Date(time.epochSeconds * 1000);
  const day = String(date.getUTCDate()).padStart(2, " ");
  const clock = date.toISOString().match(/T(.{8})/)?.[1] ?? "";
  return `${MONTHS[date.getUTCMonth()]} ${day} ${clock} ${date.getUTCFullYear()} GMT`;
}
