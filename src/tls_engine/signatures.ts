/** Proofs that a side has the key of its certificate (RFC 8446 4.2.3, RFC 5246 7.4.1.4.1, RFC 8422 5.4). */

import { Buffer } from "node:buffer";
import { constants, createHash, type KeyObject, sign, verify } from "node:crypto";
import {
  CURVES,
  DerError,
  DerReader,
  keyObject,
  type PublicKey,
  readInteger,
  TAG,
  verifyEcdsa,
} from "../tls/mod.ts";
import { VERSION } from "./codes.ts";
import { require } from "./failure.ts";

/** What a scheme is made of. */
interface Scheme {
  readonly key: "rsa" | "dsa" | "ec" | "rsa-pss" | "ed25519" | "ed448";
  /** Whether an RSA key signs with RSASSA-PSS. */
  readonly isPss: boolean;
  /** As the runtime's cryptography calls it; empty where the scheme has its own. */
  readonly hash: string;
}

const HASHES = ["", "md5", "sha1", "sha224", "sha256", "sha384", "sha512"] as const;
const KEYS = ["", "rsa", "dsa", "ec"] as const;
const PSS_HASHES = ["sha256", "sha384", "sha512"] as const;

/** Lengths of hashes in bytes. */
const HASH_LENGTHS: Readonly<Record<string, number>> = {
  "md5": 16,
  "sha1": 20,
  "sha224": 28,
  "sha256": 32,
  "sha384": 48,
  "sha512": 64,
  "md5-sha1": 36,
};

/** The scheme with this number; `undefined`: none that we know. */
function schemeOf(code: number): Scheme | undefined {
  if (code === 0x0807) return { key: "ed25519", isPss: false, hash: "" };
  if (code === 0x0808) return { key: "ed448", isPss: false, hash: "" };
  const pss = code - 0x0804;
  if (pss >= 0 && pss < 3) return { key: "rsa", isPss: true, hash: PSS_HASHES[pss] ?? "" };
  const own = code - 0x0809;
  if (own >= 0 && own < 3) return { key: "rsa-pss", isPss: true, hash: PSS_HASHES[own] ?? "" };
  const hash = HASHES[code >> 8];
  const key = KEYS[code & 0xff];
  if (hash === undefined || hash === "" || key === undefined || key === "") return undefined;
  return { key, isPss: false, hash };
}

/** Up to TLS 1.1 the key says how it signs. */
function legacyScheme(key: PublicKey): Scheme | undefined {
  if (key.kind === "rsa") return { key: "rsa", isPss: false, hash: "md5-sha1" };
  if (key.kind === "dsa" || key.kind === "ec") return { key: key.kind, isPss: false, hash: "sha1" };
  return undefined;
}

/** Curves that TLS 1.3 binds to a scheme (RFC 8446 4.2.3). */
const CURVES_OF_13: Readonly<Record<number, string>> = {
  0x0403: "P-256",
  0x0503: "P-384",
  0x0603: "P-521",
};

/** Whether a key may sign by this scheme in this version. */
function fits(key: PublicKey, about: { readonly code: number; readonly version: number }): boolean {
  const scheme = schemeOf(about.code);
  if (scheme === undefined || scheme.key !== key.kind) return false;
  if (about.version < VERSION.tls13) return true;
  if (scheme.key === "ec") return curveName(key) === CURVES_OF_13[about.code];
  return scheme.key !== "dsa" && (scheme.key !== "rsa" || scheme.isPss);
}

function curveName(key: PublicKey): string | undefined {
  return key.curve === undefined ? undefined : CURVES[key.curve]?.name;
}

/** Keys beyond this are not tried: the reference's library stops there too. */
const MOST_BITS = 16_384;

/** What is proved by whom. */
export interface Proof {
  /** Whose signature it must be. */
  readonly key: PublicKey;
  /** Number of the scheme; `undefined` up to TLS 1.1. */
  readonly code: number | undefined;
  /** Negotiated version. */
  readonly version: number;
  /** What was signed. */
  readonly message: Uint8Array;
  /** The signature. */
  readonly signature: Uint8Array;
}

