/** Failures as data: the same for every class, also for those that come later. */

import type { CheckFailure, CheckResult, TroubledCheck } from "../check/mod.ts";
import type { FailureDocument } from "./report_schema.ts";
import type { JsonValue } from "./schema.ts";
import type { ReportSettings } from "./settings.ts";
import { peerText } from "./values.ts";

/** What every failure has, and what reports say elsewhere. */
const COMMON = ["name", "stage", "fault", "message", "hint", "stack", "cause"];

/** How deep the facts of a failure are followed; real ones have three levels. */
const DEEPEST = 6;

/** Longest text of one fact, and most items of a list: peers send more than anybody wants to keep. */
const LONGEST_TEXT = 1000;
const MOST_ITEMS = 256;

/** `result` if anything went wrong in it: it failed, or it was verified and its association ended badly. */
export function troubleIn(result: CheckResult | undefined): TroubledCheck | undefined {
  return result?.outcome === "failed" || result?.endingError !== undefined ? result : undefined;
}

/** What went wrong in `result`, with what it means. */
export function failureOf(result: TroubledCheck, settings: ReportSettings): FailureDocument {
  const error = result.outcome === "failed" ? result.error : result.endingError;
  const meaning = settings.diagnose?.(result);
  const hint = meaning?.hint ?? error.hint;
  return {
    ...bareFailureOf(error),
    ...(meaning === undefined ? {} : { situation: meaning.situation, title: meaning.title }),
    ...(hint === undefined ? {} : { hint }),
  };
}

/** A failure without what it means. */
export function bareFailureOf(error: CheckFailure): FailureDocument {
  const { name, stage, fault, message } = error;
  return { name, stage, fault, message: peerText(message), fields: fieldsOf(error) };
}

/** The members that belong to the failure's own class; errors after it are for the log. */
function fieldsOf(error: CheckFailure): FailureDocument["fields"] {
  const own = Object.entries(error).filter(([name]) => !COMMON.includes(name));
  return Object.fromEntries(
    own.flatMap(([name, value]) => {
      const plain = plainOf(value, DEEPEST);
      return plain === undefined ? [] : [[name, plain]];
    }),
  );
}

/** The members of `value` as JSON has them. */
export function plainFields(value: object): FailureDocument["fields"] {
  const plain = plainOf(value, DEEPEST);
  return typeof plain === "object" && plain !== null && !Array.isArray(plain)
    ? plain as FailureDocument["fields"]
    : {};
}

/** A value as JSON has it; `undefined` for what it cannot hold. */
function plainOf(value: unknown, depth: number): JsonValue | undefined {
  if (typeof value === "string") return bounded(peerText(value), LONGEST_TEXT);
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value === "boolean") return value;
  if (typeof value !== "object" || value === null || depth === 0) return undefined;
  if (value instanceof Uint8Array) return value.toHex();
  if (value instanceof Error) return undefined;
  if (Array.isArray(value)) {
    return value.slice(0, MOST_ITEMS).map((item) => plainOf(item, depth - 1)).filter((item) =>
      item !== undefined
    );
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const plain = plainOf(member, depth - 1);
      return plain === undefined ? [] : [[name, plain]];
    }),
  );
}

/** At most `most` characters; a longer text is cut. */
function bounded(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 3)}...`;
}

/** The failure on one line for people: what it means where that is known, else its own message. */
export function failureText({ situation, title, message }: FailureDocument): string {
  return situation === "other" ? message : title ?? message;
}

/** The same of a result. */
export function failureTextOf(result: TroubledCheck, settings: ReportSettings): string {
  return failureText(failureOf(result, settings));
}
