/** What a client offers in its hello (RFC 8446 4.1.2, RFC 5246 7.4.1.2). */

import type { TlsClientOffer } from "../tls/types.ts";

const EXTENSION = { groups: 10, schemes: 13, versions: 43 } as const;

/** Reads the contents of a ClientHello; `undefined`: they do not make sense, which is left to the runtime to say. */
export function readClientOffer(hello: Uint8Array): TlsClientOffer | undefined {
  try {
    return offerIn(new Fields(hello));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function offerIn(fields: Fields): TlsClientOffer {
  const legacyVersion = fields.number(2);
  fields.bytes(32);
  fields.vector(1);
  const suites = fields.vector(2).numbers();
  fields.vector(1);
  const extensions = new Map<number, Fields>();
  if (!fields.atEnd) {
    const list = fields.vector(2);
    while (!list.atEnd) extensions.set(list.number(2), list.vector(2));
  }
  return {
    legacyVersion,
    versions: extensions.get(EXTENSION.versions)?.vector(1).numbers(),
    suites,
    groups: extensions.get(EXTENSION.groups)?.vector(2).numbers(),
    schemes: extensions.get(EXTENSION.schemes)?.vector(2).numbers(),
  };
}

/** Fields one after another; `RangeError` where there are not enough bytes. */
class Fields {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  bytes(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError("a field is longer than what holds it");
    const found = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return found;
  }

  number(width: 1 | 2): number {
    const [first = 0, second = 0] = this.bytes(width);
    return width === 1 ? first : first << 8 | second;
  }

  vector(width: 1 | 2): Fields {
    return new Fields(this.bytes(this.number(width)));
  }

  /** All that is left, as numbers of two bytes. */
  numbers(): readonly number[] {
    const found: number[] = [];
    while (!this.atEnd) found.push(this.number(2));
    return found;
  }
}
