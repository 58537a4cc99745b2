/** Times on the command line that may have a fraction. */

import type { ValueOutcome } from "./row.ts";

/** Longest time that can be set, in seconds: what still fits the 32 bits the reference keeps its limits in. */
const MOST_SECONDS = 2_147_483_647;

/** Reads seconds: decimal, with or without a fraction. Zero is below the minimum of 1 ms. */
export function parseSeconds(word: string): ValueOutcome<number> {
  return parseFrom(word, 0.001);
}

/** Reads seconds from zero on. */
export function parseSecondsOrZero(word: string): ValueOutcome<number> {
  return parseFrom(word, 0);
}

function parseFrom(word: string, minimum: number): ValueOutcome<number> {
  if (!/^[0-9]+(\.[0-9]+)?$/.test(word)) return { reason: "invalid" };
  const value = Number(word);
  if (value < minimum) return { reason: "underflow" };
  return value > MOST_SECONDS ? { reason: "overflow" } : { value };
}
