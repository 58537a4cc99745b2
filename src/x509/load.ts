/**
 * Certificates and CRLs from files, as the reference loads them for `+cf`, `+crl`, `+cd`, `+vc` and `+rc`.
 *
 * A failure carries the entries that the reference's library leaves in its error queue, oldest first: the first
 * one is what the reference prints. For damaged DER inside a block the entry is reported from our own reading; the
 * library may name another of several defects.
 */

import { type Certificate, parseCertificate, parseTrustedCertificate } from "./certificate.ts";
import { type Crl, parseCrl } from "./crl.ts";
import { DerError, DerReader, firstElement, TAG } from "./der.ts";
import { DER_DEFECTS, type DerDefect } from "./der_error.ts";
import { integerBytes } from "./der_values.ts";
import { type PemBlock, type PemFault, scanPem } from "./pem.ts";
import { type PemHeaderFault, readPemHeader } from "./pem_header.ts";

/** What a file reader gives: bytes, or the system's error number. */
export type FileContents =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly errno: number };

/** Reads whole files; the only way this room reaches a disk. */
export interface FileReader {
  /** Reads one file. A directory gives error number 21 (EISDIR), a missing file 2 (ENOENT). */
  read(path: string): FileContents;
}

/** How files are written: `-pem` or `-der`. */
export type FileFormat = "pem" | "der";

/** One entry of the error queue of the reference's library. */
export interface LibraryError {
  /** Its code, printed as eight hex digits. */
  readonly code: number;
  /** Its text; `undefined` for errors of the system, which print as `OpenSSL error`. */
  readonly reason: string | undefined;
}

/** Something loaded, or why not. */
export type Loaded<T> =
  | ({ readonly ok: true } & T)
  | { readonly ok: false; readonly errors: readonly LibraryError[] };

/** What a trust file holds. */
export interface TrustFile {
  /** Its certificates in their order. */
  readonly certificates: readonly Certificate[];
  /** Its CRLs in their order. */
  readonly crls: readonly Crl[];
}

/** Error numbers used here. */
export const ERRNO = { noEntry: 2, accessDenied: 13, isDirectory: 21 } as const;

/** Loads a `+cf` or `+crl` file: all certificates and CRLs of a PEM file, or one DER certificate. */
export function loadTrustFile(contents: FileContents, format: FileFormat): Loaded<TrustFile> {
  if (format === "der") return loadDerTrustFile(contents);
  if (!contents.ok && contents.errno !== ERRNO.isDirectory) {
    return { ok: false, errors: pemOpenErrors(contents.errno) };
  }
  const scan = scanPem(contents.ok ? contents.bytes : new Uint8Array());
  const certificates: Certificate[] = [];
  const crls: Crl[] = [];
  try {
    for (const block of scan.blocks) readTrustBlock(block, { certificates, crls });
  } catch (error) {
    return { ok: false, errors: pemDerErrors(error) };
  }
  if (scan.fault !== undefined) return { ok: false, errors: pemFaultErrors(scan.fault) };
  if (certificates.length + crls.length === 0) {
    return { ok: false, errors: [{ code: 0x05800088, reason: "no certificate or crl found" }] };
  }
  return { ok: true, certificates, crls };
}

function readTrustBlock(
  block: PemBlock,
  into: { readonly certificates: Certificate[]; readonly crls: Crl[] },
): void {
  const isCertificate = CERTIFICATE_LABELS.includes(block.label);
  const isTrusted = block.label === TRUSTED_LABEL;
  const isCrl = block.label === CRL_LABEL;
  if (block.label.includes(PRIVATE_KEY_LABEL)) return checkPrivateKey(block);
  if (!isCertificate && !isTrusted && !isCrl) return;
  requireClear(block.header);
  if (isCrl) into.crls.push(parseCrl(firstElement(block.data, "CRL")));
  else if (isTrusted) into.certificates.push(parseTrustedCertificate(block.data));
  else into.certificates.push(parseCertificate(firstElement(block.data, "certificate")));
}

