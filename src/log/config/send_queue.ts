/**
 * Sends one thing after the other, so that what was logged first arrives first.
 *
 * No target holds the program up: what it does not take in time, or what finds no room after that, is dropped, counted
 * and reported once. A target that was given up gets another chance later.
 */
import type { HostFailure } from "../host.ts";
import type { EngineContext } from "./context.ts";
import { endInTime } from "./end.ts";

/** Work that may fail. */
export type SendStep = () => Promise<HostFailure | undefined>;

/** Most events that wait. */
const MOST_WAITING = 1000;
/** Most bytes that wait: 1 MiB. */
const MOST_WAITING_BYTES: number = 1024 * 1024;
/** How long one send may take before the target is given up: 5 s. */
const SEND_MS = 5000;
/** How long a target that was given up is left alone: 30 s. */
const RETRY_MS = 30_000;

/** Whose queue it is. */
export interface Sender {
  /** The name of its appender. */
  readonly name: string;
  /** Hears that a send took too long; the target it went to is not used any more. */
  readonly giveUp: () => void;
}

/** What waits. */
interface Waiting {
  readonly step: SendStep;
  readonly bytes: number;
  readonly report: (failure: HostFailure) => void;
}

/** A queue of sends. */
export class SendQueue {
  readonly #sender: Sender;
  readonly #context: EngineContext;
  #waiting: Waiting[] = [];
  #bytes = 0;
  #lost = 0;
  /** The send that is under way, and since when. */
  #current: { readonly since: number } | undefined;
  #running: Promise<void> | undefined;
  #isWatched = false;
  #givenUpAt: number | undefined;

  /** Makes an empty queue. */
  constructor(sender: Sender, context: EngineContext) {
    this.#sender = sender;
    this.#context = context;
  }

  /** Adds a send of `bytes` bytes; `report` hears of its failure. */
  add(step: SendStep, rest: Omit<Waiting, "step">): void {
    const isFull = this.#waiting.length >= MOST_WAITING ||
      this.#bytes + rest.bytes > MOST_WAITING_BYTES;
    if (isFull || this.#isLeftAlone()) {
      this.lose(1);
      return;
    }
    this.#waiting.push({ step, ...rest });
    this.#bytes += rest.bytes;
    this.#running ??= this.#run();
    void this.#watch();
  }

  /** Counts events that are lost. */
  lose(count: number): void {
    this.#lost += count;
  }

  /** Resolves when the queue is empty, or when waiting longer would hold up the end; says what was lost. */
  async settled(): Promise<void> {
    if (this.#running !== undefined) await endInTime(this.#running, this.#context.host);
    if (this.#running !== undefined) this.#dropAll();
    this.#tellLost();
  }

  async #run(): Promise<void> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      this.#bytes -= next.bytes;
      const mine = this.#current = { since: this.#context.host.now() };
      const failure = await next.step();
      // It was given up meanwhile: another run may be under way.
      if (this.#current !== mine) return;
      if (failure !== undefined) next.report(failure);
    }
    this.#current = undefined;
    this.#running = undefined;
    this.#tellLost();
  }

  /** One timer for all sends: most take no time at all. */
  async #watch(): Promise<void> {
    if (this.#isWatched) return;
    this.#isWatched = true;
    while (this.#current !== undefined) {
      const left = this.#current.since + SEND_MS - this.#context.host.now();
      if (left <= 0) this.#giveUp();
      else await this.#context.host.pause(left);
    }
    this.#isWatched = false;
  }

  #giveUp(): void {
    this.#givenUpAt = this.#context.host.now();
    this.#dropAll();
    this.#sender.giveUp();
  }

  #dropAll(): void {
    this.lose(this.#waiting.length + 1);
    this.#waiting = [];
    this.#bytes = 0;
    this.#current = undefined;
    this.#running = undefined;
  }

  #isLeftAlone(): boolean {
    if (this.#givenUpAt === undefined) return false;
    if (this.#context.host.now() < this.#givenUpAt + RETRY_MS) return true;
    this.#givenUpAt = undefined;
    return false;
  }

  #tellLost(): void {
    const count = this.#lost;
    this.#lost = 0;
    if (count === 0) return;
    const events = count === 1 ? "1 event was" : `${count} events were`;
    this.#context.diagnostics.warn(`${this.#sender.name}- ${events} dropped: not taken in time`);
  }
}
