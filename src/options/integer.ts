/**
 * Numbers on the command line: one decimal integer and nothing else (difference D2).
 *
 * The reference scans like C's `scanf`: leading white space, a sign, digits, and whatever follows is ignored; signed
 * options read hexadecimal and octal, results wrap at 32 or 64 bits. What it accepts in that way we refuse as
 * invalid. What it refuses keeps the reason it gives, so that both programs print the same text; only for that do we
 * read words as it does. Leading zeros are decimal here: `010` is ten.
 */

import type { IntegerValue, ValueFault, ValueOutcome } from "./row.ts";

/** Range of a number and how the reference reads it; `port` is the parameter's own way. */
export type IntegerRange = Pick<IntegerValue, "minimum" | "maximum"> & {
  readonly reading: IntegerValue["reading"] | "port";
};

/** Reads `word` as a number within `range`. */
export function parseInteger(word: string, range: IntegerRange): ValueOutcome<number> {
  if (!/^-?[0-9]+$/.test(word)) return { reason: referenceFault(word, range) };
  const isNegative = word.startsWith("-");
  if (isNegative && range.reading === "unsigned") return { reason: "invalid" };
  const value = Number(word);
  // The reference turns a negative port into a huge number.
  if (isNegative && value !== 0 && range.reading === "port") return { reason: "overflow" };
  if (value < range.minimum) return { reason: "underflow" };
  if (value > range.maximum) return { reason: "overflow" };
  return { value: value === 0 ? 0 : value };
}

/** Why the reference refuses a word that is not a decimal integer; `invalid` when it would accept it. */
function referenceFault(word: string, range: IntegerRange): ValueFault {
  if (range.reading === "unsigned" && /^ *-/.test(word)) return "invalid";
  const value = range.reading === "signed" ? scanSigned(word) : scanUnsigned(word);
  if (value === undefined) return "invalid";
  if (value < BigInt(range.minimum)) return "underflow";
  if (value > BigInt(range.maximum) && range.reading !== "signed") return "overflow";
  return "invalid";
}

/** 64 bits, decimal; a minus sign wraps. */
function scanUnsigned(word: string): bigint | undefined {
  const match = /^[ \t\n\v\f\r]*([+-]?)([0-9]+)/.exec(word);
  if (match === null) return undefined;
  const magnitude = BigInt(match[2] ?? "0");
  if (magnitude >= 1n << 64n) return (1n << 64n) - 1n;
  return BigInt.asUintN(64, match[1] === "-" ? -magnitude : magnitude);
}

/** Prefix rules of C: `0x` is hexadecimal, `0` octal. A prefix without digits is zero. */
function scanSigned(word: string): bigint | undefined {
  const match = /^[ \t\n\v\f\r]*([+-]?)(?:0[xX]([0-9a-fA-F]*)|0([0-7]*)|([1-9][0-9]*))/.exec(word);
  if (match === null) return undefined;
  const [, sign, hexadecimal, octal, decimal] = match;
  let magnitude = BigInt(decimal ?? "0");
  if (hexadecimal) magnitude = BigInt(`0x${hexadecimal}`);
  if (octal) magnitude = BigInt(`0o${octal}`);
  return sign === "-" ? -magnitude : magnitude;
}
