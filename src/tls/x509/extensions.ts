/** Extensions of certificates and CRLs (RFC 5280 4.2, 5.2): the list, and the values that checks use. */

import {
  contentsOf,
  type DerElement,
  DerError,
  DerReader,
  integerBytes,
  readBitString,
  readBoolean,
  readInteger,
  readOid,
  TAG,
} from "./der.ts";
import { type GeneralName, readGeneralName, readGeneralNames } from "./general_name.ts";
import { readRdn } from "./name.ts";

/** One extension as it stands. */
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

/** Reads one value that must fill all of `value`. */
export function readWhole<T>(value: Uint8Array, read: (reader: DerReader) => T): T {
  const reader = new DerReader(value);
  const result = read(reader);
  reader.end("extension value");
  return result;
}

/** Reads basicConstraints. A path length that does not fit counts as no limit, as in the reference. */
export function readBasicConstraints(reader: DerReader): BasicConstraints {
  const what = "basicConstraints";
  const fields = reader.enter(TAG.sequence, what);
  const ca = fields.optional(TAG.boolean, what);
  const pathLength = fields.optional(TAG.integer, what);
  fields.end(what);
  const length = pathLength === undefined ? undefined : readInteger(pathLength, what);
  if (length !== undefined && length < 0n) throw new DerError("value", what);
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
  if (flags === 0) throw new DerError("value", "keyUsage");
  return flags;
}

/** Reads extendedKeyUsage: the purposes as dotted numbers. */
export function readExtendedKeyUsage(reader: DerReader): readonly string[] {
  const list = reader.enter(TAG.sequence, "extendedKeyUsage");
  const purposes: string[] = [];
  while (!list.atEnd) purposes.push(readOid(list.one(TAG.oid, "purpose"), "purpose"));
  return purposes;
}

/** Reads authorityKeyIdentifier. */
export function readAuthorityKeyIdentifier(reader: DerReader): AuthorityKeyIdentifier {
  const what = "authorityKeyIdentifier";
  const fields = reader.enter(TAG.sequence, what);
  const keyIdentifier = fields.optional(0x80, what);
  const issuer = fields.optional(0xa1, what);
  const serial = fields.optional(0x82, what);
  fields.end(what);
  return {
    keyIdentifier: keyIdentifier?.body,
    issuer: issuer && readGeneralNames(contentsOf(issuer), what),
    serialNumber: serial && integerBytes(serial, what),
  };
}

/** Reads nameConstraints. */
export function readNameConstraints(reader: DerReader): NameConstraints {
  const what = "nameConstraints";
  const fields = reader.enter(TAG.sequence, what);
  const permitted = fields.optional(0xa0, what);
  const excluded = fields.optional(0xa1, what);
  fields.end(what);
  return { permitted: readSubtrees(permitted), excluded: readSubtrees(excluded) };
}

function readSubtrees(element: DerElement | undefined): readonly NameSubtree[] {
  if (element === undefined) return [];
  const what = "nameConstraints";
  const list = contentsOf(element);
  const subtrees: NameSubtree[] = [];
  while (!list.atEnd) {
    const fields = list.enter(TAG.sequence, what);
    const base = readGeneralName(fields.any(what), what);
    const minimum = fields.optional(0x80, what);
    const maximum = fields.optional(0x81, what);
    fields.end(what);
    const minimumIsZero = minimum === undefined || readInteger(minimum, what) === 0n;
    subtrees.push({ base, depthIsPlain: minimumIsZero && maximum === undefined });
  }
  return subtrees;
}

/** Reads cRLDistributionPoints. */
export function readDistributionPoints(reader: DerReader): readonly DistributionPoint[] {
  const what = "cRLDistributionPoints";
  const list = reader.enter(TAG.sequence, what);
  const points: DistributionPoint[] = [];
  while (!list.atEnd) {
    const fields = list.enter(TAG.sequence, what);
    const name = readPointName(fields);
    const reasons = fields.optional(0x81, what);
    const crlIssuer = fields.optional(0xa2, what);
    fields.end(what);
    const issuerNames = crlIssuer && readGeneralNames(contentsOf(crlIssuer), what);
    if (name === undefined && (issuerNames?.length ?? 0) === 0) throw new DerError("value", what);
    points.push({
      name,
      reasons: reasons === undefined ? ALL_REASONS : readFlags(reasons, what) & ALL_REASONS,
      crlIssuer: issuerNames,
    });
  }
  return points;
}

function readPointName(fields: DerReader): DistributionPointName | undefined {
  const what = "distributionPoint";
  const element = fields.optional(0xa0, what);
  if (element === undefined) return undefined;
  const choice = contentsOf(element).any(what);
  if (choice.tag === 0xa0) {
    return { form: "full", names: readGeneralNames(contentsOf(choice), what) };
  }
  if (choice.tag !== 0xa1) throw new DerError("tag", what);
  return { form: "relative", canonicalRdn: readRdn(choice, { rdn: 0, what }).canonical };
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
  const indirect = flag(0x84);
  const onlyAttribute = flag(0x85);
  fields.end(what);
  return { name, onlyUser, onlyCa, onlyAttribute, indirect, someReasons: reasons !== undefined };
}
