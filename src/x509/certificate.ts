/**
 * Certificates (RFC 5280 4.1): reading one, with every field the path check and the reports use.
 *
 * A certificate whose frame is wrong is a `DerError`. One whose extensions are wrong is kept, marked with
 * `malformed`: the reference loads such certificates too, and then never finds an issuer for or with them.
 */

import { type AlgorithmIdentifier, readAlgorithm, sameAlgorithm } from "./algorithm.ts";
import { equalBytes } from "./bytes.ts";
import { contentsOf, DerError, DerReader, TAG } from "./der.ts";
import { integerBytes, readBitString, readInteger, readOid } from "./der_values.ts";
import { type ExtensionValues, readExtensionValues } from "./extension_values.ts";
import { type AuthorityKeyIdentifier, type Extension, readExtensions } from "./extensions.ts";
import { type DistinguishedName, readName } from "./name.ts";
import { EXTENSION, HANDLED_CRITICAL, SIGNATURE_SCHEMES } from "./oids.ts";
import { type PublicKey, readPublicKey } from "./public_key.ts";
import { keyFitsScheme } from "./signature.ts";
import { readTime, type X509Time } from "./time.ts";

/** What a `TRUSTED CERTIFICATE` block says besides the certificate: purposes as dotted numbers. */
export interface AuxiliaryTrust {
  /** Trusted for these only; `undefined` = says nothing. */
  readonly trusted: readonly string[] | undefined;
  /** Never trusted for these. */
  readonly rejected: readonly string[];
}

/** The fields of a certificate as they are. */
export interface CertificateFields {
  /** The whole certificate. */
  readonly der: Uint8Array;
  /** The signed part. */
  readonly tbs: Uint8Array;
  /** 1, 2 or 3, or whatever else it says; 0 for numbers that make no sense. */
  readonly version: number;
  /** Contents of the serial number's INTEGER. */
  readonly serialNumber: Uint8Array;
  /** Algorithm named inside the signed part. */
  readonly innerAlgorithm: AlgorithmIdentifier;
  /** Algorithm named next to the signature. */
  readonly signatureAlgorithm: AlgorithmIdentifier;
  /** The signature; `undefined` when its bits are no whole bytes. */
  readonly signature: Uint8Array | undefined;
  /** The bits of the signature, whole bytes or not. */
  readonly signatureBits: Uint8Array;
  /** Who issued it. */
  readonly issuer: DistinguishedName;
  /** Whose it is. */
  readonly subject: DistinguishedName;
  /** Start of validity. */
  readonly notBefore: X509Time;
  /** End of validity. */
  readonly notAfter: X509Time;
  /** The key it certifies. */
  readonly publicKey: PublicKey;
  /** All extensions in their order. */
  readonly extensions: readonly Extension[];
}

/** A certificate. */
export interface Certificate extends CertificateFields, ExtensionValues {
  /** Name of the first extension that cannot be read or is there twice. */
  readonly malformed: string | undefined;
  /** First critical extension that is not known, as dotted numbers. */
  readonly unhandledCritical: string | undefined;
  /** Whether it is a proxy certificate (RFC 3820); these are refused. */
  readonly isProxy: boolean;
  /** Issuer and subject are the same name. */
  readonly isSelfIssued: boolean;
  /** Self-issued, and key identifiers and algorithms agree too; the signature is not looked at. */
  readonly isSelfSigned: boolean;
  /** Trust settings, when it came from a `TRUSTED CERTIFICATE` block. */
  readonly trust: AuxiliaryTrust | undefined;
}

/** Bits of keyUsage (RFC 5280 4.2.1.3). */
export const KEY_USAGE = {
  digitalSignature: 0x80,
  nonRepudiation: 0x40,
  keyEncipherment: 0x20,
  dataEncipherment: 0x10,
  keyAgreement: 0x08,
  keyCertSign: 0x04,
  crlSign: 0x02,
} as const;

