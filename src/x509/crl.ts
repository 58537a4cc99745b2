/** Certificate revocation lists (RFC 5280 5), versions 1 and 2. */

import { type AlgorithmIdentifier, readAlgorithm } from "./algorithm.ts";
import { byteText } from "./bytes.ts";
import { contentsOf, DerError, DerReader, TAG } from "./der.ts";
import { integerBytes, readBitString, readInteger } from "./der_values.ts";
import {
  type AuthorityKeyIdentifier,
  type Extension,
  type IssuingDistributionPoint,
  readAuthorityKeyIdentifier,
  readExtensions,
  readIssuingDistributionPoint,
  readValue,
} from "./extensions.ts";
import { type GeneralName, readGeneralNames } from "./general_name.ts";
import { type DistinguishedName, readName } from "./name.ts";
import { EXTENSION } from "./oids.ts";
import { readTime, type X509Time } from "./time.ts";

/** One revoked certificate. */
export interface RevokedCertificate {
  /** Contents of the serial number's INTEGER, one character for each byte. */
  readonly serial: string;
  /** When it was revoked. */
  readonly revocationDate: X509Time;
  /** Reason code (RFC 5280 5.3.1), `undefined` when none is given. */
  readonly reason: number | undefined;
  /** Whose certificate it is, when not the CRL issuer's: valid from its entry on to the next that names one. */
  readonly issuer: readonly GeneralName[] | undefined;
}

/** A certificate revocation list. */
export interface Crl {
  /** The whole list. */
  readonly der: Uint8Array;
  /** The signed part. */
  readonly tbs: Uint8Array;
  /** 1 or 2. */
  readonly version: number;
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
  /** When it was made. */
  readonly thisUpdate: X509Time;
  /** When the next one is due. */
  readonly nextUpdate: X509Time | undefined;
  /** The revoked certificates by serial number. */
  readonly revoked: ReadonlyMap<string, readonly RevokedCertificate[]>;
  /** All extensions in their order. */
  readonly extensions: readonly Extension[];
  /** The key identifier of its issuer. */
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
  /** What it covers. */
  readonly issuingDistributionPoint: IssuingDistributionPoint | undefined;
  /** Its number. */
  readonly crlNumber: bigint | undefined;
  /** Whether it only lists changes to another one: it can revoke, but proves nothing good. */
  readonly isDelta: boolean;
  /** Whether it, or an entry, has a critical extension that is not known. */
  readonly hasUnhandledCritical: boolean;
  /** Name of the first extension that cannot be read; then nothing passes by this list. */
  readonly malformed: string | undefined;
}

/** Parses one CRL that fills `der`; throws `DerError` and nothing else. */
export function parseCrl(der: Uint8Array): Crl {
  const file = new DerReader(der);
  const outer = file.enter(TAG.sequence, "CRL");
  const tbs = outer.one(TAG.sequence, "tbsCertList");
  const list = readList(contentsOf(tbs));
  const signatureAlgorithm = readAlgorithm(outer, "signatureAlgorithm");
  const signature = readBitString(outer.one(TAG.bitString, "signature"), "signature");
  outer.end("CRL");
  file.end("CRL");
  return {
    der,
    tbs: tbs.bytes,
    signatureAlgorithm,
    signature: signature.unusedBits === 0 ? signature.bytes : undefined,
    signatureBits: signature.bytes,
    ...list,
  };
}

type ListFields = Omit<Crl, "der" | "tbs" | "signatureAlgorithm" | "signature" | "signatureBits">;

function readList(fields: DerReader): ListFields {
  const versionField = fields.optional(TAG.integer, "version");
  const version = versionField === undefined ? 0n : readInteger(versionField, "version");
  const innerAlgorithm = readAlgorithm(fields, "signature");
  const issuer = readName(fields, "issuer");
  const thisUpdate = readTime(fields, "thisUpdate");
  const hasNext = fields.isNext(TAG.utcTime, "nextUpdate") ||
    fields.isNext(TAG.generalizedTime, "nextUpdate");
  const nextUpdate = hasNext ? readTime(fields, "nextUpdate") : undefined;
  const list = readEntries(fields.optionalList(TAG.sequence, "revokedCertificates"));
  const tail = fields.optionalExplicit(0xa0, {
    what: "crlExtensions",
    read: (inside) => readExtensions(inside.list(TAG.sequence, "crlExtensions"), "crlExtensions"),
  });
  if (tail === undefined && !fields.atEnd) throw new DerError("wrong tag", "crlExtensions");
  fields.end("tbsCertList");
  const extensions = tail ?? [];
  const values = readCrlValues(extensions);
  return {
    version: version < 0n || version > 255n ? 0 : Number(version) + 1,
    innerAlgorithm,
    issuer,
    thisUpdate,
    nextUpdate,
    revoked: list.revoked,
    extensions,
    ...values,
    hasUnhandledCritical: list.hasCritical ||
      extensions.some((item) => item.critical && !HANDLED_CRITICAL_IN_CRL.has(item.oid)),
    malformed: values.malformed ?? list.malformed,
  };
}

