/*
 * Finds PDUs in a stream of bytes.
 *
 * `push` takes the next bytes, in pieces of any size, and gives the PDUs they complete. Six bytes make a header;
 * it is judged at once: the type must exist, the caller may choose to skip the body, the length must be under
 * the cap for its type. Only then is the body collected, in a buffer that grows with what has really come: a
 * declared length of 4 GiB costs nothing. A PDU that lies whole in one piece is decoded where it lies.
 *
 * After an error nothing more can be found, since the borders are lost: every later call throws it again. PDUs
 * that were complete before the error are never lost: `push` returns them and keeps the error (`error`) for the
 * next call.
 */
import {
  decodePdu,
  HEADER_LENGTH,
  isPduType,
  LONGEST_CONTROL_BODY,
  nameOfType,
  truncated,
} from "./decode.ts";
import { PduDecodeError } from "./errors.ts";
import type { FramedPdu, PduHeader, PduWarning } from "./types.ts";

/** Longest body that is read, in bytes, by kind of PDU. */
export interface PduLimits {
  /** A-ASSOCIATE-RQ and A-ASSOCIATE-AC. */
  readonly associate: number;
  /** P-DATA-TF: the maximum length we announced (PS3.8 D.1). */
  readonly pData: number;
  /** A-ASSOCIATE-RJ, A-RELEASE-RQ, A-RELEASE-RP and A-ABORT. */
  readonly control: number;
}

/** The reference's limits: 1 MiB and 128 bytes in its reader, and its default maximum length. */
export const DEFAULT_LIMITS: PduLimits = {
  associate: 1_048_576,
  pData: 16_384,
  control: LONGEST_CONTROL_BODY,
};

/** How a `PduFramer` works. */
export interface PduFramerOptions {
  /** Caps on the declared length; those left out are `DEFAULT_LIMITS`. */
  readonly limits?: Partial<PduLimits>;
  /** As in `decodePdu`. */
  readonly lenient?: boolean;
  /** As in `decodePdu`. */
  readonly onWarning?: (warning: PduWarning) => void;
  /**
   * Asked once for each complete header of a known type, before the cap is applied. `"skip"` gives a
   * `SkippedPdu` at once and drops the body as it comes.
   */
  readonly judge?: (header: PduHeader) => "read" | "skip";
  /** Gets each complete header as it came, whatever its type, before it is judged. The bytes are only lent. */
  readonly onHeader?: (headerBytes: Uint8Array, header: PduHeader) => void;
  /** Gets each complete PDU as it came, before it is decoded. The bytes are only lent: copy what is kept. */
  readonly onBytes?: (pduBytes: Uint8Array, header: PduHeader) => void;
  /** Called for each piece of input, after it was looked at: `position` is already the new one. */
  readonly onProgress?: () => void;
}

/** What the framer is in the middle of. */
type Phase =
  | { readonly at: "header" }
  | { readonly at: "body"; readonly header: PduHeader }
  | { readonly at: "skip"; readonly header: PduHeader; left: number };

/** Finds PDUs in pieces of bytes. */
export class PduFramer {
  readonly #options: PduFramerOptions;
  readonly #limits: PduLimits;
  #phase: Phase = { at: "header" };
  #buffer: Uint8Array = new Uint8Array(0);
  #buffered = 0;
  #error: PduDecodeError | undefined;

  /** Starts before the first byte of a stream. */
  constructor(options: PduFramerOptions = {}) {
    this.#options = options;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
  }

