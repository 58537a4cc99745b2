/** Time that passes only when a test says so. */

import { setImmediate } from "node:timers";
import type { Clock } from "../../src/association/mod.ts";

interface Timer {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that stops until it is moved. */
export class FakeClock implements Clock {
  readonly #timers = new Set<Timer>();
  #now = 0;
  #started = 0;

  /** Milliseconds since it was made. */
  readonly now = (): number => this.#now;

  /** Calls `wake` when the clock has been moved by `ms`. */
  readonly after = (ms: number, wake: () => void): () => void => {
    const timer = { at: this.#now + ms, wake };
    this.#timers.add(timer);
    this.#started += 1;
    return () => void this.#timers.delete(timer);
  };

  /** Timers that wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Timers that were ever started. */
  get started(): number {
    return this.#started;
  }

  /** Moves on by `ms`: timers fire in their order, and what they wake goes on before the next one. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      await settled();
      const [next] = [...this.#timers].sort((one, other) => one.at - other.at);
      if (next === undefined || next.at > until) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
    this.#now = until;
    await settled();
  }
}

/** Lets everything go on that does not wait for time or for the outside. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