/** Parses one certificate that fills `der`; throws `DerError` and nothing else. */
export function parseCertificate(der: Uint8Array, trust?: AuxiliaryTrust): Certificate {
  const fields = readFields(der);
  const { values, malformed } = readExtensionValues(fields.extensions);
  const has = (oid: string): boolean => fields.extensions.some((item) => item.oid === oid);
  const isProxy = has(EXTENSION.proxyCertInfo);
  const isForbiddenProxy = isProxy &&
    (values.basicConstraints?.ca === true || has(EXTENSION.subjectAltName) ||
      has(EXTENSION.issuerAltName));
  const isSelfIssued = fields.subject.canonical === fields.issuer.canonical;
  const certificate = {
    ...fields,
    ...values,
    malformed: malformed ?? (isForbiddenProxy ? "proxyCertInfo" : undefined),
    unhandledCritical: fields.extensions.find((item) =>
      item.critical && !HANDLED_CRITICAL.has(item.oid)
    )?.oid,
    isProxy,
    isSelfIssued,
    isSelfSigned: false,
    trust,
  };
  const isSelfSigned = isSelfIssued && identifies(certificate, values.authorityKeyIdentifier) &&
    signatureFitsKey(fields.innerAlgorithm, fields.publicKey);
  return { ...certificate, isSelfSigned };
}

function readFields(der: Uint8Array): CertificateFields {
  const file = new DerReader(der);
  const outer = file.enter(TAG.sequence, "certificate");
  const tbs = outer.one(TAG.sequence, "tbsCertificate");
  const signed = readSignedPart(contentsOf(tbs));
  const signatureAlgorithm = readAlgorithm(outer, "signatureAlgorithm");
  const signature = readBitString(outer.one(TAG.bitString, "signature"), "signature");
  outer.end("certificate");
  file.end("certificate");
  return {
    der,
    tbs: tbs.bytes,
    ...signed,
    signatureAlgorithm,
    signature: signature.unusedBits === 0 ? signature.bytes : undefined,
    signatureBits: signature.bytes,
  };
}

type SignedPart = Omit<
  CertificateFields,
  "der" | "tbs" | "signatureAlgorithm" | "signature" | "signatureBits"
>;

function readSignedPart(fields: DerReader): SignedPart {
  const version = fields.optionalExplicit(0xa0, { what: "version", read: readVersion }) ?? 1;
  const serialNumber = integerBytes(fields.one(TAG.integer, "serialNumber"), "serialNumber");
  const innerAlgorithm = readAlgorithm(fields, "signature");
  const issuer = readName(fields, "issuer");
  const validity = fields.enter(TAG.sequence, "validity");
  const notBefore = readTime(validity, "notBefore");
  const notAfter = readTime(validity, "notAfter");
  validity.end("validity");
  const subject = readName(fields, "subject");
  const publicKey = readPublicKey(fields);
  const extensions = readTail(fields);
  return {
    version,
    serialNumber,
    innerAlgorithm,
    issuer,
    notBefore,
    notAfter,
    subject,
    publicKey,
    extensions,
  };
}

function readVersion(reader: DerReader): number {
  const version = readInteger(reader.one(TAG.integer, "version"), "version");
  return version < 0n || version > 255n ? 0 : Number(version) + 1;
}

/** issuerUniqueID, subjectUniqueID and the extensions. */
function readTail(fields: DerReader): readonly Extension[] {
  for (const [tag, what] of [[0x81, "issuerUniqueID"], [0x82, "subjectUniqueID"]] as const) {
    const identifier = fields.optional(tag, what);
    if (identifier !== undefined) readBitString(identifier, what);
  }
  const extensions = fields.optionalExplicit(0xa3, {
    what: "extensions",
    read: (inside) => readExtensions(inside.list(TAG.sequence, "extensions"), "extensions"),
  });
  if (extensions === undefined && !fields.atEnd) throw new DerError("wrong tag", "extensions");
  fields.end("tbsCertificate");
  return extensions ?? [];
}

