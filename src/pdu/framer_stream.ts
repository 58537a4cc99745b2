/*
 * `PduFramer` as a stage of a stream.
 *
 * It is a `TransformStream` by type and use, but brings its own two ends: a plain one drops what is queued as
 * soon as one side fails, and a peer that sends a good PDU and then nonsense, or resets the connection right
 * behind it, would have its good PDU lost in some runs and not in others. Here the reader first gets every PDU
 * that was complete, in order, and then the failure.
 */
import { PduFramer } from "./framer.ts";
import type { PduFramerOptions } from "./framer.ts";
import type { FramedPdu } from "./types.ts";

/** Bytes in, PDUs out. The next piece is taken when all PDUs of the piece before have been read. */
export class PduFramerStream extends TransformStream<Uint8Array, FramedPdu> {
  /** The framer at work: where it stands, how much it keeps. */
  readonly framer: PduFramer;
  readonly #outlet: Outlet;
  readonly #writable: WritableStream<Uint8Array>;

  /** Starts before the first byte of a stream. */
  constructor(options: PduFramerOptions = {}) {
    super();
    const framer = new PduFramer(options);
    const outlet = new Outlet();
    this.framer = framer;
    this.#outlet = outlet;
    this.#writable = new WritableStream<Uint8Array>({
      start: (controller) => outlet.whenCancelled((reason) => controller.error(reason)),
      write: (chunk) => passOn(chunk, { framer, outlet }),
      close: () => finish(framer, outlet),
      abort: (reason) => outlet.end({ error: reason }),
    });
  }

  /** Where PDUs come out. */
  override get readable(): ReadableStream<FramedPdu> {
    return this.#outlet.readable;
  }

  /** Where bytes go in. */
  override get writable(): WritableStream<Uint8Array> {
    return this.#writable;
  }
}

async function passOn(
  chunk: Uint8Array,
  to: { framer: PduFramer; outlet: Outlet },
): Promise<void> {
  const { framer, outlet } = to;
  try {
    const pdus = framer.push(chunk);
    const drained = outlet.put(pdus);
    if (framer.error === undefined) return await drained;
  } catch (error) {
    outlet.end({ error });
    throw error;
  }
  outlet.end({ error: framer.error });
  throw framer.error;
}

function finish(framer: PduFramer, outlet: Outlet): void {
  try {
    framer.end();
  } catch (error) {
    outlet.end({ error });
    throw error;
  }
  outlet.end({});
}

/** The reading end: PDUs in order, then the end or the failure, whichever came. */
class Outlet {
  readonly readable: ReadableStream<FramedPdu>;
  #pdus: FramedPdu[] = [];
  #end: { readonly error?: unknown } | undefined;
  #wake: (() => void) | undefined;
  #drained: (() => void) | undefined;
  #cancelled: ((reason: unknown) => void) | undefined;

  constructor() {
    this.readable = new ReadableStream<FramedPdu>({
      pull: (controller) => this.#pull(controller),
      cancel: (reason) => this.#cancel(reason),
    }, { highWaterMark: 0 });
  }

  /** Registers who is to be told that nobody reads any more. */
  whenCancelled(tell: (reason: unknown) => void): void {
    this.#cancelled = tell;
  }

  /** Queues PDUs; the promise ends when all of them have been read. */
  put(pdus: readonly FramedPdu[]): Promise<void> {
    if (pdus.length === 0) return Promise.resolve();
    this.#pdus.push(...pdus);
    this.#wake?.();
    return new Promise((resolve) => this.#drained = resolve);
  }

  /** Says what follows after the queued PDUs. The first word counts. */
  end(end: { readonly error?: unknown }): void {
    this.#end ??= end;
    this.#wake?.();
  }

  async #pull(controller: ReadableStreamDefaultController<FramedPdu>): Promise<void> {
    if (this.#pdus.length === 0 && this.#end === undefined) {
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
    const pdu = this.#pdus.shift();
    if (pdu !== undefined) controller.enqueue(pdu);
    if (this.#pdus.length === 0) this.#drained?.();
    if (pdu !== undefined || this.#end === undefined) return;
    if ("error" in this.#end) controller.error(this.#end.error);
    else controller.close();
  }

  #cancel(reason: unknown): void {
    this.#pdus = [];
    this.#end = {};
    this.#cancelled?.(reason);
    this.#wake?.();
    this.#drained?.();
  }
}
