/** A read past the end of a `ByteReader`, or bytes left over where none may be. */
export class ByteReaderError extends Error {
  /** Stable name. */
  override readonly name = "ByteReaderError";
  /** Where the read began, counted like `ByteReader.offset`. */
  readonly offset: number;
  /** How many bytes were asked for; 0 when leftovers are the fault. */
  readonly wanted: number;
  /** How many bytes were there. */
  readonly remaining: number;

  /** Says what was asked for and what was there. */
  constructor(at: { offset: number; wanted: number; remaining: number }) {
    super(
      at.wanted === 0
        ? `${at.remaining} bytes left over at offset ${at.offset}`
        : `Cannot read ${at.wanted} bytes at offset ${at.offset}: ${at.remaining} left`,
    );
    this.offset = at.offset;
    this.wanted = at.wanted;
    this.remaining = at.remaining;
  }
}

/**
 * A cursor over bytes that never reads past its end.
 *
 * A nested length gets a reader of its own (`sub`), so a field can never run into its neighbour. Offsets are
 * counted from the start of the outermost reader: an error deep inside still names a place in the whole.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #base: number;
  #position = 0;

  /** Reads `bytes`, the first of which has the offset `base`. */
  constructor(bytes: Uint8Array, base = 0) {
    this.#bytes = bytes;
    this.#base = base;
  }

  /** Offset of the next byte. */
  get offset(): number {
    return this.#base + this.#position;
  }

  /** Number of bytes not yet read. */
  get remaining(): number {
    return this.#bytes.length - this.#position;
  }

  /** One byte. */
  u8(): number {
    return this.#number(1, false);
  }

  /** Two bytes, most significant first. */
  u16be(): number {
    return this.#number(2, false);
  }

  /** Four bytes, most significant first: 0..4294967295. */
  u32be(): number {
    return this.#number(4, false);
  }

  /** Two bytes, least significant first. */
  u16le(): number {
    return this.#number(2, true);
  }

  /** Four bytes, least significant first: 0..4294967295. */
  u32le(): number {
    return this.#number(4, true);
  }

  /** The next byte without reading it; `undefined` at the end. */
  peek(): number | undefined {
    return this.#bytes[this.#position];
  }

  /** A reader over the next `length` bytes, fewer at the end, without skipping them. */
  peekBytes(length: number): ByteReader {
    const start = this.#position;
    return new ByteReader(this.#bytes.subarray(start, start + length), this.offset);
  }

  /** The next `length` bytes as a view of the input (not a copy). */
  take(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** A reader bounded to the next `length` bytes, which this reader skips. */
  sub(length: number): ByteReader {
    const offset = this.offset;
    return new ByteReader(this.take(length), offset);
  }

  /** Refuses bytes left over. */
  end(): void {
    if (this.remaining > 0) {
      throw new ByteReaderError({ offset: this.offset, wanted: 0, remaining: this.remaining });
    }
  }

  #advance(length: number): number {
    if (length > this.remaining) {
      throw new ByteReaderError({
        offset: this.offset,
        wanted: length,
        remaining: this.remaining,
      });
    }
    const start = this.#position;
    this.#position += length;
    return start;
  }

  #number(size: 1 | 2 | 4, littleEndian: boolean): number {
    const start = this.#advance(size);
    let value = 0;
    for (let i = 0; i < size; i++) {
      const at = littleEndian ? start + size - 1 - i : start + i;
      value = value * 0x100 + (this.#bytes[at] ?? 0);
    }
    return value;
  }
}
