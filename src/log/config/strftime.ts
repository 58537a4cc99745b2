/**
 * Dates in the C library's format language, in the C locale, with the extras of glibc: flags `_ - 0 ^ #`, a width,
 * and the modifiers `E` and `O`. What glibc does not know is printed as it is.
 */
import type { ByteText } from "./byte_text.ts";
import type { Moment } from "./moment.ts";

const DAYS = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
] as const;
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** Widest field; our judgement. The reference ends itself when a date grows beyond its buffer. */
const MAX_WIDTH = 4096;

/** Codes that take no modifier E, and none O; all others take both, without any effect in the C locale. */
const REFUSES = { E: "aAbBdDeFgGhHIjklmMSUVwW", O: "aAcDFxXY" } as const;

/** What a code yields: a number of at least so many digits, a text, or a format of its own. */
type Piece =
  | {
    readonly kind: "number";
    readonly value: number;
    readonly digits: number;
    readonly pad: " " | "0";
  }
  | { readonly kind: "text"; readonly text: string; readonly swapped?: string }
  | { readonly kind: "format"; readonly format: string }
  | { readonly kind: "zone"; readonly minutes: number };

/** Flags, width and modifier between the percent sign and the code. */
interface Spec {
  /** The whole conversion as written. */
  readonly whole: string;
  readonly pad: string;
  readonly upper: boolean;
  readonly swap: boolean;
  readonly width: number;
  /** What is formatted. */
  readonly moment: Moment;
}

