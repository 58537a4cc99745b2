/** Most significant byte first (`"big"`: PS3.8) or last (`"little"`: command sets). */
export type ByteOrder = "big" | "little";

/** A number that does not fit the field it was to be written to. */
export class ByteWriterError extends RangeError {
  /** Stable name. */
  override readonly name = "ByteWriterError";
}

/** Bytes that grow as they are written. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** Starts empty, with room for `capacity` bytes before the first growth. */
  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** Number of bytes written so far. */
  get length(): number {
    return this.#length;
  }

  /** One byte. */
  u8(value: number): this {
    return this.#number(value, { size: 1, order: "big" });
  }

  /** Two bytes, most significant first. */
  u16be(value: number): this {
    return this.#number(value, { size: 2, order: "big" });
  }

  /** Four bytes, most significant first. */
  u32be(value: number): this {
    return this.#number(value, { size: 4, order: "big" });
  }

  /** Two bytes, least significant first. */
  u16le(value: number): this {
    return this.#number(value, { size: 2, order: "little" });
  }

  /** Four bytes, least significant first. */
  u32le(value: number): this {
    return this.#number(value, { size: 4, order: "little" });
  }

  /** These bytes as they are. */
  bytes(value: Uint8Array): this {
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
    return this;
  }

  /** `count` zero bytes. */
  zeros(count: number): this {
    this.#reserve(count);
    this.#length += count;
    return this;
  }

  /** A byte string: one byte for each character, each of them U+0000..U+00FF. */
  byteString(text: string): this {
    this.#reserve(text.length);
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0xff) throw new ByteWriterError(`Cannot write ${JSON.stringify(text)} as bytes`);
      this.#bytes[this.#length + i] = code;
    }
    this.#length += text.length;
    return this;
  }

  /**
   * What `write` writes, after a field of `size` bytes that holds its length.
   *
   * Refuses a content that is too long for the field. The field holds its greatest value while `write` runs, so
   * that a half-written buffer cannot be mistaken for a whole one.
   */
  lengthPrefixed(size: 2 | 4, write: (writer: this) => void, order: ByteOrder = "big"): this {
    const field = this.#length;
    this.#number(2 ** (8 * size) - 1, { size, order });
    const start = this.#length;
    write(this);
    const end = this.#length;
    this.#length = field;
    try {
      this.#number(end - start, { size, order });
    } finally {
      this.#length = end;
    }
    return this;
  }

  /** A copy of all that was written. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #number(value: number, field: { size: 1 | 2 | 4; order: ByteOrder }): this {
    const { size, order } = field;
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** (8 * size)) {
      throw new ByteWriterError(`Cannot write ${value} into a field of ${size} bytes`);
    }
    this.#reserve(size);
    for (let i = 0; i < size; i++) {
      const shift = order === "little" ? i : size - 1 - i;
      this.#bytes[this.#length + i] = (value / 2 ** (8 * shift)) & 0xff;
    }
    this.#length += size;
    return this;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}
