/** Values of elements (ITU-T X.690 8): numbers, flags, bits, object identifiers, and those of any type. */

import {
  collectPieces,
  type DerElement,
  DerError,
  type DerReader,
  NEVER_IN_PIECES,
  TAG,
} from "./der.ts";
import { CONSTRUCTED, isConstructed, isSameTag } from "./der_header.ts";
import { encodeDer, unsignedFromBytes } from "./bytes.ts";

function requirePrimitive(element: DerElement, what: string): void {
  if (isConstructed(element)) throw new DerError("type not primitive", what);
}

/** Checks the contents of an INTEGER and gives them as they are: two's complement, minimal. */
export function integerBytes(element: DerElement, what: string): Uint8Array {
  requirePrimitive(element, what);
  const [first, second] = element.body;
  if (first === undefined) throw new DerError("illegal zero content", what);
  if (second !== undefined) {
    const padded = (first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80);
    if (padded) throw new DerError("illegal padding", what);
  }
  return element.body;
}

/** An INTEGER as a number of any size. */
export function readInteger(element: DerElement, what: string): bigint {
  const bytes = integerBytes(element, what);
  const value = unsignedFromBytes(bytes);
  return (bytes[0] ?? 0) >= 0x80 ? value - (1n << BigInt(8 * bytes.length)) : value;
}

/** The contents of an INTEGER as a number that is never negative, as the library reads those of keys. */
export function readUnsigned(element: DerElement, what: string): bigint {
  requirePrimitive(element, what);
  return unsignedFromBytes(element.body);
}

/** A BOOLEAN; every value but 0 counts as true, as in the reference. */
export function readBoolean(element: DerElement, what: string): boolean {
  requirePrimitive(element, what);
  if (element.body.length !== 1) throw new DerError("boolean is wrong length", what);
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
  if (unusedBits === undefined) throw new DerError("string too short", what);
  if (unusedBits > 7) throw new DerError("invalid bit string bits left", what);
  const bits = element.body.subarray(1);
  const last = bits[bits.length - 1];
  if (last === undefined) return { bytes: bits, unusedBits };
  const cleared = last & (0xff << unusedBits);
  if (cleared === last) return { bytes: bits, unusedBits };
  const bytes = bits.slice();
  bytes[bytes.length - 1] = cleared;
  return { bytes, unusedBits };
}

/** Object identifiers with more octets than this are kept as their octets: they name nothing that is known. */
const LONGEST_OID = 64;

/** An OBJECT IDENTIFIER as dotted numbers. */
export function readOid(element: DerElement, what: string): string {
  requirePrimitive(element, what);
  const { body } = element;
  let fresh = true;
  for (const byte of body) {
    if (fresh && byte === 0x80) throw new DerError("invalid object encoding", what);
    fresh = byte < 0x80;
  }
  if (!fresh || body.length === 0) throw new DerError("invalid object encoding", what);
  return body.length > LONGEST_OID ? body.toHex() : dotted(body);
}

function dotted(body: Uint8Array): string {
  const arcs: bigint[] = [];
  let value = 0n;
  for (const byte of body) {
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte >= 0x80) continue;
    arcs.push(value);
    value = 0n;
  }
  const first = arcs[0] ?? 0n;
  const top = first < 40n ? 0n : first < 80n ? 1n : 2n;
  return [top, first - 40n * top, ...arcs.slice(1)].join(".");
}

/** Reads the next element, whatever its type, and refuses contents that its universal type cannot have. */
export function readAny(reader: DerReader, what: string): DerElement {
  const element = reader.any(what);
  if (element.tag >= 0x40) return element;
  const primitive = element.tag & ~CONSTRUCTED;
  if (primitive === (TAG.sequence & ~CONSTRUCTED) || primitive === (TAG.set & ~CONSTRUCTED)) {
    if (!isConstructed(element)) throw new DerError("type not constructed", what);
    return element;
  }
  const value = isConstructed(element) && !NEVER_IN_PIECES.includes(primitive)
    ? { ...element, body: collectPieces(element, { what, depth: 0 }) }
    : element;
  checkContents(value, { type: primitive, what });
  return value;
}

function checkContents(
  element: DerElement,
  { type, what }: { readonly type: number; readonly what: string },
): void {
  const { length } = element.body;
  switch (type) {
    case TAG.oid:
      readOid(element, what);
      break;
    case TAG.null:
      requirePrimitive(element, what);
      if (length > 0) throw new DerError("null is wrong length", what);
      break;
    case TAG.boolean:
      readBoolean(element, what);
      break;
    case TAG.bitString:
      readBitString(element, what);
      break;
    case TAG.integer:
    case TAG.enumerated:
      integerBytes(element, what);
      break;
    case TAG.bmpString:
      if (length % 2 !== 0) throw new DerError("bmpstring is wrong length", what);
      break;
    case TAG.universalString:
      if (length % 4 !== 0) throw new DerError("universalstring is wrong length", what);
      break;
  }
}

/** Reads the next element, which must be of one of these universal types, as `readAny` does. */
export function readOneOf(
  reader: DerReader,
  { types, what }: { readonly types: readonly number[]; readonly what: string },
): DerElement {
  const next = reader.nextTag;
  if (next === undefined) throw new DerError("field missing", what);
  if (next >= 0x40) throw new DerError("mstring not universal", what);
  if (!types.some((type) => isSameTag(type, next))) throw new DerError("mstring wrong tag", what);
  return readAny(reader, what);
}

/** The value of `readAny` as DER: what the library compares. */
export function renderAny(element: DerElement): Uint8Array {
  const isKept = element.tag >= 0x40 || isSameTag(element.tag, TAG.sequence) ||
    isSameTag(element.tag, TAG.set);
  return isKept ? element.bytes : encodeDer(element.tag & ~CONSTRUCTED, element.body);
}
