/*
 * The PDUs of a connection, pulled one at a time.
 *
 * One PDU is parsed each time somebody asks, and nothing before: whoever asks has acted on a PDU before the header of the
 * next is judged. Bytes that came with it wait unparsed. A good PDU before nonsense, or before a reset, is never lost: who
 * asks gets it, and the failure when asking again.
 */
import type { ReadBytes } from "../common/byte_ends.ts";
import { PduFramer, type PduFramerOptions } from "./framer.ts";
import type { FramedPdu } from "./types.ts";

/** How a `PduSource` works. */
export interface PduSourceOptions extends PduFramerOptions {
  /** Called after each piece of bytes that does not complete a PDU: `framer.position` is already the new one. */
  readonly onProgress?: () => void;
}

/** The PDUs of what is read. Ask for one at a time. */
export class PduSource {
  /** The framer at work: where it is, how much it keeps. */
  readonly framer: PduFramer;
  readonly #read: ReadBytes;
  readonly #onProgress: (() => void) | undefined;

  /** Starts before the first byte that `read` gives, which nobody else calls from then on. */
  constructor(read: ReadBytes, options: PduSourceOptions = {}) {
    this.framer = new PduFramer(options);
    this.#read = read;
    this.#onProgress = options.onProgress;
  }

  /** The next PDU; `undefined` after the last one. Rejects with `PduDecodeError`, or as `read` does. */
  async next(): Promise<FramedPdu | undefined> {
    for (;;) {
      const pdu = this.framer.next();
      if (pdu !== undefined) return pdu;
      this.#onProgress?.();
      const bytes = await this.#read();
      if (bytes === undefined) break;
      this.framer.feed(bytes);
    }
    this.framer.end();
    return undefined;
  }
}
