/**
 * Certificates and CRLs from files, as the reference loads them for `+cf`, `+crl`, `+cd`, `+vc` and `+rc`.
 *
 * A failure carries the entries that the reference's library leaves in its error queue, oldest first: the first
 * one is what the reference prints. For damaged DER inside a block the entry is told from our own reading; the
 * library may name another of several defects.
 */

import { type Certificate, parseCertificate, parseTrustedCertificate } from "./certificate.ts";
import { type Crl, parseCrl } from "./crl.ts";
import { type DerDefect, DerError, firstElement } from "./der.ts";
import { type PemBlock, type PemFault, scanPem } from "./pem.ts";

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

/** The line the reference prints for an entry: `OpenSSL error 05800088: no certificate or crl found`. */
export function renderLibraryError(error: LibraryError): string {
  const code = error.code.toString(16).padStart(8, "0");
  return `OpenSSL error ${code}: ${error.reason ?? "OpenSSL error"}`;
}

/** Loads a `+cf` or `+crl` file: all certificates and CRLs of a PEM file, or one DER certificate. */
export function loadTrustFile(contents: FileContents, format: FileFormat): Loaded<TrustFile> {
  if (format === "der") return loadDerTrustFile(contents);
  if (!contents.ok && contents.errno !== ERRNO.isDirectory) {
    return { ok: false, errors: pemOpenErrors(contents.errno) };
  }
  const scan = scanPem(contents.ok ? contents.bytes : new Uint8Array());
  if (scan.fault !== undefined) return { ok: false, errors: pemFaultErrors(scan.fault) };
  const certificates: Certificate[] = [];
  const crls: Crl[] = [];
  try {
    for (const block of scan.blocks) readTrustBlock(block, { certificates, crls });
  } catch (error) {
    return { ok: false, errors: pemDerErrors(error) };
  }
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
  if (!isCertificate && !isTrusted && !isCrl) return;
  if (block.header !== "") throw new DerError("value", "header lines in a certificate block");
  if (isCrl) into.crls.push(parseCrl(firstElement(block.data, "CRL")));
  else if (isTrusted) into.certificates.push(parseTrustedCertificate(block.data));
  else into.certificates.push(parseCertificate(firstElement(block.data, "certificate")));
}

const CERTIFICATE_LABELS: readonly string[] = ["CERTIFICATE", "X509 CERTIFICATE"];
const TRUSTED_LABEL = "TRUSTED CERTIFICATE";
const CRL_LABEL = "X509 CRL";

function loadDerTrustFile(contents: FileContents): Loaded<TrustFile> {
  if (!contents.ok) return { ok: false, errors: derOpenErrors(contents.errno) };
  try {
    const certificate = parseCertificate(firstElement(contents.bytes, "certificate"));
    return { ok: true, certificates: [certificate], crls: [] };
  } catch (error) {
    return { ok: false, errors: derFileErrors(error) };
  }
}

/** The certificates of a file given with `+vc`, `+rc` or as own certificate: the first, and those after it. */
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

const ASN1_ERRORS: Readonly<Record<DerDefect, LibraryError>> = {
  truncated: { code: 0x0680009b, reason: "too long" },
  length: { code: 0x0680007b, reason: "header too long" },
  tag: { code: 0x068000a8, reason: "wrong tag" },
  value: { code: 0x068000a8, reason: "wrong tag" },
  trailing: { code: 0x06800094, reason: "sequence length mismatch" },
  depth: { code: 0x068000c9, reason: "nested too deep" },
  missing: { code: 0x06800079, reason: "field missing" },
};

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
  if (!(error instanceof DerError)) throw error;
  return [ASN1_ERRORS[error.defect], NESTED, { code: 0x0488000d, reason: "ASN1 lib" }, PEM_LIB];
}

function derFileErrors(error: unknown): readonly LibraryError[] {
  if (!(error instanceof DerError)) throw error;
  const asn1Lib = { code: 0x0588000d, reason: "ASN1 lib" };
  if (error.defect === "missing") return [asn1Lib];
  const first = error.defect === "truncated"
    ? { code: 0x0680008e, reason: "not enough data" }
    : ASN1_ERRORS[error.defect];
  return [first, NESTED, asn1Lib];
}