/** Throws an `EngineError` unless the signature is good. */
export function verifyProof({ key, code, version, message, signature }: Proof): void {
  require(key.isUsable && key.bits <= MOST_BITS, "certificate-key");
  require(code === undefined || fits(key, { code, version }), "signature-scheme");
  const scheme = code === undefined ? legacyScheme(key) : schemeOf(code);
  require(scheme !== undefined, "signature-scheme");
  let isGood = false;
  try {
    isGood = check(scheme, { key, message, signature });
  } catch {
    // Numbers that the runtime's cryptography refuses are no signature.
  }
  require(isGood, "signature");
}

function check(
  scheme: Scheme,
  { key, message, signature }: Pick<Proof, "key" | "message" | "signature">,
): boolean {
  if (scheme.key === "ec") return checkEc(scheme.hash, { key, message, signature });
  const object = keyObject(key);
  if (scheme.hash === "") return verify(null, message, object, signature);
  return verify(scheme.hash, message, withPadding(scheme, object), signature);
}

function withPadding({ isPss, hash }: Scheme, key: KeyObject) {
  if (!isPss) return key;
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return { key, padding, saltLength: HASH_LENGTHS[hash] ?? 0 };
}

function checkEc(
  hash: string,
  { key, message, signature }: Pick<Proof, "key" | "message" | "signature">,
): boolean {
  const curve = key.curve === undefined ? undefined : CURVES[key.curve];
  if (curve === undefined) return false;
  if (isNative(curve.name, hash)) return verify(hash, message, keyObject(key), signature);
  try {
    const fields = new DerReader(signature).enter(TAG.sequence, "signature");
    const r = readInteger(fields.one(TAG.integer, "r"), "r");
    const s = readInteger(fields.one(TAG.integer, "s"), "s");
    fields.end("signature");
    const digest = Uint8Array.from(createHash(hash).update(message).digest());
    return verifyEcdsa(curve, { publicPoint: key.keyBytes, digest, r, s });
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}

/** Curves and hashes that the runtime combines: it wants half a curve's length at least. */
function isNative(curve: string, hash: string): boolean {
  if (curve === "P-256") return hash !== "md5";
  if (curve === "P-384") return ["sha256", "sha384", "sha512"].includes(hash);
  return curve === "P-521" && ["sha384", "sha512"].includes(hash);
}

/** How we prove that we have the key of our certificate. */
export interface OwnProof {
  /** The key of the certificate. */
  readonly key: PublicKey;
  /** Its private half. */
  readonly privateKey: KeyObject;
  /** Negotiated version. */
  readonly version: number;
}

/** The first of the peer's schemes that we offer too and our key can sign by; `undefined`: none, or up to TLS 1.1. */
export function chooseScheme(
  wanted: readonly number[],
  { key, version, offered }: Omit<OwnProof, "privateKey"> & { readonly offered: readonly number[] },
): number | undefined {
  return wanted.find((code) => offered.includes(code) && canSign(key, { code, version }));
}

function canSign(
  key: PublicKey,
  about: { readonly code: number; readonly version: number },
): boolean {
  if (!fits(key, about)) return false;
  const scheme = schemeOf(about.code);
  return scheme !== undefined && hasRoom(key, scheme);
}

/** Up to TLS 1.1 there is nothing to choose; the runtime does not sign SHA-1 with all curves. */
export function canSignLegacy(key: PublicKey): boolean {
  const scheme = legacyScheme(key);
  return scheme !== undefined && hasRoom(key, scheme);
}

/** RSASSA-PSS needs room for hash and salt (RFC 8017 9.1.1); curves need the runtime. */
function hasRoom(key: PublicKey, { isPss, hash, key: kind }: Scheme): boolean {
  if (kind === "ec") return isNative(curveName(key) ?? "", hash);
  return !isPss || Math.ceil((key.bits - 1) / 8) >= 2 * (HASH_LENGTHS[hash] ?? 0) + 2;
}

/** Signs `message` by the scheme with this number; `undefined`: as up to TLS 1.1. */
export function signProof(
  code: number | undefined,
  { key, privateKey, message }: OwnProof & { readonly message: Uint8Array },
): Uint8Array {
  const scheme = code === undefined ? legacyScheme(key) : schemeOf(code);
  if (scheme === undefined) throw new RangeError("our key signs by no scheme");
  const hash = scheme.hash === "" ? null : scheme.hash;
  return Uint8Array.from(sign(hash, Buffer.from(message), withPadding(scheme, privateKey)));
}
