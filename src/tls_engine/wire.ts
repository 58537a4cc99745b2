/** The presentation language of TLS (RFC 8446 3): numbers and vectors, read within bounds and written. */

import { EngineError } from "./failure.ts";

/** Reads one structure; whatever does not fit is the peer's fault. */
export class WireReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  /** Reads `bytes` from their start. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether all was read. */
  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** How many bytes were read. */
  get offset(): number {
    return this.#at;
  }

  /** An unsigned number of `width` bytes: 1, 2, 3 or 4. */
  number(width: number): number {
    return this.bytes(width).reduce((value, byte) => value * 256 + byte, 0);
  }

  /** The next `length` bytes. */
  bytes(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw new EngineError("length");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** A vector whose length takes `width` bytes. */
  vector(width: number): Uint8Array {
    return this.bytes(this.number(width));
  }

  /** What was not read yet. */
  rest(): Uint8Array {
    return this.bytes(this.#bytes.length - this.#at);
  }

  /** Nothing may be left. */
  end(): void {
    if (!this.atEnd) throw new EngineError("length");
  }
}

/** The numbers of two bytes that fill `bytes`. */
export function readNumbers(bytes: Uint8Array): readonly number[] {
  const reader = new WireReader(bytes);
  const numbers: number[] = [];
  while (!reader.atEnd) numbers.push(reader.number(2));
  return numbers;
}

/** One after another. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A number in `width` bytes, most significant first. */
export function number(value: number, width: number): Uint8Array {
  const bytes = new Uint8Array(width);
  for (let at = width - 1, rest = value; at >= 0; at--, rest = Math.floor(rest / 256)) {
    bytes[at] = rest % 256;
  }
  return bytes;
}

/** A vector whose length takes `width` bytes. */
export function vector(width: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const contents = join(...parts);
  return join(number(contents.length, width), contents);
}

/** Numbers of two bytes. */
export function numbers(values: readonly number[]): Uint8Array {
  return join(...values.map((value) => number(value, 2)));
}

/** Whether both are the same bytes; for public values, not for secrets. */
export function same(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}
