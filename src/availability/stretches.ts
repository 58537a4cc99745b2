/**
 * From the results of one peer to the times in which it was up or down.
 *
 * A result holds from the moment when its attempt began until the next result of the peer, and no longer than it may
 * speak for the peer: what comes after that is unmeasured. With `--watch S` that is twice the time from run to run, S
 * or what the run took if that is longer; without, twice the usual distance of such results, and 2 hours at most.
 * Where several programs look at the peer, the newest result says how it is, and the longest announcement of
 * `--watch` for how long that is known.
 */

import type { Cause, Stretch, TimedResult } from "./types.ts";

/** Longest time that a single run speaks for: 2 hours. */
const LONGEST_MS = 2 * 3_600_000;

/** How many distances the usual one is found among: of so many, the third longest. */
const DISTANCES = 9;

/** How many earlier results must have been added for the first one of a period to be judged as in the whole history. */
export const WARM_UP: number = DISTANCES + 1;

/** Makes stretches of the results of one peer; neighbors that say the same become one. */
export class StretchMaker {
  readonly #sink: (stretch: Stretch) => void;
  readonly #distances: number[] = [];
  #lastLooseMs: number | undefined;
  #last: TimedResult | undefined;
  #announcedUntilMs = -Infinity;
  #made: Stretch | undefined;

  /** `sink` gets the stretches in their order. */
  constructor(sink: (stretch: Stretch) => void) {
    this.#sink = sink;
  }

  /** Adds a result that began no earlier than those before. */
  add(result: TimedResult): void {
    if (result.everySeconds === null) this.#addLoose(result.startedMs);
    this.#endLast(result.startedMs);
    this.#last = result;
  }

  /** Nothing after `atMs` counts; gives what is left to the sink. */
  end(atMs: number): void {
    this.#endLast(atMs);
    this.#last = undefined;
    if (this.#made !== undefined) this.#sink(this.#made);
    this.#made = undefined;
  }

  /** A result of a single run: the distance from the one before it is one more that is known. */
  #addLoose(startedMs: number): void {
    if (this.#lastLooseMs !== undefined) this.#distances.push(startedMs - this.#lastLooseMs);
    if (this.#distances.length > DISTANCES) this.#distances.shift();
    this.#lastLooseMs = startedMs;
  }

  #endLast(atMs: number): void {
    const last = this.#last;
    if (last === undefined) return;
    const heldUntilMs = last.startedMs + this.#longestMs(last);
    if (last.everySeconds !== null) {
      this.#announcedUntilMs = Math.max(this.#announcedUntilMs, heldUntilMs);
    }
    const endMs = Math.min(atMs, Math.max(heldUntilMs, this.#announcedUntilMs));
    if (endMs > last.startedMs) this.#make(last, endMs);
  }

  #longestMs({ everySeconds, runMs }: TimedResult): number {
    if (everySeconds !== null) return 2 * Math.max(everySeconds * 1000, runMs);
    const sorted = [...this.#distances].sort((a, b) => a - b);
    // Where two or three programs take turns, most distances say only how far their clocks are from each other.
    const usual = sorted[Math.floor(sorted.length * 2 / 3)] ?? LONGEST_MS;
    return Math.min(LONGEST_MS, 2 * usual);
  }

  #make(result: TimedResult, endMs: number): void {
    const made = this.#made;
    if (made !== undefined && made.endMs === result.startedMs && isSame(made, result)) {
      this.#made = { ...made, endMs };
      return;
    }
    if (made !== undefined) this.#sink(made);
    const { startedMs: beginMs, verdict } = result;
    this.#made = verdict === "passed"
      ? { beginMs, endMs }
      : { beginMs, endMs, cause: causeOf(result) };
  }
}

function isSame({ cause }: Stretch, result: TimedResult): boolean {
  if (result.verdict === "passed") return cause === undefined;
  return cause !== undefined && cause.situation === result.situation &&
    cause.stage === result.stage;
}

function causeOf({ situation, stage, fault, message }: TimedResult): Cause {
  return { situation, stage, fault, message };
}
