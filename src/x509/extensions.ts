/** Extensions of certificates and CRLs (RFC 5280 4.2, 5.2): the list, and the values that checks use. */

import { type DerElement, DerError, DerReader, TAG } from "./der.ts";
import { integerBytes, readBitString, readBoolean, readInteger, readOid } from "./der_values.ts";
import { type GeneralName, readGeneralName, readGeneralNames } from "./general_name.ts";
import { readRdn } from "./name.ts";

/** One extension as it is. */
export interface Extension {
  /** Its type as dotted numbers. */
  readonly oid: string;
  /** Whether who does not know it must refuse. */
  readonly critical: boolean;
  /** The contents of its OCTET STRING. */
  readonly value: Uint8Array;
}

/** basicConstraints (RFC 5280 4.2.1.9). */
export interface BasicConstraints {
  /** Whether the certificate may issue others. */
  readonly ca: boolean;
  /** How many intermediate CAs may follow; `undefined` = no limit. */
  readonly pathLength: number | undefined;
}

/** authorityKeyIdentifier (RFC 5280 4.2.1.1). */
export interface AuthorityKeyIdentifier {
  /** The issuer's key identifier. */
  readonly keyIdentifier: Uint8Array | undefined;
  /** Names of the issuer's issuer. */
  readonly issuer: readonly GeneralName[] | undefined;
  /** The issuer's serial number, contents of its INTEGER. */
  readonly serialNumber: Uint8Array | undefined;
}

/** One subtree of nameConstraints (RFC 5280 4.2.1.10). */
export interface NameSubtree {
  /** The name at its root. */
  readonly base: GeneralName;
  /** Whether minimum is 0 and maximum absent, the only form allowed. */
  readonly depthIsPlain: boolean;
}

/** nameConstraints (RFC 5280 4.2.1.10). */
export interface NameConstraints {
  /** Names must lie below one of these, for the types that occur here. */
  readonly permitted: readonly NameSubtree[];
  /** Names must not lie below any of these. */
  readonly excluded: readonly NameSubtree[];
}

/** Where a CRL is found: full names, or one RDN below the CRL issuer's name. */
export type DistributionPointName =
  | { readonly form: "full"; readonly names: readonly GeneralName[] }
  | { readonly form: "relative"; readonly canonicalRdn: string };

/** One entry of cRLDistributionPoints (RFC 5280 4.2.1.13). */
export interface DistributionPoint {
  /** Where the CRL is. */
  readonly name: DistributionPointName | undefined;
  /** Reasons it covers, as bits of ReasonFlags. */
  readonly reasons: number;
  /** Who issues the CRL when it is not the certificate's issuer. */
  readonly crlIssuer: readonly GeneralName[] | undefined;
}

/** issuingDistributionPoint of a CRL (RFC 5280 5.2.5). */
export interface IssuingDistributionPoint {
  /** Where the CRL is found. */
  readonly name: DistributionPointName | undefined;
  /** Covers end entity certificates only. */
  readonly onlyUser: boolean;
  /** Covers CA certificates only. */
  readonly onlyCa: boolean;
  /** Covers attribute certificates only. */
  readonly onlyAttribute: boolean;
  /** Holds entries of other issuers. */
  readonly indirect: boolean;
  /** Covers some reasons only. */
  readonly someReasons: boolean;
}

/** All bits of ReasonFlags (RFC 5280 4.2.1.13). */
export const ALL_REASONS = 0x807f;

/** Reads a SEQUENCE OF Extension. */
export function readExtensions(list: DerReader, what: string): readonly Extension[] {
  const extensions: Extension[] = [];
  while (!list.atEnd) {
    const item = list.enter(TAG.sequence, what);
    const oid = readOid(item.one(TAG.oid, what), what);
    const critical = item.optional(TAG.boolean, what);
    const value = item.one(TAG.octetString, what).body;
    item.end(what);
    extensions.push({
      oid,
      critical: critical !== undefined && readBoolean(critical, what),
      value,
    });
  }
  return extensions;
}

/** Reads the value of an extension; what follows it does not count, as in the reference. */
export function readValue<T>(value: Uint8Array, read: (reader: DerReader) => T): T {
  return read(new DerReader(value));
}

/** Reads basicConstraints. A path length that does not fit counts as no limit, as in the reference. */
export function readBasicConstraints(reader: DerReader): BasicConstraints {
  const what = "basicConstraints";
  const fields = reader.enter(TAG.sequence, what);
  const ca = fields.optional(TAG.boolean, what);
  const pathLength = fields.optional(TAG.integer, what);
  fields.end(what);
  const length = pathLength === undefined ? undefined : readInteger(pathLength, what);
  if (length !== undefined && length < 0n) throw new DerError("data is wrong", what);
  return {
    ca: ca !== undefined && readBoolean(ca, what),
    pathLength: length === undefined || length > 0x7fffffffn ? undefined : Number(length),
  };
}