/** A private key is not used here, but a damaged one makes the library refuse the whole file. */
function checkPrivateKey(block: PemBlock): void {
  const read = block.header === "" ? undefined : readPemHeader(block.header);
  if (read !== undefined && "fault" in read) throw new BlockError(read.fault);
  if (read !== undefined || block.label === "ENCRYPTED PRIVATE KEY") return;
  const what = "private key";
  try {
    const fields = new DerReader(block.data).enter(TAG.sequence, what);
    integerBytes(fields.one(TAG.integer, what), what);
    const types = [TAG.sequence, TAG.octetString, TAG.integer];
    if (!types.some((type) => fields.isNext(type, what))) throw new DerError("wrong tag", what);
    while (!fields.atEnd) fields.any(what);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    throw new BlockError({ code: 0x1e08010c, reason: "unsupported" });
  }
}

/** Throws `BlockError` for header lines that the library does not take, and for those that say how it is encrypted. */
function requireClear(header: string): void {
  if (header === "") return;
  const read = readPemHeader(header);
  throw new BlockError("fault" in read ? read.fault : { code: 0x04800065, reason: "bad decrypt" });
}

/** What is wrong with a block of a PEM file apart from its ASN.1. */
class BlockError extends Error {
  override readonly name = "BlockError";
  /** What the library says: nothing, where it refuses the block without a word. */
  readonly libraryErrors: readonly LibraryError[];

  constructor(fault: PemHeaderFault) {
    super(
      fault === "silent" ? "Header lines that are not those of an encrypted block" : fault.reason,
    );
    this.libraryErrors = fault === "silent" ? [] : [fault];
  }
}

const PRIVATE_KEY_LABEL = "PRIVATE KEY";
const CERTIFICATE_LABELS: readonly string[] = ["CERTIFICATE", "X509 CERTIFICATE"];
const TRUSTED_LABEL = "TRUSTED CERTIFICATE";
const CRL_LABEL = "X509 CRL";

function loadDerTrustFile(contents: FileContents): Loaded<TrustFile> {
  if (!contents.ok) return { ok: false, errors: derOpenErrors(contents.errno) };
  try {
    const certificate = parseCertificate(fileElement(contents.bytes, "certificate"));
    return { ok: true, certificates: [certificate], crls: [] };
  } catch (error) {
    return { ok: false, errors: derFileErrors(error) };
  }
}

/** The certificates of a file given with `+vc` or `+rc`: the first, and those after it. */
export function readCertificates(bytes: Uint8Array, format: FileFormat): readonly Certificate[] {
  if (format === "der") {
    return attempt(() => [parseCertificate(firstElement(bytes, "certificate"))]);
  }
  const certificates: Certificate[] = [];
  for (const block of scanPem(bytes).blocks) {
    if (!CERTIFICATE_LABELS.includes(block.label)) continue;
    if (block.header !== "") break;
    const [parsed] = attempt(() => [parseCertificate(firstElement(block.data, "certificate"))]);
    if (parsed === undefined) break;
    certificates.push(parsed);
  }
  return certificates;
}

/** What was read of the file of an own certificate, and what the library says about what ended the reading. */
export function readOwnFile(
  bytes: Uint8Array,
  format: FileFormat,
): {
  readonly certificates: readonly Certificate[];
  /** Empty for damage that it has no words for; `undefined`: the end of the file. */
  readonly errors: readonly LibraryError[] | undefined;
} {
  const certificates: Certificate[] = [];
  try {
    if (format === "der") {
      return {
        certificates: [parseCertificate(fileElement(bytes, "certificate"))],
        errors: undefined,
      };
    }
    const { blocks, fault } = scanPem(bytes);
    for (const { label, header, data } of blocks) {
      if (!CERTIFICATE_LABELS.includes(label)) continue;
      requireClear(header);
      // Of the leaf, trust settings may follow the certificate; after the others is anything.
      const isLeaf = certificates.length === 0;
      certificates.push(
        isLeaf
          ? parseTrustedCertificate(data)
          : parseCertificate(firstElement(data, "certificate")),
      );
    }
    return { certificates, errors: fault && pemFaultErrors(fault).slice(0, -1) };
  } catch (error) {
    if (error instanceof BlockError) return { certificates, errors: error.libraryErrors };
    if (!(error instanceof DerError)) throw error;
    const errors = error.defect === "too small" ? [] : [asn1Error(error.defect), NESTED];
    return { certificates, errors };
  }
}

