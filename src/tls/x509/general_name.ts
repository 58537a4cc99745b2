/** GeneralName (RFC 5280 4.2.1.6): names in subjectAltName, key identifiers, constraints and CRL locations. */

import {
  byteText,
  contentsOf,
  type DerElement,
  DerError,
  type DerReader,
  equalBytes,
  readOid,
  TAG,
} from "./der.ts";
import { type DistinguishedName, readName } from "./name.ts";

/** One GeneralName; texts have one character for each byte. */
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
  while (!list.atEnd) names.push(readGeneralName(list.any(what), what));
  return names;
}

/** Reads one GeneralName from its element. */
export function readGeneralName(element: DerElement, what: string): GeneralName {
  const der = element.bytes;
  switch (element.tag) {
    case 0xa0:
      return readOtherName(element, what);
    case 0x81:
      return { type: "email", value: byteText(element.body), der };
    case 0x82:
      return { type: "dns", value: byteText(element.body), der };
    case 0xa3:
      return { type: "x400", der };
    case 0xa4: {
      const inside = contentsOf(element);
      const name = readName(inside, what);
      inside.end(what);
      return { type: "directory", name, der };
    }
    case 0xa5:
      return { type: "edi-party", der };
    case 0x86:
      return { type: "uri", value: byteText(element.body), der };
    case 0x87:
      return { type: "ip", address: element.body, der };
    case 0x88:
      return { type: "registered", oid: readOid(element, what), der };
    default:
      throw new DerError("tag", what);
  }
}

function readOtherName(element: DerElement, what: string): GeneralName {
  const inside = contentsOf(element);
  const oid = readOid(inside.one(TAG.oid, what), what);
  const explicit = inside.enter(0xa0, what);
  const value = explicit.any(what);
  explicit.end(what);
  inside.end(what);
  return { type: "other", oid, value, der: element.bytes };
}

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
