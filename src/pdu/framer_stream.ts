/*
 * `PduFramer` as a stream that is pulled.
 *
 * With a high-water mark of 0 the stream parses one PDU each time somebody reads, and nothing before: whoever reads
 * has acted on a PDU before the header of the next is judged. Bytes that came with it wait unparsed. A good PDU before
 * nonsense, or before a reset, is never lost: its reader gets it, and the failure at the next read.
 */
import { PduFramer, type PduFramerOptions } from "./framer.ts";
import type { FramedPdu } from "./types.ts";

/** How a `PduFramerStream` works. */
export interface PduFramerStreamOptions extends PduFramerOptions {
  /** Called after each piece of bytes that does not complete a PDU: `framer.position` is already the new one. */
  readonly onProgress?: () => void;
}

/** The PDUs of a stream of bytes. The runtime loads its Web Streams when the first one is made, so not by loading this. */
export class PduFramerStream {
  /** The framer at work: where it is, how much it keeps. */
  readonly framer: PduFramer;
  /** Fails with `PduDecodeError`, or as its source does; cancelling it cancels the source. */
  readonly readable: ReadableStream<FramedPdu>;

  /** Starts before the first byte of `source`, which nobody else reads from then on. */
  constructor(
    source: ReadableStreamDefaultReader<Uint8Array>,
    options: PduFramerStreamOptions = {},
  ) {
    const framer = new PduFramer(options);
    this.framer = framer;
    this.readable = new ReadableStream({
      async pull(controller) {
        for (;;) {
          const pdu = framer.next();
          if (pdu !== undefined) return controller.enqueue(pdu);
          options.onProgress?.();
          const { done, value } = await source.read();
          if (done) break;
          framer.feed(value);
        }
        framer.end();
        controller.close();
      },
      cancel: (reason) => source.cancel(reason),
    }, { highWaterMark: 0 });
  }
}
