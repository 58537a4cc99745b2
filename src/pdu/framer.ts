/*
 * Finds PDUs in a stream of bytes, one at a time.
 *
 * `feed` takes the next bytes, in pieces of any size; `next` gives the next PDU that they complete and looks at no
 * byte after it, so that whoever asked can act on one PDU before the header of the next is judged. Six bytes make a
 * header; it is judged at once: the type must exist, the caller may choose to skip the body, the length must be under
 * the cap for its type. Only then is the body collected, in a buffer that grows with what has really come: a
 * declared length of 4 GiB costs nothing. A PDU that lies whole in one piece is decoded where it lies.
 *
 * After an error nothing more can be found, since the borders are lost: every later call throws it again.
 */
import {
  decodePdu,
  HEADER_LENGTH,
  isPduType,
  LONGEST_CONTROL_BODY,
  nameOfType,
  truncated,
} from "./decode.ts";
import { Bug } from "../errors.ts";
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
  /** The part of the last piece that was not looked at yet. */
  #rest: Uint8Array = new Uint8Array(0);
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

  /** What ended the work: every later call throws it. */
  get error(): PduDecodeError | undefined {
    return this.#error;
  }

  /** Takes the next bytes, once `next` has used up those before. They are only lent until it has. */
  feed(chunk: Uint8Array): void {
    if (this.#rest.length > 0) throw new Bug("bytes fed to a framer that has some left");
    this.#rest = chunk;
  }

  /** Gives the next PDU, or `undefined` when its bytes have not all come. Throws `PduDecodeError` when they are wrong. */
  next(): FramedPdu | undefined {
    if (this.#error !== undefined) throw this.#error;
    try {
      while (this.#rest.length > 0) {
        const pdu = this.#step();
        if (pdu !== undefined) return pdu;
      }
      return undefined;
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }

  /**
   * Takes the next bytes and gives all PDUs now complete, in order.
   *
   * Throws `PduDecodeError` when they are wrong; but when PDUs were complete before the fault in this same piece,
   * gives them first and throws at the next call.
   */
  push(chunk: Uint8Array): FramedPdu[] {
    if (this.#error !== undefined) throw this.#error;
    this.feed(chunk);
    const found: FramedPdu[] = [];
    try {
      for (let pdu = this.next(); pdu !== undefined; pdu = this.next()) found.push(pdu);
    } catch (error) {
      if (found.length === 0 || this.#error === undefined) throw error;
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
    this.#rest = this.#buffer;
  }

  /** Uses some of the rest; gives the PDU that is complete with it. */
  #step(): FramedPdu | undefined {
    const phase = this.#phase;
    switch (phase.at) {
      case "header":
        return this.#stepHeader();
      case "skip": {
        const dropped = Math.min(phase.left, this.#rest.length);
        phase.left -= dropped;
        if (phase.left === 0) this.#phase = { at: "header" };
        this.#rest = this.#rest.subarray(dropped);
        return undefined;
      }
      case "body":
        return this.#stepBody(phase.header);
    }
  }

  #stepHeader(): FramedPdu | undefined {
    if (this.#buffered > 0 || this.#rest.length < HEADER_LENGTH) return this.#stepSplitHeader();
    const bytes = this.#rest;
    const header = readHeader(bytes);
    const skipped = this.#judge(header, [bytes]);
    const end = HEADER_LENGTH + header.length;
    if (skipped !== undefined) this.#rest = bytes.subarray(HEADER_LENGTH);
    if (skipped !== undefined || bytes.length < end) return skipped;
    this.#rest = bytes.subarray(end);
    return this.#complete(bytes.subarray(0, end), header);
  }

  /** A header that came in several pieces. */
  #stepSplitHeader(): FramedPdu | undefined {
    this.#keep(HEADER_LENGTH);
    if (this.#buffered < HEADER_LENGTH) return undefined;
    const header = readHeader(this.#buffer);
    const skipped = this.#judge(header, [this.#buffer.subarray(0, HEADER_LENGTH), this.#rest]);
    if (skipped !== undefined) this.#buffered = 0;
    else if (header.length === 0) return this.#completeBuffer(header);
    return skipped;
  }

  #stepBody(header: PduHeader): FramedPdu | undefined {
    const total = HEADER_LENGTH + header.length;
    this.#keep(total);
    return this.#buffered === total ? this.#completeBuffer(header) : undefined;
  }

  /** Judges a header, with which `came` begins: a skipped PDU at once, or `undefined` when its body is to be collected. */
  #judge(header: PduHeader, came: readonly Uint8Array[]): FramedPdu | undefined {
    const { typeCode, length } = header;
    this.#options.onHeader?.((came[0] ?? this.#buffer).subarray(0, HEADER_LENGTH), header);
    if (!isPduType(typeCode)) {
      throw headerError(header, { defect: { kind: "unrecognized-type", typeCode }, came });
    }
    if (this.#options.judge?.(header) === "skip") {
      this.#phase = length === 0 ? { at: "header" } : { at: "skip", header, left: length };
      return { type: "skipped", typeCode, length };
    }
    const maximum = this.#limits[LIMIT_OF_TYPE[typeCode]];
    if (length > maximum) {
      throw headerError(header, { defect: { kind: "too-long", typeCode, length, maximum }, came });
    }
    this.#phase = { at: "body", header };
    return undefined;
  }

  #completeBuffer(header: PduHeader): FramedPdu {
    const bytes = this.#buffer.subarray(0, this.#buffered);
    this.#buffered = 0;
    this.#buffer = new Uint8Array(0);
    return this.#complete(bytes, header);
  }

  #complete(bytes: Uint8Array, header: PduHeader): FramedPdu {
    this.#phase = { at: "header" };
    this.#options.onBytes?.(bytes, header);
    return decodePdu(bytes, this.#options);
  }

  /** Moves bytes of the rest into the buffer until it holds `total`. */
  #keep(total: number): void {
    const count = Math.min(total - this.#buffered, this.#rest.length);
    const needed = this.#buffered + count;
    if (needed > this.#buffer.length) {
      const grown = new Uint8Array(Math.min(total, Math.max(needed, 2 * this.#buffer.length)));
      grown.set(this.#buffer.subarray(0, this.#buffered));
      this.#buffer = grown;
    }
    this.#buffer.set(this.#rest.subarray(0, count), this.#buffered);
    this.#buffered = needed;
    this.#rest = this.#rest.subarray(count);
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