  /** Between two PDUs, inside a header, or inside a body (a skipped one too). */
  get position(): "idle" | "header" | "body" {
    if (this.#phase.at !== "header") return "body";
    return this.#buffered > 0 ? "header" : "idle";
  }

  /** Bytes kept of the PDU that is not yet complete. */
  get buffered(): number {
    return this.#buffered;
  }

  /** What ended the work: the next `push` or `end` throws it. */
  get error(): PduDecodeError | undefined {
    return this.#error;
  }

  /**
   * Takes the next bytes and gives the PDUs now complete, in order.
   *
   * Throws `PduDecodeError` when they are wrong; but when PDUs were complete before the fault in this same piece,
   * gives them first and throws at the next call.
   */
  push(chunk: Uint8Array): FramedPdu[] {
    if (this.#error !== undefined) throw this.#error;
    const found: FramedPdu[] = [];
    try {
      let rest = chunk;
      while (rest.length > 0) rest = this.#step(rest, found);
    } catch (error) {
      this.#fail(error);
      if (found.length === 0 || this.#error === undefined) throw error;
    } finally {
      this.#options.onProgress?.();
    }
    return found;
  }

  /** Says that no more bytes come. Throws `PduDecodeError` (`truncated`) inside a PDU. */
  end(): void {
    if (this.#error !== undefined) throw this.#error;
    const phase = this.#phase;
    if (phase.at === "header") {
      if (this.#buffered === 0) return;
      const got = this.#buffered;
      this.#fail(truncated({ pdu: "PDU", within: "header", got, expected: HEADER_LENGTH }));
    } else {
      const { typeCode, length } = phase.header;
      const got = phase.at === "skip" ? length - phase.left : this.#buffered - HEADER_LENGTH;
      this.#fail(truncated({ pdu: nameOfType(typeCode), within: "body", got, expected: length }));
    }
    throw this.#error;
  }

  #fail(error: unknown): void {
    if (error instanceof PduDecodeError) this.#error = error;
    this.#buffer = new Uint8Array(0);
    this.#buffered = 0;
  }

  /** Uses some of `chunk`, adds at most one PDU to `found`, returns what it did not use. */
  #step(chunk: Uint8Array, found: FramedPdu[]): Uint8Array {
    const phase = this.#phase;
    switch (phase.at) {
      case "header":
        return this.#stepHeader(chunk, found);
      case "skip": {
        const dropped = Math.min(phase.left, chunk.length);
        phase.left -= dropped;
        if (phase.left === 0) this.#phase = { at: "header" };
        return chunk.subarray(dropped);
      }
      case "body":
        return this.#stepBody(chunk, { header: phase.header, found });
    }
  }

  #stepHeader(chunk: Uint8Array, found: FramedPdu[]): Uint8Array {
    if (this.#buffered === 0 && chunk.length >= HEADER_LENGTH) {
      const header = readHeader(chunk);
      const end = HEADER_LENGTH + header.length;
      if (!this.#accept(header, { found, came: [chunk] })) return chunk.subarray(HEADER_LENGTH);
      if (chunk.length < end) return chunk;
      this.#emit(chunk.subarray(0, end), { header, found });
      return chunk.subarray(end);
    }
    const missing = HEADER_LENGTH - this.#buffered;
    const rest = this.#keep(chunk, HEADER_LENGTH);
    if (chunk.length < missing) return rest;
    const header = readHeader(this.#buffer);
    const came = [this.#buffer.subarray(0, HEADER_LENGTH), rest];
    if (!this.#accept(header, { found, came })) this.#buffered = 0;
    else if (header.length === 0) this.#emitBuffer({ header, found });
    return rest;
  }

  #stepBody(chunk: Uint8Array, at: { header: PduHeader; found: FramedPdu[] }): Uint8Array {
    const total = HEADER_LENGTH + at.header.length;
    const rest = this.#keep(chunk, total);
    if (this.#buffered === total) this.#emitBuffer(at);
    return rest;
  }

  /** Judges a header, with which `came` begins; `true` when its body is to be collected. */
  #accept(
    header: PduHeader,
    { found, came }: { found: FramedPdu[]; came: readonly Uint8Array[] },
  ): boolean {
    const { typeCode, length } = header;
    this.#options.onHeader?.((came[0] ?? this.#buffer).subarray(0, HEADER_LENGTH), header);
    if (!isPduType(typeCode)) {
      throw headerError(header, { defect: { kind: "unrecognized-type", typeCode }, came });
    }
    if (this.#options.judge?.(header) === "skip") {
      found.push({ type: "skipped", typeCode, length });
      this.#phase = length === 0 ? { at: "header" } : { at: "skip", header, left: length };
      return false;
    }
    const maximum = this.#limits[LIMIT_OF_TYPE[typeCode]];
    if (length > maximum) {
      throw headerError(header, { defect: { kind: "too-long", typeCode, length, maximum }, came });
    }
    this.#phase = { at: "body", header };
    return true;
  }

  #emitBuffer(at: { header: PduHeader; found: FramedPdu[] }): void {
    const bytes = this.#buffer.subarray(0, this.#buffered);
    this.#buffered = 0;
    this.#buffer = new Uint8Array(0);
    this.#emit(bytes, at);
  }

  #emit(bytes: Uint8Array, at: { header: PduHeader; found: FramedPdu[] }): void {
    this.#phase = { at: "header" };
    this.#options.onBytes?.(bytes, at.header);
    at.found.push(decodePdu(bytes, this.#options));
  }

  /** Moves bytes of `chunk` into the buffer until it holds `total`; returns the others. */
  #keep(chunk: Uint8Array, total: number): Uint8Array {
    const count = Math.min(total - this.#buffered, chunk.length);
    const needed = this.#buffered + count;
    if (needed > this.#buffer.length) {
      const grown = new Uint8Array(Math.min(total, Math.max(needed, 2 * this.#buffer.length)));
      grown.set(this.#buffer.subarray(0, this.#buffered));
      this.#buffer = grown;
    }
    this.#buffer.set(chunk.subarray(0, count), this.#buffered);
    this.#buffered = needed;
    return chunk.subarray(count);
  }
}

/** Which limit binds which PDU type. */
const LIMIT_OF_TYPE = {
  0x01: "associate",
  0x02: "associate",
  0x03: "control",
  0x04: "pData",
  0x05: "control",
  0x06: "control",
  0x07: "control",
} as const satisfies Record<number, keyof PduLimits>;

function readHeader(bytes: Uint8Array): PduHeader {
  const [typeCode = 0, , a = 0, b = 0, c = 0, d = 0] = bytes;
  return { typeCode, length: a * 0x1000000 + (b << 16) + (c << 8) + d };
}

/** How many of the first bytes an error keeps: enough to tell which other protocol they are of. */
const HEAD_LENGTH = 64;

function headerError(
  header: PduHeader,
  what: { defect: PduDecodeError["defect"]; came: readonly Uint8Array[] },
): PduDecodeError {
  const { defect, came } = what;
  const isType = defect.kind === "unrecognized-type";
  return new PduDecodeError({
    pdu: nameOfType(header.typeCode),
    field: isType ? "PDU type" : "PDU length",
    offset: isType ? 0 : 2,
    defect,
    head: Uint8Array.from(came.flatMap((bytes) => [...bytes.subarray(0, HEAD_LENGTH)]))
      .subarray(0, HEAD_LENGTH),
  });
}
