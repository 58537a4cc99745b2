/**
 * PKCS#12 files (RFC 7292): a private key with its certificates, under one password.
 *
 * Their integrity is checked by the password before anything in them is used. Loaded only when a key or certificate
 * file turns out to be one.
 */

import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { decryptWith, KeyError, keyMatchesCertificate, loadPrivateKey } from "./keys.ts";
import { type EncryptedKey, readEncryption } from "./key_container.ts";
import { derivePkcs12 } from "./key_derivation.ts";
import {
  collectPieces,
  contentsOf,
  type DerElement,
  DerError,
  DerReader,
  encodePem,
  firstElement,
  loadOwnCertificates,
  readInteger,
  readOid,
  TAG,
} from "../x509/mod.ts";

/** What a file holds, as the PEM that a key file and a certificate file would have. */
export interface OpenedPkcs12 {
  /** The key that a certificate in the file is for; empty when it holds none. */
  readonly keyPem: string;
  /** The certificates, that of the key first; empty when it holds none. */
  readonly certificatesPem: string;
}

const ID = {
  data: "1.2.840.113549.1.7.1",
  encryptedData: "1.2.840.113549.1.7.6",
  keyBag: "1.2.840.113549.1.12.10.1.1",
  shroudedKeyBag: "1.2.840.113549.1.12.10.1.2",
  certBag: "1.2.840.113549.1.12.10.1.3",
  x509: "1.2.840.113549.1.9.22.1",
} as const;

/** Hashes of the integrity check, with the block length that the derivation of its key takes. */
const MAC_HASHES: Readonly<Record<string, { readonly name: string; readonly block: number }>> = {
  "1.3.14.3.2.26": { name: "sha1", block: 64 },
  "2.16.840.1.101.3.4.2.4": { name: "sha224", block: 64 },
  "2.16.840.1.101.3.4.2.1": { name: "sha256", block: 64 },
  "2.16.840.1.101.3.4.2.2": { name: "sha384", block: 128 },
  "2.16.840.1.101.3.4.2.3": { name: "sha512", block: 128 },
};

/** Limits for a file that was made to keep us busy: bags in all, and rounds of all derivations together. */
const MOST = { bags: 200, rounds: 10_000_000, macRounds: 1_000_000 } as const;

