/**
 * Carries events to one target, and never holds anybody up: what waits is one event for each peer.
 *
 * Where a target fails, what waits is tried again with growing pauses, and newer events of a peer take the place of
 * older ones; so nothing is lost that still matters, and what waits is bounded by the number of peers. So it is where
 * more happens than a target should get: at most `MOST_A_MINUTE` messages a minute, the rest together in the next one.
 */

import type { NoticeEvent } from "../report/mod.ts";
import { merged } from "./notice.ts";

/** Most messages that a target gets within a minute. */
const MOST_A_MINUTE = 6;

const MINUTE_MS = 60_000;

/** Most events in one message; the others go with the next one. */
export const MOST_EVENTS = 200;

/** First pause after a failure, and the longest one: each is twice the one before. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 300_000;

/** How long it may take to deliver what waits once the end is wanted: 3 s. */
const LAST_MS = 3000;

/** What came of sending. */
export type SendOutcome =
  | "sent"
  | {
    /** Why not, as a clause without secrets. */
    readonly failure: string;
    /** Whether the same message would be refused again. */
    readonly isRefused?: boolean;
    /** How long to wait at least, as the target says, in milliseconds. */
    readonly pauseMs?: number;
  };

/** What a courier works with. */
export interface CourierDeps {
  /** Sends these events; rejects never, and ends soon after the signal is raised. */
  readonly send: (events: readonly NoticeEvent[], signal: AbortSignal) => Promise<SendOutcome>;
  /** The target for people. */
  readonly shown: string;
  /** Says that it fails, or delivers again. */
  readonly say: (kind: "failure" | "recovery", text: string) => void;
  /** Monotonic time and timers. */
  readonly clock: {
    now(): number;
    after(ms: number, wake: () => void): () => void;
  };
}

/** Carries to one target. */
export class Courier {
  readonly #deps: CourierDeps;
  readonly #end = new AbortController();
  #waiting = new Map<string, NoticeEvent>();
  #running: Promise<void> | undefined;
  #isClosing = false;
  #wake: (() => void) | undefined;
  #sentAt: readonly number[] = [];
  #pauseMs = 0;
  /** What has been said of its failures since it last worked: each reason once. */
  readonly #said = new Set<string>();
  #failingSince = 0;

  /** Carries nothing yet. */
  constructor(deps: CourierDeps) {
    this.#deps = deps;
  }

  /** Has events carried; returns at once. */
  add(events: readonly NoticeEvent[]): void {
    for (const event of events) this.#wait(event);
    if (this.#waiting.size > 0) this.#running ??= this.#run();
  }

  /** Tries once more to deliver what waits, for `LAST_MS` at most, and says what is left. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#wake?.();
    const cancel = this.#deps.clock.after(LAST_MS, () => this.#end.abort());
    await this.#running;
    cancel();
    const left = this.#waiting.size;
    if (left === 0) return;
    this.#deps.say("failure", `${eventsText(left)} for ${this.#deps.shown} not delivered`);
  }

  #wait(event: NoticeEvent): void {
    const key = keyOf(event);
    const earlier = this.#waiting.get(key);
    this.#waiting.set(key, earlier === undefined ? event : merged(earlier, event));
  }

  async #run(): Promise<void> {
    // What happens in one go is told in one go.
    await undefined;
    while (this.#waiting.size > 0) {
      await this.#pause();
      if (this.#end.signal.aborted) break;
      const taken = [...this.#waiting.values()].slice(0, MOST_EVENTS);
      for (const event of taken) this.#waiting.delete(keyOf(event));
      const outcome = await this.#deps.send(taken, this.#end.signal);
      this.#sentAt = [...this.#sentAt, this.#deps.clock.now()].slice(-MOST_A_MINUTE);
      if (outcome === "sent") this.#succeed();
      else if (this.#fail(outcome, taken) === "give up") break;
    }
    this.#running = undefined;
  }

  /** Before a message: after a failure, or after too many of them. Nobody waits once the end is wanted. */
  async #pause(): Promise<void> {
    const { clock } = this.#deps;
    const [first] = this.#sentAt;
    const isFull = first !== undefined && this.#sentAt.length >= MOST_A_MINUTE;
    const rest = isFull ? first + MINUTE_MS - clock.now() : 0;
    const ms = Math.max(this.#pauseMs, rest);
    if (ms <= 0 || this.#isClosing) return;
    await new Promise<void>((resolve) => {
      const cancel = clock.after(ms, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
    this.#wake = undefined;
  }

  #succeed(): void {
    const { clock, shown, say } = this.#deps;
    this.#pauseMs = 0;
    if (this.#said.size === 0) return;
    this.#said.clear();
    const seconds = Math.round((clock.now() - this.#failingSince) / 1000);
    say("recovery", `${shown} takes notices again, after ${seconds} s`);
  }

  #fail(
    { failure, isRefused = false, pauseMs = 0 }: Exclude<SendOutcome, "sent">,
    taken: readonly NoticeEvent[],
  ): "go on" | "give up" {
    const { clock, shown, say } = this.#deps;
    if (!isRefused) this.#putBack(taken);
    // What is left is said at the end.
    if (this.#end.signal.aborted) return "give up";
    if (this.#said.size === 0) this.#failingSince = clock.now();
    const lost = isRefused ? `; ${eventsText(taken.length)} lost` : "";
    if (!this.#said.has(failure)) say("failure", `cannot notify ${shown}: ${failure}${lost}`);
    this.#said.add(failure);
    if (this.#isClosing && !isRefused) return "give up";
    const next = Math.max(FIRST_PAUSE_MS, this.#pauseMs * 2, pauseMs);
    this.#pauseMs = Math.min(next, LONGEST_PAUSE_MS);
    return "go on";
  }

  /** What could not be sent comes before what has happened since. */
  #putBack(taken: readonly NoticeEvent[]): void {
    const newer = [...this.#waiting.values()];
    this.#waiting = new Map();
    for (const event of [...taken, ...newer]) this.#wait(event);
  }
}

/** The end of a certificate is news of its own. */
function keyOf({ event, name }: NoticeEvent): string {
  return `${event === "certificate" ? "certificate" : "state"} ${name}`;
}

function eventsText(count: number): string {
  return count === 1 ? "1 event" : `${count} events`;
}
