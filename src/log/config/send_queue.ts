/** Sends one thing after the other, so that what was logged first arrives first. */
import type { HostFailure } from "../host.ts";

/** Work that may fail. */
export type SendStep = () => Promise<HostFailure | undefined>;

/** A queue of sends. */
export class SendQueue {
  #tail: Promise<void> = Promise.resolve();

  /** Adds a send; `report` hears of its failure. */
  add(step: SendStep, report: (failure: HostFailure) => void): void {
    this.#tail = this.#tail.then(step).then((failure) => {
      if (failure !== undefined) report(failure);
    });
  }

  /** Adds something that cannot fail, to be done when all sends before it are over. */
  finally(last: () => void): void {
    this.#tail = this.#tail.then(last);
  }

  /** Resolves when the queue is empty. */
  settled(): Promise<void> {
    return this.#tail;
  }
}
