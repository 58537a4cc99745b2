/** Tags and lengths of ASN.1 elements (ITU-T X.690 8.1), in every form that the reference's library takes. */

import { DerError } from "./der_error.ts";

/** The bit of an identifier octet that says that the contents are elements. */
export const CONSTRUCTED = 0x20;

/** Whether two tags are the same but for the constructed bit, which the library leaves to each type. */
export function isSameTag(a: number, b: number): boolean {
  return (a | CONSTRUCTED) === (b | CONSTRUCTED);
}

/** Whether the contents of an element are elements. */
export function isConstructed({ tag }: { readonly tag: number }): boolean {
  return (tag & CONSTRUCTED) !== 0;
}

/** Longest length that fits into the numbers of the library. */
const MAX_LENGTH = 2 ** 63 - 1;

/** A place in bytes, and what is read there. */
export interface Spot {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly what: string;
}

export interface Header {
  readonly tag: number;
  /** Where the contents begin. */
  readonly bodyAt: number;
  /** Where they end; `undefined` = at end-of-contents octets. */
  readonly end: number | undefined;
}

/** Reads tag and length. */
export function readHeader({ bytes, at, what }: Spot): Header {
  const tooLong = (): DerError => new DerError("header too long", what);
  const first = bytes[at];
  if (first === undefined) throw new DerError("too small", what);
  let next = at + 1;
  let number = first & 0x1f;
  if (number === 0x1f) {
    number = 0;
    for (;;) {
      const octet = bytes[next++];
      if (octet === undefined || number > 0xffffff) throw tooLong();
      number = number * 128 + (octet & 0x7f);
      if (octet < 0x80) break;
    }
  }
  const tag = (first & 0xe0) | Math.min(number, 0x1f);
  const lead = bytes[next++];
  if (lead === undefined) throw tooLong();
  if (lead === 0x80) {
    if (!isConstructed({ tag })) throw tooLong();
    return { tag, bodyAt: next, end: undefined };
  }
  let length = lead;
  if (lead > 0x80) {
    const octets = lead & 0x7f;
    const bodyAt = next + octets;
    // As in OpenSSL up to 3.0.19 something must follow the octets, contents or another element.
    if (bodyAt >= bytes.length) throw tooLong();
    while (next < bodyAt && bytes[next] === 0) next++;
    if (bodyAt - next > 8) throw tooLong();
    for (length = 0; next < bodyAt; next++) length = length * 256 + (bytes[next] ?? 0);
    if (length > MAX_LENGTH) throw tooLong();
  }
  if (next + length > bytes.length) throw new DerError("too long", what);
  return { tag, bodyAt: next, end: next + length };
}

/** Whether end-of-contents octets (X.690 8.1.5) stand at `at`. */
export function isEndOfContents(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0 && bytes[at + 1] === 0;
}

/** Finds the end-of-contents octets of contents that begin at `at`, those of elements inside not counted. */
export function findEnd({ bytes, at, what }: Spot): number {
  let open = 1;
  for (let next = at; next < bytes.length;) {
    if (isEndOfContents(bytes, next)) {
      if (--open === 0) return next;
      next += 2;
      continue;
    }
    const header = readHeader({ bytes, at: next, what });
    if (header.end === undefined) open++;
    next = header.end ?? header.bodyAt;
  }
  throw new DerError("missing eoc", what);
}