/** Whether the file begins as one: a sequence of version 3 and a content. */
export function isPkcs12(bytes: Uint8Array): boolean {
  try {
    const fields = contentsOf(outer(bytes));
    return readInteger(fields.one(TAG.integer, "version"), "version") === 3n &&
      fields.nextTag === TAG.sequence;
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}

function outer(bytes: Uint8Array): DerElement {
  return new DerReader(firstElement(bytes, "PKCS#12 file")).one(TAG.sequence, "PKCS#12 file");
}

/** Opens the file. Throws `KeyError` when the password is not the one, or nothing in it can be used. */
export function openPkcs12(bytes: Uint8Array, password: string | undefined): OpenedPkcs12 {
  try {
    return open(bytes, password);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    throw unreadable("it is damaged, or not PKCS#12 as RFC 7292 has it");
  }
}

function unreadable(why: string): KeyError {
  return new KeyError("unreadable", { message: `the PKCS#12 file cannot be used: ${why}` });
}

function open(bytes: Uint8Array, password: string | undefined): OpenedPkcs12 {
  const fields = contentsOf(outer(bytes));
  fields.one(TAG.integer, "version");
  const content = contentOf(fields.one(TAG.sequence, "content"));
  if (content.id !== ID.data) throw unreadable("it is signed with a key, not with a password");
  const mac = fields.optional(TAG.sequence, "integrity");
  const found: Found = { keys: [], certificates: [], bags: 0, rounds: 0 };
  const known = mac === undefined
    ? password ?? ""
    : passwordThatFits(content.octets, { mac, password, found });
  const safes = new DerReader(content.octets).enter(TAG.sequence, "contents");
  while (!safes.atEnd) readSafe(safes.one(TAG.sequence, "content"), { password: known, found });
  return chosen(found);
}

/** What was found on the way, and how much work it was. */
interface Found {
  readonly keys: Uint8Array[];
  readonly certificates: Uint8Array[];
  bags: number;
  rounds: number;
}

/** A ContentInfo whose content is octets. */
function contentOf(element: DerElement): { readonly id: string; readonly octets: Uint8Array } {
  const fields = contentsOf(element);
  const id = readOid(fields.one(TAG.oid, "content type"), "content type");
  const inner = contentsOf(fields.one(0xa0, "content"));
  if (id !== ID.data) return { id, octets: inner.any("content").bytes };
  return { id, octets: octetsOf(inner.any("octets")) };
}

/** The octets of a string, in one piece or in several. */
function octetsOf(element: DerElement): Uint8Array {
  const isInPieces = (element.tag & 0x20) !== 0;
  return isInPieces ? collectPieces(element, { what: "octets", depth: 1 }) : element.body;
}

/** The password by which the integrity holds; an empty one has two forms. */
function passwordThatFits(
  octets: Uint8Array,
  { mac, password, found }: {
    readonly mac: DerElement;
    readonly password: string | undefined;
    readonly found: Found;
  },
): string | null {
  const candidates = password === undefined || password === "" ? ["", null] : [password];
  const check = readMac(mac, found);
  const fitting = candidates.find((one) => check(octets, one));
  if (fitting !== undefined) return fitting;
  throw password === undefined
    ? new KeyError("no-password", { message: "the PKCS#12 file needs a password" })
    : new KeyError("wrong-password", { message: "the password does not open the PKCS#12 file" });
}

/** MacData (RFC 7292 4): the hash, the salt, and how often it is repeated. */
function readMac(
  mac: DerElement,
  found: Found,
): (octets: Uint8Array, password: string | null) => boolean {
  const fields = contentsOf(mac);
  const digestInfo = fields.enter(TAG.sequence, "digest");
  const algorithm = digestInfo.enter(TAG.sequence, "digest algorithm");
  const hash = MAC_HASHES[readOid(algorithm.one(TAG.oid, "digest"), "digest")];
  if (hash === undefined) throw unreadable("its integrity is protected in a way that is not known");
  const digest = digestInfo.one(TAG.octetString, "digest").body;
  const salt = fields.one(TAG.octetString, "salt").body;
  const rounds = fields.optional(TAG.integer, "iterations");
  const iterations = rounds === undefined ? 1 : Number(readInteger(rounds, "iterations"));
  if (iterations < 1 || iterations > MOST.macRounds) {
    throw unreadable("it asks for too much work to check");
  }
  return (octets, password) => {
    spend(found, iterations);
    const key = derivePkcs12({ salt, iterations }, {
      password,
      id: 3,
      length: digest.length,
      block: hash.block,
      digest: (...parts) => {
        const state = createHash(hash.name);
        for (const part of parts) state.update(part);
        return state.digest();
      },
    });
    const own = createHmac(hash.name, key).update(octets).digest();
    return own.length === digest.length && timingSafeEqual(own, digest);
  };
}

function spend(found: Found, rounds: number): void {
  found.rounds += rounds;
  if (found.rounds > MOST.rounds) throw unreadable("it asks for too much work to decrypt");
}

interface Opening {
  readonly password: string | null;
  readonly found: Found;
}

function readSafe(element: DerElement, opening: Opening): void {
  const { id, octets } = contentOf(element);
  if (id === ID.data) return readBags(octets, opening);
  if (id !== ID.encryptedData) {
    throw unreadable("a part of it is encrypted with a key, not with a password");
  }
  const fields = new DerReader(octets).enter(TAG.sequence, "encrypted data");
  fields.one(TAG.integer, "version");
  const info = fields.enter(TAG.sequence, "encrypted content");
  info.one(TAG.oid, "content type");
  const algorithm = info.enter(TAG.sequence, "encryption");
  const data = octetsOf(info.any("encrypted content"));
  readBags(decrypted(readEncryption(algorithm, data), opening), opening);
}

function decrypted(
  encrypted: EncryptedKey | undefined,
  { password, found }: Opening,
): Uint8Array {
  if (encrypted === undefined) throw unreadable("it is encrypted in a way that is not known");
  const { derivation } = encrypted;
  spend(found, "iterations" in derivation ? derivation.iterations : 1);
  const plain = decryptWith(encrypted, password);
  if (plain !== undefined) return plain;
  throw new KeyError("wrong-password", { message: "the password does not open the PKCS#12 file" });
}

function readBags(octets: Uint8Array, opening: Opening): void {
  const bags = new DerReader(octets).enter(TAG.sequence, "bags");
  while (!bags.atEnd) {
    opening.found.bags += 1;
    if (opening.found.bags > MOST.bags) throw unreadable(`it has more than ${MOST.bags} entries`);
    readBag(bags.enter(TAG.sequence, "bag"), opening);
  }
}

/** Other bags (revocation lists, secrets) are passed over. */
function readBag(fields: DerReader, opening: Opening): void {
  const id = readOid(fields.one(TAG.oid, "bag type"), "bag type");
  const value = contentsOf(fields.one(0xa0, "bag value"));
  if (id === ID.keyBag) opening.found.keys.push(value.any("key").bytes);
  if (id === ID.shroudedKeyBag) {
    const key = value.enter(TAG.sequence, "encrypted key");
    const algorithm = key.enter(TAG.sequence, "encryption");
    const data = octetsOf(key.any("encrypted key"));
    opening.found.keys.push(decrypted(readEncryption(algorithm, data), opening));
  }
  if (id !== ID.certBag) return;
  const bag = value.enter(TAG.sequence, "certificate");
  if (readOid(bag.one(TAG.oid, "certificate type"), "certificate type") !== ID.x509) return;
  opening.found.certificates.push(
    octetsOf(contentsOf(bag.one(0xa0, "certificate")).any("certificate")),
  );
}

/** The one key that a certificate in the file is for. */
function chosen({ keys, certificates }: Found): OpenedPkcs12 {
  const pems = certificates.map((der) => encodePem("CERTIFICATE", der));
  const pairs = keys.map((key) => {
    const keyPem = encodePem("PRIVATE KEY", key);
    return { keyPem, own: pems.findIndex((pem) => isPair(keyPem, pem)) };
  });
  const complete = pairs.filter(({ own }) => own >= 0);
  if (complete.length > 1) {
    throw unreadable(
      `it holds ${complete.length} keys with a certificate each: put the one that is meant into a file of its own`,
    );
  }
  const [only = pairs[0]] = complete;
  const own = pems[only?.own ?? -1];
  const others = pems.filter((pem) => pem !== own);
  return {
    keyPem: only?.keyPem ?? "",
    certificatesPem: [...own === undefined ? [] : [own], ...others].join(""),
  };
}

function isPair(keyPem: string, certificatePem: string): boolean {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const loaded = loadOwnCertificates({ ok: true, bytes: bytes(certificatePem) }, "pem");
  if (!loaded.ok) return false;
  try {
    const key = loadPrivateKey(bytes(keyPem), { format: "pem", password: undefined });
    return keyMatchesCertificate(key, loaded.certificates[0]);
  } catch (error) {
    if (error instanceof KeyError) return false;
    throw error;
  }
}
