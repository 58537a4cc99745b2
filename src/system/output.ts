/**
 * Standard output and standard error, written in order and never so that the program has to wait for a reader.
 *
 * What is printed goes into a queue that a slow reader empties at its own pace. Nothing is lost before more than
 * `MOST_DEFERRED_BYTES` wait, and then only what may be: the rest is counted, and the count is printed where the lines
 * are missing. Both streams share one queue, so that lines keep their order where both lead to the same place; a place
 * of its own, known by `areApart`, has a queue of its own.
 */

import type { StreamName, WriteOutcome } from "./types.ts";

/** Most bytes that wait for a reader before more are dropped: 16 MiB. */
export const MOST_DEFERRED_BYTES: number = 16 * 1024 * 1024;

/** Up to this many bytes a pipe takes as a whole (POSIX `PIPE_BUF` of Linux), so whole lines go into one write. */
const ONE_WRITE_BYTES = 4096;

/** Waits between two attempts where a stream that does not block takes nothing now. */
const RETRY_MS = 10;

/** What writes to the streams. */
export interface OutputHost {
  /** Writes some of the bytes to a stream; resolves with how many. */
  readonly write: (stream: StreamName, bytes: Uint8Array) => Promise<number>;
  /** What an error of `write` means. */
  readonly failureOf: (error: unknown) => WriteFailure;
  /** Whether the streams lead to different places; asked once, before the first write. */
  readonly areApart: () => boolean;
  /** Resolves after `ms` milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** What to print on standard error where `count` lines of `stream` are missing; `undefined`: nothing. */
  wordLoss(stream: StreamName, count: number): Uint8Array | undefined;
}

/** Why a write failed: `again`: the stream takes nothing now. */
export type WriteFailure = "again" | Exclude<WriteOutcome, "written">;

interface Item {
  readonly stream: StreamName;
  readonly bytes: Uint8Array;
  readonly done?: (outcome: WriteOutcome) => void;
}

/** The streams of one program. */
export class Output {
  readonly #host: OutputHost;
  #lanes: Readonly<Record<StreamName, Lane>> | undefined;

  /** Writes through `host`. */
  constructor(host: OutputHost) {
    this.#host = host;
  }

  /** Prints, or drops what finds no room any more; resolves with what came of it, `written` for what is dropped. */
  put(stream: StreamName, bytes: Uint8Array): Promise<WriteOutcome> {
    return new Promise((done) => this.#laneOf(stream).put({ stream, bytes, done }));
  }

  /** Prints however much waits; resolves with what came of it. */
  print(stream: StreamName, bytes: Uint8Array): Promise<WriteOutcome> {
    return new Promise((done) => this.#laneOf(stream).add({ stream, bytes, done }));
  }

  /** Resolves once nothing waits any more. */
  async flushed(): Promise<void> {
    const lanes = new Set(Object.values(this.#lanes ?? {}));
    await Promise.all([...lanes].map((lane) => lane.idle()));
  }

  #laneOf(stream: StreamName): Lane {
    this.#lanes ??= this.#openLanes();
    return this.#lanes[stream];
  }

  #openLanes(): Readonly<Record<StreamName, Lane>> {
    const tellLoss = (lane: Lane, lost: ReadonlyMap<StreamName, number>) => {
      for (const [stream, count] of lost) {
        const bytes = this.#host.wordLoss(stream, count);
        if (bytes !== undefined) (lane === stdout ? stderr : lane).add({ stream: "stderr", bytes });
      }
    };
    const deps: LaneDeps = { host: this.#host, tellLoss };
    const stderr = new Lane(deps);
    const stdout = this.#host.areApart() ? new Lane(deps) : stderr;
    return { stdout, stderr };
  }
}

interface LaneDeps {
  readonly host: OutputHost;
  readonly tellLoss: (lane: Lane, lost: ReadonlyMap<StreamName, number>) => void;
}

/** One queue and what empties it. */
class Lane {
  readonly #deps: LaneDeps;
  /** Streams that take nothing more. */
  readonly #unread = new Set<StreamName>();
  #lost = new Map<StreamName, number>();
  #items: Item[] = [];
  #first = 0;
  #running: Promise<void> | undefined;
  #waiting = 0;

  constructor(deps: LaneDeps) {
    this.#deps = deps;
  }

  /** Adds an item whatever waits. */
  add(item: Item): void {
    this.#items.push(item);
    this.#waiting += item.bytes.length;
    this.#running ??= this.#run();
  }

  /** Adds an item unless too much waits; what is lost is reported before the next one that is not. */
  put(item: Item): void {
    const { stream, bytes } = item;
    const isLosing = this.#lost.size > 0;
    const isFull = isLosing
      ? this.#waiting > MOST_DEFERRED_BYTES / 2
      : this.#waiting > 0 && this.#waiting + bytes.length > MOST_DEFERRED_BYTES;
    if (isFull) {
      this.#lost.set(stream, (this.#lost.get(stream) ?? 0) + linesIn(bytes));
      return item.done?.("written");
    }
    if (isLosing) this.#tellLosses();
    this.add(item);
  }

  /** Resolves once it is empty. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    // What is printed in one go shall be written in one go.
    await undefined;
    while (this.#first < this.#items.length) {
      await this.#write(this.#take());
      if (this.#first === this.#items.length) this.#tellLosses();
    }
    this.#items = [];
    this.#first = 0;
    this.#running = undefined;
  }

  /** The items at the front that one write takes. */
  #take(): readonly Item[] {
    const [first, ...rest] = this.#items.slice(this.#first, this.#first + 256);
    if (first === undefined) return [];
    const taken = [first];
    let size = first.bytes.length;
    for (const item of rest) {
      size += item.bytes.length;
      if (item.stream !== first.stream || size > ONE_WRITE_BYTES) break;
      taken.push(item);
    }
    this.#first += taken.length;
    if (this.#first > 1024) this.#items = this.#items.slice(this.#first), this.#first = 0;
    return taken;
  }

  async #write(items: readonly Item[]): Promise<void> {
    const [first] = items;
    if (first === undefined) return;
    const bytes = items.length === 1 ? first.bytes : joined(items);
    const outcome = await this.#writeAll(first.stream, bytes);
    this.#waiting -= bytes.length;
    for (const { done } of items) done?.(outcome);
  }

  async #writeAll(stream: StreamName, bytes: Uint8Array): Promise<WriteOutcome> {
    const { host } = this.#deps;
    if (this.#unread.has(stream)) return "unread";
    for (let sent = 0; sent < bytes.length;) {
      try {
        sent += await host.write(stream, bytes.subarray(sent));
      } catch (error) {
        const failure = host.failureOf(error);
        if (failure === "again") await host.pause(RETRY_MS);
        else {
          // A disk may have room again later; a reader that has left never comes back.
          if (failure === "unread") this.#unread.add(stream);
          return failure;
        }
      }
    }
    return "written";
  }

  #tellLosses(): void {
    const lost = this.#lost;
    this.#lost = new Map();
    this.#deps.tellLoss(this, lost);
  }
}

function joined(items: readonly Item[]): Uint8Array {
  const whole = new Uint8Array(items.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let at = 0;
  for (const { bytes } of items) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}

const LINE_FEED = 0x0a;

function linesIn(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte === LINE_FEED) count += 1;
  return Math.max(count, 1);
}
