/**
 * Reads PDUs one by one, each within its time limits.
 *
 * Three limits make up the wait for one PDU: until its first byte, until its six header bytes are there, and, once
 * its body has begun, between two arrivals of bytes and for the body as a whole. Which limit ran out is part of the
 * answer, since the reference words them differently.
 */

import {
  DEFAULT_LIMITS,
  type FramedPdu,
  PduDecodeError,
  type PduFramer,
  PduFramerStream,
  type PduHeader,
  type PduWarning,
} from "../pdu/mod.ts";
import { Watchdog } from "./watchdog.ts";
import type { Clock, Wire } from "./wire.ts";

/** Time limits in seconds for one PDU; `undefined` = no limit. */
export interface ReadLimits {
  /** From the call until the first byte. */
  readonly firstByteSeconds?: number | undefined;
  /** From the call, or from the first byte, until the header is complete. */
  readonly headerSeconds?: number | undefined;
  /** From when `headerSeconds` counts; default `call`. */
  readonly headerFrom?: "call" | "first-byte";
  /** Between two arrivals of body bytes. */
  readonly bodyIdleSeconds?: number | undefined;
  /** For the whole body, however steadily its bytes come. */
  readonly bodyTotalSeconds?: number | undefined;
  /** From the call until the PDU is complete. */
  readonly totalSeconds?: number | undefined;
  /**
   * Clock milliseconds that count as the call: the first wait for a message that comes in several PDUs, so that its
   * limits do not start anew with each. Default: now.
   */
  readonly since?: number | undefined;
}

/** How far a PDU had come when something happened. */
export type ReadPosition = "idle" | "header" | "body";

/** What came of waiting for one PDU. */
export type Reading =
  | { readonly type: "pdu"; readonly pdu: FramedPdu }
  | { readonly type: "ended"; readonly within: ReadPosition }
  | { readonly type: "timed-out"; readonly within: ReadPosition; readonly seconds: number }
  | { readonly type: "defect"; readonly error: PduDecodeError }
  | { readonly type: "cancelled" };

/** How a reader is set up. */
export interface PduReaderOptions {
  /** Largest P-DATA-TF body in bytes. */
  readonly maximumLength: number;
  /** Largest body of an A-ASSOCIATE-RQ or A-ASSOCIATE-AC in bytes; default 1 MiB. */
  readonly longestAssociate?: number | undefined;
  /** Time and timers. */
  readonly clock: Clock;
  /** Ends every wait with `cancelled`. */
  readonly signal: AbortSignal | undefined;
  /** Decides at each header whether its body is worth reading. */
  readonly judge: (header: PduHeader) => "read" | "skip";
  /** Gets the six bytes of each header before it is judged. */
  readonly onHeader: (bytes: Uint8Array, header: PduHeader) => void;
  /** Gets each whole PDU before it is decoded. */
  readonly onBytes: (bytes: Uint8Array, header: PduHeader) => void;
  /** Gets what is tolerated. */
  readonly onWarning: (warning: PduWarning) => void;
}

/** Bytes that are dropped while waiting for the close; a peer that floods is not waited for. */
const DISCARD_BYTES = 65_536;

/** Reads PDUs from a wire. One read at a time. */
export class PduReader {
  readonly #bytes: ReadableStreamDefaultReader<Uint8Array>;
  readonly #framer: PduFramer;
  readonly #reader: ReadableStreamDefaultReader<FramedPdu>;
  readonly #watchdog: Watchdog;
  readonly #clock: Clock;
  readonly #signal: AbortSignal | undefined;
  #pending: Promise<Reading> | undefined;
  #onProgress: (() => void) | undefined;

