/**
 * Any number of timers on a single one.
 *
 * A timer of the world outside may live on until its time although nobody waits for it any more. At hundreds of
 * associations a second, each with a limit of half a minute, those would pile up; here only what is waited for is
 * kept, and an early timer makes later ones wait for its turn.
 */

import type { Clock } from "./wire.ts";

interface Waiting {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that shares one timer of another clock among all who wait. */
export class TimerPool implements Clock {
  readonly #clock: Clock;
  readonly #waiting: Set<Waiting> = new Set();
  #armed: { readonly at: number; readonly cancel: () => void } | undefined;

  /** Makes a pool on the timers of `clock`. */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many wait. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Milliseconds, monotonic. */
  now(): number {
    return this.#clock.now();
  }

  /** Calls `wake` once after `ms` milliseconds, unless the returned function is called before. */
  after(ms: number, wake: () => void): () => void {
    const waiting = { at: this.#clock.now() + ms, wake };
    this.#waiting.add(waiting);
    this.#arm(waiting.at);
    return () => void this.#waiting.delete(waiting);
  }

  /** Forgets everybody who waits. */
  stop(): void {
    this.#waiting.clear();
    this.#armed?.cancel();
    this.#armed = undefined;
  }

  #arm(at: number): void {
    if (this.#armed !== undefined) {
      if (this.#armed.at <= at) return;
      this.#armed.cancel();
    }
    const ms = Math.max(0, at - this.#clock.now());
    this.#armed = { at, cancel: this.#clock.after(ms, () => this.#fire()) };
  }

  #fire(): void {
    this.#armed = undefined;
    const now = this.#clock.now();
    let next = Infinity;
    const due: Waiting[] = [];
    for (const waiting of this.#waiting) {
      if (waiting.at <= now) due.push(waiting);
      else next = Math.min(next, waiting.at);
    }
    if (next < Infinity) this.#arm(next);
    for (const waiting of due) {
      if (this.#waiting.delete(waiting)) waiting.wake();
    }
  }
}
