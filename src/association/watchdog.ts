/**
 * One deadline that moves, on as few timers as possible.
 *
 * A deadline that moves later needs no new timer: when the pending one fires too early, the rest is waited for. So
 * a hundred thousand reads with the same limit cost one timer per limit, not one per read.
 */

import type { Clock } from "./wire.ts";

/** Watches one moving deadline. */
export class Watchdog {
  readonly #clock: Clock;
  #deadline = Infinity;
  #expire: (() => void) | undefined;
  #pending: { readonly at: number; readonly cancel: () => void } | undefined;

  /** Makes a watchdog at rest. */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `expire` once when `deadline` (clock milliseconds, `Infinity` = never) has passed. */
  watch(deadline: number, expire: () => void): void {
    this.#expire = expire;
    this.move(deadline);
  }

  /** Moves the deadline of the running watch. */
  move(deadline: number): void {
    this.#deadline = deadline;
    if (deadline === Infinity) return;
    if (this.#pending !== undefined) {
      if (this.#pending.at <= deadline) return;
      this.#pending.cancel();
    }
    const wait = Math.max(0, deadline - this.#clock.now());
    this.#pending = { at: deadline, cancel: this.#clock.after(wait, () => this.#fire()) };
  }

  /** Ends the watch; a pending timer is left to fire in vain. */
  rest(): void {
    this.#expire = undefined;
    this.#deadline = Infinity;
  }

  /** Ends the watch and its timer. */
  stop(): void {
    this.rest();
    this.#pending?.cancel();
    this.#pending = undefined;
  }

  #fire(): void {
    this.#pending = undefined;
    if (this.#expire === undefined || this.#deadline === Infinity) return;
    if (this.#clock.now() < this.#deadline) return this.move(this.#deadline);
    const expire = this.#expire;
    this.rest();
    expire();
  }
}
