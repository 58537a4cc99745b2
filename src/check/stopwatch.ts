/** How long each stage of a check took. */

import type { Clock } from "../association/mod.ts";
import type { StageTiming, TimedStage } from "./types.ts";

/** Measures stages one after another. */
export class Stopwatch {
  readonly #clock: Clock;
  readonly #began: number;
  readonly #timings: StageTiming[] = [];

  /** Starts the whole measurement now. */
  constructor(clock: Clock) {
    this.#clock = clock;
    this.#began = clock.now();
  }

  /** Milliseconds since the start. */
  get elapsedMs(): number {
    return this.#clock.now() - this.#began;
  }

  /** The stages measured so far. */
  get timings(): readonly StageTiming[] {
    return this.#timings;
  }

  /** Does `work` as `stage` and keeps how long it took, whether it succeeds or throws. */
  async time<T>(stage: TimedStage, work: () => Promise<T>): Promise<T> {
    const startedMs = this.elapsedMs;
    try {
      return await work();
    } finally {
      this.#timings.push({ stage, startedMs, elapsedMs: this.elapsedMs - startedMs });
    }
  }
}
