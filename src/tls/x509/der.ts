/**
 * A strict reader for DER (ITU-T X.690), and the few lines that write it.
 *
 * Every length is checked against the element around it before anything is read, nesting is bounded, and
 * only definite, minimal lengths and one-byte tags are accepted: what a peer sends can be wrong in one way
 * only, as a `DerError`. Elements are views into the input, nothing is copied.
 */

/** What is wrong with the bytes. */
export type DerDefect = "truncated" | "length" | "tag" | "value" | "trailing" | "depth" | "missing";

/** The only error that reading DER, certificates and CRLs throws. */
export class DerError extends Error {
  /** Stable code. */
  override readonly name = "DerError";
  /** What is wrong. */
  readonly defect: DerDefect;

  /** Makes an error for one defect; `what` names the field or rule. */
  constructor(defect: DerDefect, what: string) {
    super(`${what} (${defect})`);
    this.defect = defect;
  }
}

/** Identifier octets (X.690 8.1.2) of the types used here. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  t61String: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** One element: tag, contents, and both together. */
export interface DerElement {
  /** The identifier octet: class, constructed bit and number. */
  readonly tag: number;
  /** The contents octets. */
  readonly body: Uint8Array;
  /** The whole element, header included. */
  readonly bytes: Uint8Array;
  /** How deep it is nested in what was given first. */
  readonly depth: number;
}

/** Certificates nest about ten deep; more than this is no certificate. */
const MAX_DEPTH = 40;

/** Reads elements one after another inside known bounds. */
export class DerReader {
  readonly #bytes: Uint8Array;
  readonly #depth: number;
  #at = 0;

  /** Reads `bytes`; `depth` is that of the element they are the contents of. */
  constructor(bytes: Uint8Array, depth = 0) {
    if (depth > MAX_DEPTH) throw new DerError("depth", "Nested too deep");
    this.#bytes = bytes;
    this.#depth = depth;
  }

  /** Whether nothing is left. */
  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** The tag of the next element, `undefined` at the end. */
  get nextTag(): number | undefined {
    return this.#bytes[this.#at];
  }

