/** Bytes that wait to become whole: taken in pieces of any size, and joined no oftener than they are looked at. */

import { join } from "./wire.ts";

/** The queue. */
export class ByteQueue {
  #waiting: Uint8Array[] = [];
  #length = 0;

  /** Bytes that wait. */
  get length(): number {
    return this.#length;
  }

  /** Adds bytes at the end. */
  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#waiting.push(bytes);
    this.#length += bytes.length;
  }

  /** The first `length` bytes, or all where there are fewer; they stay. */
  peek(length: number): Uint8Array {
    const [first] = this.#waiting;
    if (first === undefined || first.length < length) this.#waiting = [join(...this.#waiting)];
    return this.#waiting[0]?.subarray(0, length) ?? new Uint8Array();
  }

  /** The first `length` bytes, which are gone then. */
  take(length: number): Uint8Array {
    const taken = this.peek(length);
    const [first = taken, ...others] = this.#waiting;
    const rest = first.subarray(taken.length);
    this.#waiting = rest.length === 0 ? others : [rest, ...others];
    this.#length -= taken.length;
    return taken;
  }
}
