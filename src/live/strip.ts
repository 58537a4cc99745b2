/** The last results of a peer as a strip of blocks. */

import { type Sample, timesOf } from "../runner/mod.ts";
import type { Piece } from "./look.ts";

/** A failed check: a whole block, higher than any other. */
const FAILED = "█";

/** A passed one: a step higher for each doubling of the time over the median of those that are known. */
const PASSED = "▂▃▄▅▆";

/** The newest `width` of `samples`, the newest last, with blanks before them where there are fewer. */
export function stripOf(samples: readonly Sample[], width: number): readonly Piece[] {
  const medianMs = timesOf(samples)?.medianMs ?? 0;
  const newest = samples.slice(-width);
  const pieces: Piece[] = [];
  if (newest.length < width) {
    pieces.push({ tone: "plain", text: " ".repeat(width - newest.length) });
  }
  for (const { hasPassed, elapsedMs } of newest) {
    const tone = hasPassed ? "good" : "bad";
    const block = hasPassed ? PASSED.charAt(stepOf(elapsedMs, medianMs)) : FAILED;
    const last = pieces.at(-1);
    if (last?.tone === tone) pieces[pieces.length - 1] = { tone, text: last.text + block };
    else pieces.push({ tone, text: block });
  }
  return pieces;
}

/** 0 below twice the median, 1 below four times it, and so on. */
function stepOf(elapsedMs: number, medianMs: number): number {
  const doublings = medianMs > 0 ? Math.floor(Math.log2(elapsedMs / medianMs)) : 0;
  return Math.max(0, Math.min(PASSED.length - 1, doublings));
}
