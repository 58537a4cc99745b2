/** The extensions of a certificate that are known here, each read once. */

import { DerError, type DerReader, TAG } from "./der.ts";
import { readAddressBlocks, readAutonomousSystems } from "./address_blocks.ts";
import { readInteger, readOid } from "./der_values.ts";
import {
  type AuthorityKeyIdentifier,
  type BasicConstraints,
  type DistributionPoint,
  type Extension,
  type NameConstraints,
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readDistributionPoints,
  readExtendedKeyUsage,
  readFlags,
  readKeyUsage,
  readNameConstraints,
  readValue,
} from "./extensions.ts";
import { type GeneralName, readGeneralNames } from "./general_name.ts";
import { EXTENSION } from "./oids.ts";

/** The values of known extensions; each `undefined` when absent. */
export interface ExtensionValues {
  /** CA flag and path length. */
  readonly basicConstraints: BasicConstraints | undefined;
  /** Bits as in `KEY_USAGE`. */
  readonly keyUsage: number | undefined;
  /** Purposes as dotted numbers. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  /** First byte of Netscape's certificate type. */
  readonly netscapeCertType: number | undefined;
  /** The key identifier of this certificate. */
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  /** The key identifier of its issuer. */
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
  /** Further names of the subject. */
  readonly subjectAltNames: readonly GeneralName[] | undefined;
  /** Names that certificates below may have. */
  readonly nameConstraints: NameConstraints | undefined;
  /** Where its CRLs are. */
  readonly crlDistributionPoints: readonly DistributionPoint[] | undefined;
}

/** The values, and the name of the first extension that cannot be read or is there twice. */
export interface ReadValues {
  /** What could be read. */
  readonly values: ExtensionValues;
  /** What could not. */
  readonly malformed: string | undefined;
}

/** Reads the known extensions; one that is wrong is left out and named. */
export function readExtensionValues(extensions: readonly Extension[]): ReadValues {
  const reader = new ValueReader(extensions);
  const values: ExtensionValues = {
    basicConstraints: reader.value("basicConstraints", readBasicConstraints),
    keyUsage: reader.value("keyUsage", readKeyUsage),
    extendedKeyUsage: reader.value("extendedKeyUsage", readExtendedKeyUsage),
    netscapeCertType: reader.value("netscapeCertType", readNetscapeCertType),
    subjectKeyIdentifier: reader.value("subjectKeyIdentifier", readKeyIdentifier),
    authorityKeyIdentifier: reader.value("authorityKeyIdentifier", readAuthorityKeyIdentifier),
    subjectAltNames: reader.value("subjectAltName", readAltNames),
    nameConstraints: reader.value("nameConstraints", readNameConstraints),
    crlDistributionPoints: reader.value("crlDistributionPoints", readDistributionPoints),
  };
  reader.value("proxyCertInfo", readProxyInfo);
  reader.value("ipAddressBlocks", readAddressBlocks);
  reader.value("autonomousSystems", readAutonomousSystems);
  return { values, malformed: reader.malformed };
}

class ValueReader {
  readonly #extensions: readonly Extension[];
  malformed: string | undefined;

  constructor(extensions: readonly Extension[]) {
    this.#extensions = extensions;
  }

  value<T>(name: keyof typeof EXTENSION, read: (reader: DerReader) => T): T | undefined {
    const found = this.#extensions.filter((item) => item.oid === EXTENSION[name]);
    const [first, second] = found;
    if (first === undefined) return undefined;
    try {
      if (second !== undefined) throw new DerError("data is wrong", name);
      return readValue(first.value, read);
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
      this.malformed ??= name;
      return undefined;
    }
  }
}

function readNetscapeCertType(reader: DerReader): number {
  const what = "certificate type";
  return readFlags(reader.one(TAG.bitString, what), what) & 0xff;
}

function readKeyIdentifier(reader: DerReader): Uint8Array {
  return reader.one(TAG.octetString, "key identifier").body;
}

function readAltNames(reader: DerReader): readonly GeneralName[] {
  return readGeneralNames(reader.list(TAG.sequence, "names"), "names");
}

/** ProxyCertInfo (RFC 3820 3.8): nothing of it is used, but it must be one. */
function readProxyInfo(reader: DerReader): void {
  const what = "proxyCertInfo";
  const fields = reader.enter(TAG.sequence, what);
  const pathLength = fields.optional(TAG.integer, what);
  if (pathLength !== undefined) readInteger(pathLength, what);
  const policy = fields.enter(TAG.sequence, what);
  fields.end(what);
  readOid(policy.one(TAG.oid, what), what);
  policy.optional(TAG.octetString, what);
  policy.end(what);
}
