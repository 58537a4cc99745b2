/** Cuts what comes into records (RFC 8446 5.1) and handshake messages, within limits. */

import { ByteQueue } from "./byte_queue.ts";
import { RECORD } from "./codes.ts";
import { require } from "./failure.ts";
import type { Message } from "./link.ts";
import { LONGEST_CONTENT, type TypedBytes } from "./protection.ts";

const HEADER = 5;
/** What encryption may add to a record: up to TLS 1.2, and in TLS 1.3. */
const EXPANSION = { legacy: 2048, tls13: 256 } as const;

/** Bytes on their way to records. */
export class RecordReader {
  readonly #waiting = new ByteQueue();

  /** Takes what came. */
  push(chunk: Uint8Array): void {
    this.#waiting.push(chunk);
  }

  /** The next whole record, and the minor version it bears. Throws `EngineError` as soon as its header is wrong. */
  next(is13: boolean): TypedBytes & { readonly version: number } | undefined {
    if (this.#waiting.length < HEADER) return undefined;
    const [type = 0, major = 0, minor = 0, high = 0, low = 0] = this.#waiting.peek(HEADER);
    require(major === 3, "record-version");
    require(type >= RECORD.change && type <= RECORD.data, "record-type");
    const length = 256 * high + low;
    const most = LONGEST_CONTENT + (is13 ? EXPANSION.tls13 : EXPANSION.legacy);
    require(length <= most, "record-length");
    if (this.#waiting.length < HEADER + length) return undefined;
    const bytes = this.#waiting.take(HEADER + length).subarray(HEADER);
    return { type, bytes, version: 0x0300 + minor };
  }
}

/** Longest message: certificates of a hundred kilobytes exist, with thousands of names in them. */
const LONGEST_MESSAGE = 131_072;
const MESSAGE_HEADER = 4;

/** Records of the handshake on their way to messages, which may share a record or fill many. */
export class MessageReader {
  readonly #waiting = new ByteQueue();

  /** Whether a message has begun and not ended. */
  get isCut(): boolean {
    return this.#waiting.length > 0;
  }

  /** Takes the content of a record. */
  push(content: Uint8Array): void {
    this.#waiting.push(content.slice());
  }

  /** The next whole message. Throws `EngineError` as soon as it is too long. */
  next(): Message | undefined {
    if (this.#waiting.length < MESSAGE_HEADER) return undefined;
    const [type = 0, high = 0, middle = 0, low = 0] = this.#waiting.peek(MESSAGE_HEADER);
    const length = (high << 16) | (middle << 8) | low;
    require(length <= LONGEST_MESSAGE, "message-length");
    const end = MESSAGE_HEADER + length;
    if (this.#waiting.length < end) return undefined;
    const raw = this.#waiting.take(end);
    return { type, body: raw.subarray(MESSAGE_HEADER), raw };
  }
}
