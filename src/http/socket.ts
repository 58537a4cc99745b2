/**
 * A connection as the kind of stream that `node:http` serves.
 *
 * The server is handed connections that were accepted by `transport`, which Node documents as a way to use it: its own
 * listening socket is deaf for ever after it has once run out of descriptors (Deno 2.9.6). What the server cannot know
 * of a stream that is not a socket of its own is here: the time a client has to take its answer, and that what a
 * client still sends after it was refused is read for a moment, since closing with bytes unread would reset the
 * connection and might destroy the answer on its way.
 *
 * The server gets the head of one request and no more: it would make a request of each of thousands that come in one
 * piece, and nobody here sends a body.
 */

import { Duplex } from "node:stream";
import type { ByteStream } from "../transport/types.ts";
import type { Clock } from "./types.ts";

/** How long a client has to take the answer. */
const WRITE_SECONDS = 10;

/** How long what a client still sends after it was refused is read. */
const LINGER_SECONDS = 1;

/** How much of what comes after the head is read and dropped; a client that sends more is not listened to. */
const DROPPED_BYTES = 262_144;

/** One connection of an HTTP client. */
export class HttpSocket extends Duplex {
  readonly #stream: ByteStream;
  readonly #clock: Clock;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  #first = "";
  #stopTimer: (() => void) | undefined;
  #isAnswered = false;
  #isRefused = false;
  #goesOn = false;
  #left = DROPPED_BYTES;
  readonly #head = new HeadEnd();

  /** Takes over `stream`. */
  constructor(stream: ByteStream, clock: Clock) {
    super({ write: (...given) => this.#write(given[0], given[2]) });
    this.#stream = stream;
    this.#clock = clock;
    this.#reader = stream.readable.getReader();
    this.#writer = stream.writable.getWriter();
    // A client that breaks off is none of our failures; the stream closes all the same.
    this.on("error", () => {});
  }

  /** Address of the client. */
  get client(): string {
    return this.#stream.remote.host;
  }

  /** Whether what came begins as a HEAD request does, whose answer has no body. */
  get asksForHead(): boolean {
    return this.#first === "HEAD ";
  }

  /** The request is refused: more of it may be on its way. */
  refused(): void {
    this.#isRefused = true;
  }

  /** The answer goes on: only while bytes of it are on their way its client is waited for. */
  goesOn(): void {
    this.#goesOn = true;
  }

  /** Called by the server after the last byte of an answer: ends our side, and soon the rest. */
  destroySoon(): void {
    if (this.#isAnswered || this.destroyed) return;
    this.#isAnswered = true;
    this.end(() => {
      if (!this.#isRefused || this.readableEnded) this.destroy();
      else this.#limit(LINGER_SECONDS);
    });
    this.resume();
  }

  override _read(): void {
    void this.#readOn().catch(() => this.push(null));
  }

  async #readOn(): Promise<void> {
    for (;;) {
      const { done, value } = await this.#reader.read();
      if (done) return this.#ended();
      if (this.#first.length < 5) this.#first += latin1(value.subarray(0, 5 - this.#first.length));
      const wanted = this.#isAnswered ? 0 : this.#head.take(value);
      this.#left -= value.length - wanted;
      if (this.#left < 0) return void this.destroy();
      if (wanted > 0) return void this.push(value.subarray(0, wanted));
    }
  }

  #ended(): void {
    this.push(null);
    if (this.#isAnswered && this.writableFinished) this.destroy();
  }

  #write(chunk: Uint8Array, done: (error?: Error) => void): void {
    this.#limit(WRITE_SECONDS);
    // A copy: the server may use its buffer again.
    this.#writer.write(new Uint8Array(chunk)).then(() => {
      if (this.#goesOn && !this.#isAnswered) this.#stopTimer?.();
      done();
    }, done);
  }

  override _final(done: (error?: Error) => void): void {
    this.#writer.close().then(() => done(), () => done());
  }

  override _destroy(_error: Error | null, done: (error?: Error | null) => void): void {
    this.#stopTimer?.();
    this.#stream.close();
    this.#reader.cancel().catch(() => {});
    done(null);
  }

  #limit(seconds: number): void {
    this.#stopTimer?.();
    this.#stopTimer = this.#clock.after(seconds * 1000, () => this.destroy());
  }
}

/** Finds the empty line that ends a head; empty lines before it do not count (RFC 9112 2.2). */
class HeadEnd {
  #hasBegun = false;
  #matched = 0;

  /** How many of the next bytes belong to the head. */
  take(bytes: Uint8Array): number {
    for (const [at, byte] of bytes.entries()) {
      if (this.#matched === EMPTY_LINE.length) return at;
      this.#hasBegun ||= byte !== CR && byte !== LF;
      if (!this.#hasBegun) continue;
      if (byte === EMPTY_LINE[this.#matched]) this.#matched += 1;
      else this.#matched = byte === CR ? 1 : 0;
    }
    return bytes.length;
  }
}

const CR = 0x0d;
const LF = 0x0a;
const EMPTY_LINE: readonly number[] = [CR, LF, CR, LF];

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
