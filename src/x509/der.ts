/**
 * A reader for ASN.1 as the reference's library reads it (ITU-T X.690), and the few lines that write DER.
 *
 * The library takes all of BER where certificates should be DER: lengths in more octets than needed or without a number
 * (up to end-of-contents octets), strings in pieces, tags in their long form. A verdict that equals the reference's
 * begins with reading what it reads and refusing what it refuses, for the same reason. Every length is checked against
 * the element around it before anything is read, and nesting is bounded: what a peer sends can be wrong in one way
 * only, as a `DerError`. Elements are views into the input; only strings in pieces are copied.
 */

import { joinBytes } from "./bytes.ts";
import { DerError } from "./der_error.ts";
import {
  findEnd,
  isConstructed,
  isEndOfContents,
  isSameTag,
  readHeader,
  type Spot,
} from "./der_header.ts";

export { type DerDefect, DerError } from "./der_error.ts";

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

/** Types that are never written in pieces. */
export const NEVER_IN_PIECES: readonly number[] = [
  TAG.boolean,
  TAG.integer,
  TAG.null,
  TAG.oid,
  TAG.enumerated,
];

/** One element: tag, contents, and both together. */
export interface DerElement {
  /** Class, constructed bit and number as DER writes them in one octet; numbers beyond 30 end in 1FH. */
  readonly tag: number;
  /** The contents octets. */
  readonly body: Uint8Array;
  /** The whole element, header included. */
  readonly bytes: Uint8Array;
  /** How deep it is nested in what was given first. */
  readonly depth: number;
}

/** Certificates nest about ten deep; more than this is none. */
const MAX_DEPTH = 40;

/** How deep the pieces of a string may be nested. */
const MAX_PIECES_DEPTH = 5;

function readElement(spot: Spot, depth: number): DerElement {
  const { bytes, at } = spot;
  const { tag, bodyAt, end } = readHeader(spot);
  const bodyEnd = end ?? findEnd({ ...spot, at: bodyAt });
  return {
    tag,
    body: bytes.subarray(bodyAt, bodyEnd),
    bytes: bytes.subarray(at, end ?? bodyEnd + 2),
    depth,
  };
}

/** What is in an element with an explicit tag. */
export interface ExplicitField<T> {
  /** Names it in errors. */
  readonly what: string;
  /** Reads it. */
  readonly read: (inside: DerReader) => T;
}

/** Reads elements one after another inside known bounds. */
export class DerReader {
  readonly #bytes: Uint8Array;
  readonly #depth: number;
  #at = 0;

  /** Reads `bytes`; `depth` is that of the element they are the contents of. */
  constructor(bytes: Uint8Array, depth = 0) {
    if (depth > MAX_DEPTH) throw new DerError("nested too deep", "nesting");
    this.#bytes = bytes;
    this.#depth = depth;
  }

  #spot(what: string): Spot {
    return { bytes: this.#bytes, at: this.#at, what };
  }

  /** Whether nothing is left. */
  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** The tag of the next element; `undefined` at the end. */
  get nextTag(): number | undefined {
    return this.atEnd ? undefined : readHeader(this.#spot("tag")).tag;
  }

  /** Whether an element with this tag comes next, the constructed bit not counted. */
  isNext(tag: number, what: string): boolean {
    if (this.atEnd) return false;
    if (isEndOfContents(this.#bytes, this.#at)) throw new DerError("unexpected eoc", what);
    return isSameTag(readHeader(this.#spot(what)).tag, tag);
  }

  /** Reads the next element, whatever its tag. */
  any(what: string): DerElement {
    if (this.atEnd) throw new DerError("field missing", what);
    if (isEndOfContents(this.#bytes, this.#at)) throw new DerError("unexpected eoc", what);
    const element = readElement(this.#spot(what), this.#depth + 1);
    this.#at += element.bytes.length;
    return element;
  }

  /** Reads the next element, which must have this tag. A primitive string in pieces is put together. */
  one(tag: number, what: string): DerElement {
    const element = this.any(what);
    if (!isSameTag(element.tag, tag)) throw new DerError("wrong tag", what);
    if (isConstructed({ tag })) {
      if (!isConstructed(element)) throw new DerError("sequence not constructed", what);
      return element;
    }
    if (isConstructed(element) && NEVER_IN_PIECES.includes(tag)) {
      throw new DerError("type not primitive", what);
    }
    return isConstructed(element)
      ? { ...element, body: collectPieces(element, { what, depth: 0 }) }
      : element;
  }

  /** Reads the next element if it has this tag. */
  optional(tag: number, what: string): DerElement | undefined {
    return this.isNext(tag, what) ? this.one(tag, what) : undefined;
  }

  /** Reads the next element, which must have this tag, and gives a reader of its contents. */
  enter(tag: number, what: string): DerReader {
    return contentsOf(this.one(tag, what));
  }

  /** As `enter`, for a SEQUENCE OF or SET OF, where the constructed bit does not count. */
  list(tag: number, what: string): DerReader {
    const element = this.any(what);
    if (!isSameTag(element.tag, tag)) throw new DerError("wrong tag", what);
    return contentsOf(element);
  }

  /** As `list`, if the next element has this tag. */
  optionalList(tag: number, what: string): DerReader | undefined {
    return this.isNext(tag, what) ? this.list(tag, what) : undefined;
  }

  /** Reads what is alone in an element with an explicit tag. */
  explicit<T>(tag: number, { what, read }: ExplicitField<T>): T {
    const element = this.any(what);
    if (!isSameTag(element.tag, tag)) throw new DerError("wrong tag", what);
    if (!isConstructed(element)) throw new DerError("explicit tag not constructed", what);
    const inside = contentsOf(element);
    if (inside.atEnd) throw new DerError("too small", what);
    const value = read(inside);
    if (!inside.atEnd) throw new DerError("explicit length mismatch", what);
    return value;
  }

  /** As `explicit`, if the next element has this tag. */
  optionalExplicit<T>(tag: number, field: ExplicitField<T>): T | undefined {
    return this.isNext(tag, field.what) ? this.explicit(tag, field) : undefined;
  }

  /** What `read` gives, with the octets it read. */
  recorded<T>(read: () => T): { readonly value: T; readonly bytes: Uint8Array } {
    const start = this.#at;
    const value = read();
    return { value, bytes: this.#bytes.subarray(start, this.#at) };
  }

  /** Refuses anything left over. */
  end(what: string): void {
    if (!this.atEnd) throw new DerError("sequence length mismatch", what);
  }
}

/** A reader of the contents of an element. */
export function contentsOf(element: DerElement): DerReader {
  return new DerReader(element.body, element.depth);
}

/** Puts the pieces of a string together; their tags do not count. */
export function collectPieces(
  element: DerElement,
  { what, depth }: { readonly what: string; readonly depth: number },
): Uint8Array {
  const pieces: Uint8Array[] = [];
  const reader = contentsOf(element);
  while (!reader.atEnd) {
    const piece = reader.any(what);
    if (!isConstructed(piece)) pieces.push(piece.body);
    else if (depth >= MAX_PIECES_DEPTH) throw new DerError("nested asn1 string", what);
    else pieces.push(collectPieces(piece, { what, depth: depth + 1 }));
  }
  return joinBytes(pieces);
}

/** The first element of `bytes`; what follows it is left alone, as in files that hold more than one thing. */
export function firstElement(bytes: Uint8Array, what: string): Uint8Array {
  if (bytes.length === 0) throw new DerError("too small", what);
  return readElement({ bytes, at: 0, what }, 1).bytes;
}