/** The certificates of one file of a hashed directory: all up to the first damaged block. */
export function readDirectoryCertificates(
  bytes: Uint8Array,
  format: FileFormat,
): readonly Certificate[] {
  if (format === "der") return readCertificates(bytes, format);
  const labels = [...CERTIFICATE_LABELS, TRUSTED_LABEL];
  return readWhileSound(scanPem(bytes).blocks.filter((block) => labels.includes(block.label)), {
    read: (block) =>
      block.label === TRUSTED_LABEL
        ? parseTrustedCertificate(block.data)
        : parseCertificate(firstElement(block.data, "certificate")),
  });
}

/** The CRLs of one file of a hashed directory: all up to the first damaged block. */
export function readDirectoryCrls(bytes: Uint8Array, format: FileFormat): readonly Crl[] {
  if (format === "der") return attempt(() => [parseCrl(firstElement(bytes, "CRL"))]);
  return readWhileSound(scanPem(bytes).blocks.filter((block) => block.label === CRL_LABEL), {
    read: (block) => parseCrl(firstElement(block.data, "CRL")),
  });
}

function readWhileSound<T>(
  blocks: readonly PemBlock[],
  options: { readonly read: (block: PemBlock) => T },
): readonly T[] {
  const found: T[] = [];
  for (const block of blocks) {
    const [value] = block.header === "" ? attempt(() => [options.read(block)]) : [];
    if (value === undefined) break;
    found.push(value);
  }
  return found;
}

function attempt<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}

function asn1Error(defect: DerDefect): LibraryError {
  return { code: 0x06800000 + DER_DEFECTS[defect], reason: defect };
}

const NESTED: LibraryError = { code: 0x0688010a, reason: "nested asn1 error" };
const PEM_LIB: LibraryError = { code: 0x05880009, reason: "PEM lib" };
const SYSTEM_LIB: LibraryError = { code: 0x05880002, reason: "system lib" };

/** The entry for an error of the system; the first one of every file that cannot be opened. */
export function systemLibraryError(errno: number): LibraryError {
  return { code: 0x80000000 + errno, reason: undefined };
}

function pemOpenErrors(errno: number): readonly LibraryError[] {
  const stream = errno === ERRNO.noEntry
    ? { code: 0x10000080, reason: "no such file" }
    : { code: 0x10080002, reason: "system lib" };
  return [systemLibraryError(errno), stream, SYSTEM_LIB];
}

function derOpenErrors(errno: number): readonly LibraryError[] {
  return [systemLibraryError(errno), { code: 0x10080002, reason: "system lib" }, SYSTEM_LIB];
}

function pemFaultErrors(fault: PemFault): readonly LibraryError[] {
  switch (fault) {
    case "bad-base64":
      return [{ code: 0x04800064, reason: "bad base64 decode" }, PEM_LIB];
    case "bad-end-line":
      return [{ code: 0x04800066, reason: "bad end line" }, PEM_LIB];
    case "silent":
      return [PEM_LIB];
  }
}

function pemDerErrors(error: unknown): readonly LibraryError[] {
  if (error instanceof BlockError) return [...error.libraryErrors, PEM_LIB];
  if (!(error instanceof DerError)) throw error;
  return [asn1Error(error.defect), NESTED, { code: 0x0488000d, reason: "ASN1 lib" }, PEM_LIB];
}

/** A file that ends before its element does is reported from one whose element is wrong. */
function derFileErrors(error: unknown): readonly LibraryError[] {
  if (!(error instanceof DerError)) throw error;
  const asn1Lib = { code: 0x0588000d, reason: "ASN1 lib" };
  if (error.defect === "too small") return [asn1Lib];
  return [asn1Error(error.defect), NESTED, asn1Lib];
}

/** The one element of a DER file. */
function fileElement(bytes: Uint8Array, what: string): Uint8Array {
  try {
    return firstElement(bytes, what);
  } catch (error) {
    const isCut = error instanceof DerError &&
      (error.defect === "too long" || error.defect === "missing eoc");
    throw isCut ? new DerError("not enough data", what) : error;
  }
}