/** Whether the identifier, when there is one, means this certificate as the issuer (RFC 5280 4.2.1.1). */
export function identifies(
  issuer: CertificateFields & Pick<ExtensionValues, "subjectKeyIdentifier">,
  identifier: AuthorityKeyIdentifier | undefined,
): boolean {
  if (identifier === undefined) return true;
  const { keyIdentifier, serialNumber } = identifier;
  const own = issuer.subjectKeyIdentifier;
  if (keyIdentifier && own && !equalBytes(keyIdentifier, own)) return false;
  if (serialNumber && !equalBytes(serialNumber, issuer.serialNumber)) return false;
  const directory = identifier.issuer?.find((name) => name.type === "directory");
  return directory?.type !== "directory" || directory.name.canonical === issuer.issuer.canonical;
}

/** Whether a key can have made signatures of this algorithm. */
export function signatureFitsKey(algorithm: AlgorithmIdentifier, key: PublicKey): boolean {
  const scheme = SIGNATURE_SCHEMES[algorithm.oid];
  return scheme !== undefined && key.isUsable && keyFitsScheme(key, scheme);
}

/** Whether two certificates are the same: signed part, algorithm and signature, however the rest is written. */
export function sameCertificate(a: Certificate, b: Certificate): boolean {
  return a === b ||
    (equalBytes(a.tbs, b.tbs) && sameAlgorithm(a.signatureAlgorithm, b.signatureAlgorithm) &&
      equalBytes(a.signatureBits, b.signatureBits));
}

/** Parses what follows the certificate in a `TRUSTED CERTIFICATE` block (OpenSSL's CertAux). */
export function parseTrustedCertificate(der: Uint8Array): Certificate {
  const file = new DerReader(der);
  const { bytes } = file.any("certificate");
  if (file.atEnd) return parseCertificate(bytes);
  // What is wrong with the certificate is found first.
  parseCertificate(bytes);
  return parseCertificate(bytes, readTrust(file.enter(TAG.sequence, "trust settings")));
}

function readTrust(fields: DerReader): AuxiliaryTrust {
  const what = "trust settings";
  const trusted = fields.optionalList(TAG.sequence, what);
  const trustedUses = trusted && readOids(trusted);
  const rejected = fields.optionalList(0xa0, what);
  const rejectedUses = rejected === undefined ? [] : readOids(rejected);
  fields.optional(TAG.utf8String, what);
  fields.optional(TAG.octetString, what);
  const others = fields.optionalList(0xa1, what);
  while (others !== undefined && !others.atEnd) readAlgorithm(others, what);
  fields.end(what);
  return { trusted: trustedUses, rejected: rejectedUses };
}

function readOids(list: DerReader): readonly string[] {
  const oids: string[] = [];
  while (!list.atEnd) oids.push(readOid(list.one(TAG.oid, "use"), "use"));
  return oids;
}

/** A serial number in upper-case hex of whole bytes, as it is usually quoted; negative ones with a minus. */
export function renderSerialHex(serialNumber: Uint8Array): string {
  const value = serialValue(serialNumber);
  const hex = (value < 0n ? -value : value).toString(16).toUpperCase();
  return `${value < 0n ? "-" : ""}${hex.length % 2 === 0 ? "" : "0"}${hex}`;
}

/** A serial number as the reference prints it: signed decimal, `-1` when it does not fit into 64 bits. */
export function renderSerialDecimal(serialNumber: Uint8Array): string {
  const value = serialValue(serialNumber);
  return BigInt.asIntN(64, value) === value ? value.toString() : "-1";
}

function serialValue(serialNumber: Uint8Array): bigint {
  const element = { tag: TAG.integer, body: serialNumber, bytes: serialNumber, depth: 0 };
  return readInteger(element, "serialNumber");
}
