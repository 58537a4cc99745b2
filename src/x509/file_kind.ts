/** What a file of keys, certificates or lists is, told by its bytes: for hints about a file that could not be loaded. */

import { parseCertificate } from "./certificate.ts";
import { parseCrl } from "./crl.ts";
import { DerError, DerReader, firstElement, TAG } from "./der.ts";
import type { FileFormat } from "./load.ts";
import { scanPem } from "./pem.ts";

/** What a file can hold. */
export type FileContent = "certificate" | "CRL" | "private key" | "PKCS#12";

/** What a file is. */
export interface FileKind {
  /** How it is written. */
  readonly format: FileFormat;
  /** What it holds, damaged or not, each kind once; empty: nothing of these. */
  readonly holds: readonly FileContent[];
}

/** The kind of a file by its bytes; `undefined`: neither PEM nor any of the DER that is known here. */
export function fileKindOf(bytes: Uint8Array): FileKind | undefined {
  const { blocks, faultLabel } = scanPem(bytes);
  if (blocks.length > 0 || faultLabel !== undefined) {
    const labels = [...blocks.map(({ label }) => label), faultLabel ?? ""];
    const holds = new Set(labels.flatMap((label) => contentOfLabel(label) ?? []));
    return { format: "pem", holds: [...holds] };
  }
  const found = DER_SHAPES.find(([, read]) => isRead(() => read(bytes)));
  return found && { format: "der", holds: [found[0]] };
}

function contentOfLabel(label: string): FileContent | undefined {
  if (label.endsWith("PRIVATE KEY")) return "private key";
  if (label.endsWith("CERTIFICATE")) return "certificate";
  return label === "X509 CRL" ? "CRL" : undefined;
}

function isRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}

type Shape = readonly [FileContent, (bytes: Uint8Array) => unknown];

/** Each throws `DerError` for what it is not. */
const DER_SHAPES: readonly Shape[] = [
  ["certificate", (bytes) => parseCertificate(firstElement(bytes, "certificate"))],
  ["CRL", (bytes) => parseCrl(firstElement(bytes, "CRL"))],
  ["PKCS#12", readStore],
  ["private key", readKey],
  ["private key", readEncryptedKey],
];

/** PFX (RFC 7292 4): a version and a ContentInfo, which begins with an object identifier. */
function readStore(bytes: Uint8Array): void {
  const fields = new DerReader(bytes).enter(TAG.sequence, "PFX");
  fields.one(TAG.integer, "version");
  fields.enter(TAG.sequence, "contents").one(TAG.oid, "type");
  fields.enter(TAG.sequence, "MAC").enter(TAG.sequence, "digest").enter(TAG.sequence, "algorithm");
}

/** PKCS #1, PKCS #8 and SEC 1 keys begin with a version, and what follows is one of three. */
function readKey(bytes: Uint8Array): void {
  const fields = new DerReader(bytes).enter(TAG.sequence, "key");
  fields.one(TAG.integer, "version");
  const types = [TAG.sequence, TAG.octetString, TAG.integer];
  if (!types.some((type) => fields.isNext(type, "key"))) throw new DerError("wrong tag", "key");
}

/** EncryptedPrivateKeyInfo (RFC 5958 3). */
function readEncryptedKey(bytes: Uint8Array): void {
  const fields = new DerReader(bytes).enter(TAG.sequence, "key");
  fields.enter(TAG.sequence, "algorithm").one(TAG.oid, "algorithm");
  fields.one(TAG.octetString, "key");
  fields.end("key");
}
