/**
 * Address and AS number blocks of a certificate (RFC 3779): read, so that damaged ones are reported from sound ones, and not
 * used.
 */

import { DerError, type DerReader, TAG } from "./der.ts";
import { integerBytes, readBitString } from "./der_values.ts";

/** Reads IPAddrBlocks (RFC 3779 2.2.3). */
export function readAddressBlocks(reader: DerReader): void {
  const what = "ipAddressBlocks";
  const families = reader.list(TAG.sequence, what);
  while (!families.atEnd) {
    const family = families.enter(TAG.sequence, what);
    family.one(TAG.octetString, what);
    if (!readInherited(family, what)) {
      const blocks = family.optionalList(TAG.sequence, what);
      if (blocks === undefined) throw new DerError("no matching choice type", what);
      while (!blocks.atEnd) readRange(blocks, { what, read: readAddress });
    }
    family.end(what);
  }
}

/** Reads ASIdentifiers (RFC 3779 3.2.3). */
export function readAutonomousSystems(reader: DerReader): void {
  const what = "autonomousSystems";
  const fields = reader.enter(TAG.sequence, what);
  for (const tag of [0xa0, 0xa1]) {
    fields.optionalExplicit(tag, {
      what,
      read(choice) {
        if (readInherited(choice, what)) return;
        const numbers = choice.optionalList(TAG.sequence, what);
        if (numbers === undefined) throw new DerError("no matching choice type", what);
        while (!numbers.atEnd) readRange(numbers, { what, read: readNumber });
      },
    });
  }
  fields.end(what);
}

/** Whether NULL is there instead of blocks: those of the issuer. */
function readInherited(reader: DerReader, what: string): boolean {
  const element = reader.optional(TAG.null, what);
  if (element !== undefined && element.body.length > 0) {
    throw new DerError("null is wrong length", what);
  }
  return element !== undefined;
}

interface RangeField {
  readonly what: string;
  /** Reads one end of a range, or the only one. */
  readonly read: (reader: DerReader, what: string) => void;
}

function readRange(reader: DerReader, { what, read }: RangeField): void {
  if (!reader.isNext(TAG.sequence, what)) return read(reader, what);
  const range = reader.enter(TAG.sequence, what);
  read(range, what);
  read(range, what);
  range.end(what);
}

function readAddress(reader: DerReader, what: string): void {
  readBitString(reader.one(TAG.bitString, what), what);
}

function readNumber(reader: DerReader, what: string): void {
  integerBytes(reader.one(TAG.integer, what), what);
}
