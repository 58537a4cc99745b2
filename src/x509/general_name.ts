/** GeneralName (RFC 5280 4.2.1.6): names in subjectAltName, key identifiers, constraints and CRL locations. */

import { byteText, encodeDer, equalBytes, joinBytes } from "./bytes.ts";
import { contentsOf, type DerElement, DerError, type DerReader, TAG } from "./der.ts";
import { readAny, readOid, readOneOf, renderAny } from "./der_values.ts";
import { type DistinguishedName, readName } from "./name.ts";

/** One GeneralName; texts have one character for each byte, `der` is what makes two of one type the same. */
export type GeneralName =
  | { readonly type: "dns"; readonly value: string; readonly der: Uint8Array }
  | { readonly type: "email"; readonly value: string; readonly der: Uint8Array }
  | { readonly type: "uri"; readonly value: string; readonly der: Uint8Array }
  | { readonly type: "ip"; readonly address: Uint8Array; readonly der: Uint8Array }
  | { readonly type: "directory"; readonly name: DistinguishedName; readonly der: Uint8Array }
  | {
    readonly type: "other";
    readonly oid: string;
    readonly value: DerElement;
    readonly der: Uint8Array;
  }
  | { readonly type: "registered"; readonly oid: string; readonly der: Uint8Array }
  | { readonly type: "x400" | "edi-party"; readonly der: Uint8Array };

/** Reads all GeneralNames of a list whose own tag was already read. */
export function readGeneralNames(list: DerReader, what: string): readonly GeneralName[] {
  const names: GeneralName[] = [];
  while (!list.atEnd) names.push(readGeneralName(list, what));
  return names;
}

/** Reads the next GeneralName. */
export function readGeneralName(reader: DerReader, what: string): GeneralName {
  for (const [tag, read] of CHOICES) {
    if (reader.isNext(tag, what)) return read(reader, what);
  }
  throw new DerError(reader.atEnd ? "field missing" : "no matching choice type", what);
}

type ReadChoice = (reader: DerReader, what: string) => GeneralName;

/** The alternatives by their tags. */
const CHOICES: readonly (readonly [number, ReadChoice])[] = [
  [0xa0, readOtherName],
  [0x81, text("email", 0x81)],
  [0x82, text("dns", 0x82)],
  [0xa3, (reader, what) => ({ type: "x400", der: reader.one(0xa3, what).bytes })],
  [0xa4, readDirectoryName],
  [0xa5, readEdiPartyName],
  [0x86, text("uri", 0x86)],
  [0x87, (reader, what) => {
    const address = reader.one(0x87, what).body;
    return { type: "ip", address, der: address };
  }],
  [0x88, (reader, what) => {
    const element = reader.one(0x88, what);
    return { type: "registered", oid: readOid(element, what), der: element.body };
  }],
];

function text(type: "email" | "dns" | "uri", tag: number): ReadChoice {
  return (reader, what) => {
    const { body } = reader.one(tag, what);
    return { type, value: byteText(body), der: body };
  };
}

function readOtherName(reader: DerReader, what: string): GeneralName {
  const inside = reader.enter(0xa0, what);
  const type = inside.one(TAG.oid, what);
  const oid = readOid(type, what);
  const value = inside.explicit(0xa0, { what, read: (content) => readAny(content, what) });
  inside.end(what);
  return { type: "other", oid, value, der: joinBytes([type.body, renderAny(value)]) };
}

function readDirectoryName(reader: DerReader, what: string): GeneralName {
  const name = reader.explicit(0xa4, { what, read: (inside) => readName(inside, what) });
  return { type: "directory", name, der: name.der };
}

/** EDIPartyName holds two strings, the first of which may be missing. */
function readEdiPartyName(reader: DerReader, what: string): GeneralName {
  const inside = contentsOf(reader.one(0xa5, what));
  const read = (content: DerReader): DerElement =>
    readOneOf(content, { types: DIRECTORY_STRINGS, what });
  const assigner = inside.optionalExplicit(0xa0, { what, read });
  const party = inside.explicit(0xa1, { what, read });
  inside.end(what);
  const parts = [assigner, party].map((part) => part === undefined ? [] : [renderAny(part)]);
  return { type: "edi-party", der: encodeDer(0xa5, ...parts.flat()) };
}

const DIRECTORY_STRINGS: readonly number[] = [
  TAG.printableString,
  TAG.t61String,
  TAG.bmpString,
  TAG.universalString,
  TAG.utf8String,
];

/** Whether two GeneralNames are the same: directory names by their canonical form, others by their bytes. */
export function sameGeneralName(a: GeneralName, b: GeneralName): boolean {
  if (a.type === "directory" && b.type === "directory") {
    return a.name.canonical === b.name.canonical;
  }
  return a.type === b.type && equalBytes(a.der, b.der);
}

/** An address of 4 or 16 bytes in its usual notation, `undefined` for any other length. */
export function renderIpAddress(address: Uint8Array): string | undefined {
  if (address.length === 4) return address.join(".");
  if (address.length !== 16) return undefined;
  const groups = Array.from({ length: 8 }, (_, i) => {
    return ((address[2 * i] ?? 0) * 256 + (address[2 * i + 1] ?? 0)).toString(16);
  });
  const zeros = longestZeroRun(groups);
  if (zeros.length < 2) return groups.join(":");
  const head = groups.slice(0, zeros.start).join(":");
  const tail = groups.slice(zeros.start + zeros.length).join(":");
  return `${head}::${tail}`;
}

function longestZeroRun(groups: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (let i = 0; i <= groups.length; i++) {
    if (groups[i] === "0") continue;
    if (i - start > best.length) best = { start, length: i - start };
    start = i + 1;
  }
  return best;
}