/** Reads a BIT STRING of flags: first byte in bits 0..7, second byte in bits 8..15. */
export function readFlags(element: DerElement, what: string): number {
  const [first = 0, second = 0] = readBitString(element, what).bytes;
  return first | (second << 8);
}

/** Reads keyUsage; empty is an error, as in the reference. */
export function readKeyUsage(reader: DerReader): number {
  const flags = readFlags(reader.one(TAG.bitString, "keyUsage"), "keyUsage");
  if (flags === 0) throw new DerError("data is wrong", "keyUsage");
  return flags;
}

/** Reads extendedKeyUsage: the purposes as dotted numbers. */
export function readExtendedKeyUsage(reader: DerReader): readonly string[] {
  const list = reader.list(TAG.sequence, "extendedKeyUsage");
  const purposes: string[] = [];
  while (!list.atEnd) purposes.push(readOid(list.one(TAG.oid, "purpose"), "purpose"));
  return purposes;
}

/** Reads authorityKeyIdentifier. */
export function readAuthorityKeyIdentifier(reader: DerReader): AuthorityKeyIdentifier {
  const what = "authorityKeyIdentifier";
  const fields = reader.enter(TAG.sequence, what);
  const keyIdentifier = fields.optional(0x80, what);
  const issuer = readNames(fields, { tag: 0xa1, what });
  const serial = fields.optional(0x82, what);
  const serialNumber = serial && integerBytes(serial, what);
  fields.end(what);
  return { keyIdentifier: keyIdentifier?.body, issuer, serialNumber };
}

/** Reads a list of names with an implicit tag, if it comes next. */
function readNames(
  fields: DerReader,
  { tag, what }: { readonly tag: number; readonly what: string },
): readonly GeneralName[] | undefined {
  const list = fields.optionalList(tag, what);
  return list && readGeneralNames(list, what);
}

/** Reads nameConstraints. */
export function readNameConstraints(reader: DerReader): NameConstraints {
  const what = "nameConstraints";
  const fields = reader.enter(TAG.sequence, what);
  const permitted = readSubtrees(fields.optionalList(0xa0, what));
  const excluded = readSubtrees(fields.optionalList(0xa1, what));
  fields.end(what);
  return { permitted, excluded };
}

function readSubtrees(list: DerReader | undefined): readonly NameSubtree[] {
  const what = "nameConstraints";
  const subtrees: NameSubtree[] = [];
  while (list !== undefined && !list.atEnd) {
    const fields = list.enter(TAG.sequence, what);
    const base = readGeneralName(fields, what);
    const minimum = fields.optional(0x80, what);
    const minimumIsZero = minimum === undefined || readInteger(minimum, what) === 0n;
    const maximum = fields.optional(0x81, what);
    if (maximum !== undefined) integerBytes(maximum, what);
    fields.end(what);
    subtrees.push({ base, depthIsPlain: minimumIsZero && maximum === undefined });
  }
  return subtrees;
}

/** Reads cRLDistributionPoints. */
export function readDistributionPoints(reader: DerReader): readonly DistributionPoint[] {
  const what = "cRLDistributionPoints";
  const list = reader.list(TAG.sequence, what);
  const points: DistributionPoint[] = [];
  while (!list.atEnd) {
    const fields = list.enter(TAG.sequence, what);
    const name = readPointName(fields);
    const flags = fields.optional(0x81, what);
    const reasons = flags === undefined ? ALL_REASONS : readFlags(flags, what) & ALL_REASONS;
    const crlIssuer = readNames(fields, { tag: 0xa2, what });
    fields.end(what);
    if (name === undefined && (crlIssuer?.length ?? 0) === 0) {
      throw new DerError("data is wrong", what);
    }
    points.push({ name, reasons, crlIssuer });
  }
  return points;
}

function readPointName(fields: DerReader): DistributionPointName | undefined {
  const what = "distributionPoint";
  return fields.optionalExplicit(0xa0, {
    what,
    read(choice): DistributionPointName {
      const names = choice.optionalList(0xa0, what);
      if (names !== undefined) return { form: "full", names: readGeneralNames(names, what) };
      const members = choice.optionalList(0xa1, what);
      if (members === undefined) throw new DerError("no matching choice type", what);
      return { form: "relative", canonicalRdn: readRdn(members, { rdn: 0, what }).canonical };
    },
  });
}

/** Reads issuingDistributionPoint. */
export function readIssuingDistributionPoint(reader: DerReader): IssuingDistributionPoint {
  const what = "issuingDistributionPoint";
  const fields = reader.enter(TAG.sequence, what);
  const flag = (tag: number): boolean => {
    const element = fields.optional(tag, what);
    return element !== undefined && readBoolean(element, what);
  };
  const name = readPointName(fields);
  const onlyUser = flag(0x81);
  const onlyCa = flag(0x82);
  const reasons = fields.optional(0x83, what);
  if (reasons !== undefined) readFlags(reasons, what);
  const indirect = flag(0x84);
  const onlyAttribute = flag(0x85);
  fields.end(what);
  return { name, onlyUser, onlyCa, onlyAttribute, indirect, someReasons: reasons !== undefined };
}
