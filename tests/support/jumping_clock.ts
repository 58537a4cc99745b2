/**
 * A clock for tests without a network: time stops until everybody waits, then jumps to the next timer.
 *
 * So half a minute of silence takes no time, and what ran out is known to the millisecond.
 */

import { setImmediate } from "node:timers";

interface Timer {
  readonly at: number;
  readonly wake: () => void;
}

/** Turns of 5 ms that a module may take to load for the first time on a busy machine. */
const LOADING_TURNS = 1_000;

/** A clock that only its test moves. */
export class JumpingClock {
  #now = 0;
  readonly #timers = new Set<Timer>();

  /** Milliseconds since the clock was made. */
  now(): number {
    return this.#now;
  }

  /** Timers that wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Calls `wake` when the clock has come `ms` further, unless the returned function is called before. */
  after(ms: number, wake: () => void): () => void {
    const timer = { at: this.#now + ms, wake };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Moves on by `ms`, or to each timer on the way. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#fire(next);
      await settle();
    }
    this.#now = end;
  }

  /** Jumps from timer to timer until `promise` is settled; fails when none is left before that. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const noted = promise.finally(() => settled = true);
    noted.catch(() => {});
    await settle();
    for (let loading = 0; !settled;) {
      const next = this.#next(Infinity);
      if (next !== undefined) this.#fire(next);
      else if (++loading > LOADING_TURNS) throw new Error("everybody waits, and no timer is set");
      else await new Promise((done) => setTimeout(done, 5));
      await settle();
    }
    return await noted;
  }

  #next(end: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at <= end && timer.at < (next?.at ?? Infinity)) next = timer;
    }
    return next;
  }

  #fire(timer: Timer): void {
    this.#timers.delete(timer);
    this.#now = Math.max(this.#now, timer.at);
    timer.wake();
  }
}

/** Lets everything happen that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