/** Formats a moment. */
export function strftime(format: ByteText, moment: Moment): ByteText {
  return format.replace(
    /%([_\-0^#]*)([0-9]*)([EO]?)([^]?)/g,
    (whole, flags: string, width: string, modifier: string, code: string) => {
      const spec = {
        whole,
        pad: flags.replace(/[\^#]/g, "").slice(-1),
        upper: flags.includes("^"),
        swap: flags.includes("#"),
        width: Math.min(Number(width), MAX_WIDTH),
        moment,
      };
      const refused = (modifier === "E" || modifier === "O") && REFUSES[modifier].includes(code);
      const piece = refused || code === "" ? undefined : pieceOf(code, moment);
      return renderPiece(piece ?? { kind: "text", text: whole }, spec);
    },
  );
}

function renderPiece(piece: Piece, spec: Spec): string {
  const filler = spec.pad === "0" ? "0" : " ";
  switch (piece.kind) {
    case "number":
      return renderNumber(piece, spec);
    case "zone":
      return renderOffset(piece.minutes, spec);
    case "text": {
      const swapped = spec.swap ? piece.swapped : undefined;
      return (swapped ?? (spec.upper ? raise(piece) : piece.text)).padStart(spec.width, filler);
    }
    case "format": {
      const text = strftime(piece.format, spec.moment);
      return (spec.upper ? text.toUpperCase() : text).padStart(spec.width, filler);
    }
  }
}

/** `%P` is small whatever the flags say: it is the one text whose swapped form equals itself. */
function raise(piece: { readonly text: string; readonly swapped?: string }): string {
  return piece.swapped === piece.text ? piece.text : piece.text.toUpperCase();
}

function renderNumber(
  piece: { readonly value: number; readonly digits: number; readonly pad: " " | "0" },
  spec: Spec,
): string {
  const text = String(piece.value);
  if (spec.pad === "-") return text.padStart(spec.width, " ");
  const filler = spec.pad === "_" ? " " : spec.pad === "0" ? "0" : piece.pad;
  return text.padStart(Math.max(piece.digits, spec.width), filler);
}

/** `+hhmm`. glibc fills a width twice, before the sign and before the digits. */
function renderOffset(minutes: number, spec: Spec): string {
  const size = Math.abs(minutes);
  const digits = String(Math.floor(size / 60) * 100 + size % 60);
  const sign = (minutes < 0 ? "-" : "+").padStart(spec.width, spec.pad === "0" ? "0" : " ");
  if (spec.pad === "-") return sign + digits.padStart(spec.width, " ");
  return sign + digits.padStart(Math.max(4, spec.width), spec.pad === "_" ? " " : "0");
}

function pieceOf(code: string, moment: Moment): Piece | undefined {
  return nameOf(code, moment) ?? numberOf(code, moment) ?? compoundOf(code);
}

function nameOf(code: string, moment: Moment): Piece | undefined {
  const day = DAYS[moment.weekday] ?? "?";
  const month = MONTHS[moment.month] ?? "?";
  const half = moment.hour < 12 ? "am" : "pm";
  switch (code) {
    case "a":
      return capitalized(day.slice(0, 3));
    case "A":
      return capitalized(day);
    case "b":
    case "h":
      return capitalized(month.slice(0, 3));
    case "B":
      return capitalized(month);
    case "p":
      return { kind: "text", text: half.toUpperCase(), swapped: half };
    case "P":
      return { kind: "text", text: half, swapped: half };
    case "Z":
      return { kind: "text", text: moment.zoneName, swapped: moment.zoneName.toLowerCase() };
    case "z":
      return { kind: "zone", minutes: Math.trunc(moment.offsetSeconds / 60) };
    case "n":
      return { kind: "text", text: "\n" };
    case "t":
      return { kind: "text", text: "\t" };
    case "%":
      return { kind: "text", text: "%" };
  }
  return undefined;
}

function capitalized(text: string): Piece {
  return { kind: "text", text, swapped: text.toUpperCase() };
}

function numberOf(code: string, moment: Moment): Piece | undefined {
  const twelve = moment.hour % 12 === 0 ? 12 : moment.hour % 12;
  const numbers: Readonly<Record<string, () => readonly [number, number, (" " | "0")?]>> = {
    C: () => [Math.floor(moment.year / 100), 2],
    d: () => [moment.day, 2],
    e: () => [moment.day, 2, " "],
    g: () => [isoWeek(moment).year % 100, 2],
    G: () => [isoWeek(moment).year, 1],
    H: () => [moment.hour, 2],
    I: () => [twelve, 2],
    j: () => [moment.yearDay + 1, 3],
    k: () => [moment.hour, 2, " "],
    l: () => [twelve, 2, " "],
    m: () => [moment.month + 1, 2],
    M: () => [moment.minute, 2],
    s: () => [moment.seconds, 1, " "],
    S: () => [moment.second, 2],
    u: () => [moment.weekday === 0 ? 7 : moment.weekday, 1],
    U: () => [weekOfYear(moment, 0), 2],
    V: () => [isoWeek(moment).week, 2],
    w: () => [moment.weekday, 1],
    W: () => [weekOfYear(moment, 1), 2],
    y: () => [moment.year % 100, 2],
    Y: () => [moment.year, 1],
  };
  const number = Object.hasOwn(numbers, code) ? numbers[code]?.() : undefined;
  if (number === undefined) return undefined;
  return { kind: "number", value: number[0], digits: number[1], pad: number[2] ?? "0" };
}

function compoundOf(code: string): Piece | undefined {
  const formats: Readonly<Record<string, string>> = {
    c: "%a %b %e %H:%M:%S %Y",
    D: "%m/%d/%y",
    F: "%Y-%m-%d",
    r: "%I:%M:%S %p",
    R: "%H:%M",
    T: "%H:%M:%S",
    x: "%m/%d/%y",
    X: "%H:%M:%S",
  };
  const format = Object.hasOwn(formats, code) ? formats[code] : undefined;
  return format === undefined ? undefined : { kind: "format", format };
}

/** Week of the year, the first one beginning with the first such weekday; days before it are in week 0. */
function weekOfYear(moment: Moment, firstWeekday: number): number {
  return Math.floor((moment.yearDay + 7 - (moment.weekday - firstWeekday + 7) % 7) / 7);
}

/** Week and year of ISO 8601: a week belongs to the year that its Thursday is in. */
function isoWeek(moment: Moment): { readonly year: number; readonly week: number } {
  const thursday = moment.yearDay - (moment.weekday + 6) % 7 + 3;
  if (thursday < 0) {
    return {
      year: moment.year - 1,
      week: Math.floor((thursday + daysIn(moment.year - 1)) / 7) + 1,
    };
  }
  if (thursday >= daysIn(moment.year)) return { year: moment.year + 1, week: 1 };
  return { year: moment.year, week: Math.floor(thursday / 7) + 1 };
}

function daysIn(year: number): number {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 366 : 365;
}