  /** Starts framing the readable side of `wire`. */
  constructor(wire: Wire, options: PduReaderOptions) {
    this.#clock = options.clock;
    this.#signal = options.signal;
    this.#watchdog = new Watchdog(options.clock);
    this.#bytes = wire.readable.getReader();
    const pdus = new PduFramerStream(this.#bytes, {
      limits: {
        associate: options.longestAssociate ?? DEFAULT_LIMITS.associate,
        pData: options.maximumLength,
      },
      lenient: true,
      judge: options.judge,
      onHeader: options.onHeader,
      onBytes: options.onBytes,
      onWarning: options.onWarning,
      onProgress: () => this.#onProgress?.(),
    });
    this.#framer = pdus.framer;
    this.#reader = pdus.readable.getReader();
  }

  /** Waits for the next PDU. After `timed-out` the same PDU may be waited for again. */
  async read(limits: ReadLimits): Promise<Reading> {
    this.#pending ??= this.#next();
    const deadline = new ReadDeadline(limits, this.#clock.now());
    const { promise, resolve } = Promise.withResolvers<Reading>();
    const onAbort = () => resolve({ type: "cancelled" });
    if (this.#signal?.aborted) return { type: "cancelled" };
    this.#signal?.addEventListener("abort", onAbort);
    this.#onProgress = () => {
      deadline.progress(this.#framer.position, this.#clock.now());
      this.#watchdog.move(deadline.at);
    };
    deadline.progress(this.#framer.position, this.#clock.now());
    this.#watchdog.watch(deadline.at, () => {
      resolve({
        type: "timed-out",
        within: this.#framer.position,
        seconds: deadline.seconds,
      });
    });
    try {
      const reading = await Promise.race([this.#pending, promise]);
      if (reading.type !== "timed-out" && reading.type !== "cancelled") this.#pending = undefined;
      return reading;
    } finally {
      this.#onProgress = undefined;
      this.#watchdog.rest();
      this.#signal?.removeEventListener("abort", onAbort);
    }
  }

  /** Waits until the peer has closed, or has sent more than anybody wants; false when `seconds` ran out first. */
  async drain(seconds: number | undefined): Promise<boolean> {
    const until = this.#clock.now() + (seconds ?? Infinity) * 1000;
    const closed = this.#discard().then(() => true, () => true);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const onAbort = () => resolve(false);
    if (this.#signal?.aborted) return false;
    this.#signal?.addEventListener("abort", onAbort);
    this.#watchdog.watch(until, () => resolve(false));
    try {
      return await Promise.race([closed, promise]);
    } finally {
      this.#watchdog.rest();
      this.#signal?.removeEventListener("abort", onAbort);
    }
  }

  /** Ends all timers; the wire is the caller's to close. */
  stop(): void {
    this.#watchdog.stop();
  }

  /** Bytes that a read is still waiting for come to that read first, and count for nothing. */
  async #discard(): Promise<void> {
    for (let left = DISCARD_BYTES; left > 0;) {
      const { done, value } = await this.#bytes.read();
      if (done) return;
      left -= value.length;
    }
  }

  async #next(): Promise<Reading> {
    try {
      const { done, value } = await this.#reader.read();
      if (!done) return { type: "pdu", pdu: value };
      return { type: "ended", within: "idle" };
    } catch (error) {
      if (!(error instanceof PduDecodeError)) throw error;
      if (error.defect.kind === "truncated") {
        return { type: "ended", within: error.defect.within };
      }
      return { type: "defect", error };
    }
  }
}

/** When the wait for one PDU is over, as its bytes arrive. */
class ReadDeadline {
  /** Clock milliseconds; `Infinity` = never. */
  at = Infinity;
  /** The limit that `at` comes from, in seconds. */
  seconds = 0;
  readonly #limits: ReadLimits;
  readonly #called: number;
  #firstByte: number | undefined;
  #bodyBegan: number | undefined;

  constructor(limits: ReadLimits, now: number) {
    this.#limits = limits;
    this.#called = limits.since ?? now;
  }

  /** Takes note that the PDU has come as far as `position`. */
  progress(position: ReadPosition, now: number): void {
    this.at = Infinity;
    const { firstByteSeconds, headerSeconds, bodyIdleSeconds, bodyTotalSeconds } = this.#limits;
    const fromCall = this.#limits.headerFrom !== "first-byte";
    this.#limit(this.#called, this.#limits.totalSeconds);
    if (position === "idle") {
      this.#limit(this.#called, firstByteSeconds);
      if (fromCall) this.#limit(this.#called, headerSeconds);
    } else if (position === "header") {
      this.#firstByte ??= now;
      this.#limit(fromCall ? this.#called : this.#firstByte, headerSeconds);
    } else {
      this.#bodyBegan ??= now;
      this.#limit(now, bodyIdleSeconds);
      this.#limit(this.#bodyBegan, bodyTotalSeconds);
    }
  }

  #limit(from: number, seconds: number | undefined): void {
    if (seconds === undefined) return;
    const at = from + seconds * 1000;
    if (at >= this.at) return;
    this.at = at;
    this.seconds = seconds;
  }
}
