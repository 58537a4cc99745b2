/** How times are spread, in little memory: counts in classes that are 5 % wide, so that a median is within 2.5 %. */

import type { Times } from "./types.ts";

const STEP = Math.log(1.05);

/** Below a microsecond nothing is measured. */
const LEAST_MS = 0.001;

/** The class of a time in milliseconds: an integer, negative below 1 ms. */
function classOf(ms: number): number {
  return Math.round(Math.log(Math.max(ms, LEAST_MS)) / STEP);
}

/** The middle of a class in milliseconds. */
function middleOf(index: number): number {
  return Math.exp(index * STEP);
}

/** Times of one kind. */
export class Distribution {
  /** How many times there are by class. */
  readonly counts = new Map<number, number>();
  #count = 0;
  #slowestMs = -1;
  #slowestAtMs = 0;

  /** Adds one time, which began at `atMs`. */
  add(ms: number, atMs: number): void {
    this.addMany(classOf(ms), 1);
    this.addSlowest(ms, atMs);
  }

  /** Adds `count` times of a class. */
  addMany(index: number, count: number): void {
    this.counts.set(index, (this.counts.get(index) ?? 0) + count);
    this.#count += count;
  }

  /** A time that has been counted was this long. */
  addSlowest(ms: number, atMs: number): void {
    if (ms <= this.#slowestMs) return;
    this.#slowestMs = ms;
    this.#slowestAtMs = atMs;
  }

  /** What is known of them; `undefined` when there are none. */
  times(): Times | undefined {
    if (this.#count === 0) return undefined;
    return {
      count: this.#count,
      medianMs: this.#rank(50),
      p95Ms: this.#rank(95),
      slowestMs: this.#slowestMs,
      slowestAtMs: this.#slowestAtMs,
    };
  }

  /** The nearest rank, and never more than the slowest. */
  #rank(percent: number): number {
    let left = Math.ceil(this.#count * percent / 100);
    for (const [index, count] of [...this.counts].sort(([a], [b]) => a - b)) {
      left -= count;
      if (left <= 0) return Math.min(middleOf(index), this.#slowestMs);
    }
    return this.#slowestMs;
  }
}