const HANDLED_CRITICAL_IN_CRL: ReadonlySet<string> = new Set([
  EXTENSION.issuingDistributionPoint,
  EXTENSION.authorityKeyIdentifier,
  EXTENSION.deltaCrlIndicator,
]);

interface EntryList {
  readonly revoked: ReadonlyMap<string, readonly RevokedCertificate[]>;
  readonly hasCritical: boolean;
  readonly malformed: string | undefined;
}

function readEntries(list: DerReader | undefined): EntryList {
  const revoked = new Map<string, RevokedCertificate[]>();
  let hasCritical = false;
  let malformed: string | undefined;
  let issuer: readonly GeneralName[] | undefined;
  while (list !== undefined && !list.atEnd) {
    const fields = list.enter(TAG.sequence, "revoked certificate");
    const serial = byteText(integerBytes(fields.one(TAG.integer, "serial"), "serial"));
    const revocationDate = readTime(fields, "revocationDate");
    const tail = fields.optionalList(TAG.sequence, "crlEntryExtensions");
    if (tail === undefined && !fields.atEnd) throw new DerError("wrong tag", "crlEntryExtensions");
    const extensions = tail ? readExtensions(tail, "crlEntryExtensions") : [];
    fields.end("revoked certificate");
    const values = readEntryValues(extensions);
    issuer = values.issuer ?? issuer;
    malformed ??= values.malformed;
    hasCritical ||= extensions.some((item) =>
      item.critical && item.oid !== EXTENSION.certificateIssuer
    );
    const entry = { serial, revocationDate, reason: values.reason, issuer };
    const same = revoked.get(serial);
    if (same === undefined) revoked.set(serial, [entry]);
    else same.push(entry);
  }
  return { revoked, hasCritical, malformed };
}

/** Reads one extension by its name; a second one of the same kind or a wrong value marks the list. */
function readOne<T>(
  extensions: readonly Extension[],
  options: { readonly oid: string; readonly read: (reader: DerReader) => T },
): { readonly value: T | undefined; readonly isBad: boolean } {
  const [first, second] = extensions.filter((item) => item.oid === options.oid);
  if (first === undefined) return { value: undefined, isBad: false };
  if (second !== undefined) return { value: undefined, isBad: true };
  try {
    return { value: readValue(first.value, options.read), isBad: false };
  } catch (error) {
    if (error instanceof DerError) return { value: undefined, isBad: true };
    throw error;
  }
}

function readEntryValues(extensions: readonly Extension[]): {
  readonly reason: number | undefined;
  readonly issuer: readonly GeneralName[] | undefined;
  readonly malformed: string | undefined;
} {
  const reason = readOne(extensions, {
    oid: EXTENSION.reasonCode,
    read: (reader) => Number(readInteger(reader.one(TAG.enumerated, "reason"), "reason")),
  });
  const issuer = readOne(extensions, {
    oid: EXTENSION.certificateIssuer,
    read: (reader) => readGeneralNames(reader.list(TAG.sequence, "names"), "names"),
  });
  const isBad = reason.isBad || issuer.isBad;
  return {
    reason: reason.value,
    issuer: issuer.value,
    malformed: isBad ? "entry extension" : undefined,
  };
}

type CrlValues = Pick<
  Crl,
  "authorityKeyIdentifier" | "issuingDistributionPoint" | "crlNumber" | "isDelta" | "malformed"
>;

function readCrlValues(extensions: readonly Extension[]): CrlValues {
  const number = (oid: string): { value: bigint | undefined; isBad: boolean } =>
    readOne(extensions, { oid, read: (r) => readInteger(r.one(TAG.integer, "number"), "number") });
  const identifier = readOne(extensions, {
    oid: EXTENSION.authorityKeyIdentifier,
    read: readAuthorityKeyIdentifier,
  });
  const point = readOne(extensions, {
    oid: EXTENSION.issuingDistributionPoint,
    read: readIssuingDistributionPoint,
  });
  const crlNumber = number(EXTENSION.crlNumber);
  const base = number(EXTENSION.deltaCrlIndicator);
  const bad = [
    identifier.isBad ? "authorityKeyIdentifier" : undefined,
    point.isBad ? "issuingDistributionPoint" : undefined,
    crlNumber.isBad ? "crlNumber" : undefined,
    base.isBad ? "deltaCrlIndicator" : undefined,
  ];
  return {
    authorityKeyIdentifier: identifier.value,
    issuingDistributionPoint: point.value,
    crlNumber: crlNumber.value,
    isDelta: base.value !== undefined || base.isBad,
    malformed: bad.find((name) => name !== undefined),
  };
}