  /** Reads the next element, whatever its tag. */
  any(what: string): DerElement {
    const start = this.#at;
    const tag = this.#bytes[start];
    if (tag === undefined) throw new DerError("missing", what);
    if ((tag & 0x1f) === 0x1f) throw new DerError("tag", what);
    const { length, bodyAt } = readLength(this.#bytes, { at: start + 1, what });
    const end = bodyAt + length;
    if (end > this.#bytes.length) throw new DerError("truncated", what);
    this.#at = end;
    return {
      tag,
      body: this.#bytes.subarray(bodyAt, end),
      bytes: this.#bytes.subarray(start, end),
      depth: this.#depth + 1,
    };
  }

  /** Reads the next element, which must have this tag. */
  one(tag: number, what: string): DerElement {
    const found = this.nextTag;
    if (found !== undefined && found !== tag) throw new DerError("tag", what);
    return this.any(what);
  }

  /** Reads the next element if it has this tag. */
  optional(tag: number, what: string): DerElement | undefined {
    return this.nextTag === tag ? this.any(what) : undefined;
  }

  /** Reads the next element, which must have this tag, and gives a reader of its contents. */
  enter(tag: number, what: string): DerReader {
    return contentsOf(this.one(tag, what));
  }

  /** Refuses anything left over. */
  end(what: string): void {
    if (!this.atEnd) throw new DerError("trailing", what);
  }
}

/** A reader of the contents of an element. */
export function contentsOf(element: DerElement): DerReader {
  return new DerReader(element.body, element.depth);
}

interface LengthPlace {
  readonly at: number;
  readonly what: string;
}

function readLength(
  bytes: Uint8Array,
  { at, what }: LengthPlace,
): { readonly length: number; readonly bodyAt: number } {
  const first = bytes[at];
  if (first === undefined) throw new DerError("truncated", what);
  if (first < 0x80) return { length: first, bodyAt: at + 1 };
  const count = first & 0x7f;
  if (count === 0 || count > 4) throw new DerError("length", what);
  if (at + 1 + count > bytes.length) throw new DerError("truncated", what);
  let length = 0;
  for (let i = 1; i <= count; i++) length = length * 256 + (bytes[at + i] ?? 0);
  const isMinimal = length >= 0x80 && (count === 1 || length >= 256 ** (count - 1));
  if (!isMinimal) throw new DerError("length", what);
  return { length, bodyAt: at + 1 + count };
}

/** The first element of `bytes`; what follows it is left alone, as in files that hold more than one thing. */
export function firstElement(bytes: Uint8Array, what: string): Uint8Array {
  return new DerReader(bytes).any(what).bytes;
}

/** Checks the contents of an INTEGER and gives them as they stand: two's complement, minimal. */
export function integerBytes(element: DerElement, what: string): Uint8Array {
  const [first, second] = element.body;
  if (first === undefined) throw new DerError("value", what);
  if (second !== undefined) {
    const padded = (first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80);
    if (padded) throw new DerError("value", what);
  }
  return element.body;
}

/** An INTEGER as a number of any size. */
export function readInteger(element: DerElement, what: string): bigint {
  const bytes = integerBytes(element, what);
  const value = unsignedFromBytes(bytes);
  return (bytes[0] ?? 0) >= 0x80 ? value - (1n << BigInt(8 * bytes.length)) : value;
}

/** Big-endian bytes as a number that is never negative. */
export function unsignedFromBytes(bytes: Uint8Array): bigint {
  let hex = "0x0";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return BigInt(hex);
}

/** A BOOLEAN; every value but 0 counts as true, as in the reference. */
export function readBoolean(element: DerElement, what: string): boolean {
  if (element.body.length !== 1) throw new DerError("value", what);
  return element.body[0] !== 0;
}

/** A BIT STRING: its bytes (padding bits cleared) and how many padding bits end it. */
export interface BitString {
  /** The bits, first bit highest. */
  readonly bytes: Uint8Array;
  /** 0..7 bits at the end that do not count. */
  readonly unusedBits: number;
}

/** Reads a BIT STRING. */
export function readBitString(element: DerElement, what: string): BitString {
  const unusedBits = element.body[0];
  if (unusedBits === undefined || unusedBits > 7) throw new DerError("value", what);
  const bits = element.body.subarray(1);
  const last = bits[bits.length - 1];
  if (last === undefined) return { bytes: bits, unusedBits: 0 };
  const cleared = last & (0xff << unusedBits);
  if (cleared === last) return { bytes: bits, unusedBits };
  const bytes = bits.slice();
  bytes[bytes.length - 1] = cleared;
  return { bytes, unusedBits };
}

/** An OBJECT IDENTIFIER as dotted numbers. */
export function readOid(element: DerElement, what: string): string {
  const body = element.body;
  if (body.length === 0 || body.length > 256) throw new DerError("value", what);
  const arcs: bigint[] = [];
  let value = 0n;
  let fresh = true;
  for (const byte of body) {
    if (fresh && byte === 0x80) throw new DerError("value", what);
    value = (value << 7n) | BigInt(byte & 0x7f);
    fresh = byte < 0x80;
    if (!fresh) continue;
    arcs.push(value);
    value = 0n;
  }
  const first = arcs[0];
  if (!fresh || first === undefined) throw new DerError("value", what);
  const top = first < 40n ? 0n : first < 80n ? 1n : 2n;
  return [top, first - 40n * top, ...arcs.slice(1)].join(".");
}

/** Writes one element: tag, minimal length, and the parts one after another. */
export function encodeDer(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const lengthBytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) lengthBytes.unshift(rest & 0xff);
  const header = length < 0x80 ? [tag, length] : [tag, 0x80 | lengthBytes.length, ...lengthBytes];
  const out = new Uint8Array(header.length + length);
  out.set(header);
  let at = header.length;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Orders two encodings as DER orders the members of a SET OF (X.690 11.6). */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Whether two byte strings are the same. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && compareBytes(a, b) === 0;
}

/** Bytes as text, one character U+0000..U+00FF for each. */
export function byteText(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
