/** Signatures and hashes: the only file of this room that uses the runtime's cryptography. */

import { Buffer } from "node:buffer";
import { constants, createHash, createPublicKey, verify } from "node:crypto";
import { CURVES } from "./curves.ts";
import { contentsOf, DerError, DerReader, encodeDer, readInteger, readOid, TAG } from "./der.ts";
import { verifyEcdsa } from "./ec.ts";
import { HASHES, SIGNATURE_SCHEMES, type SignatureScheme } from "./oids.ts";
import type { AlgorithmIdentifier, PublicKey } from "./public_key.ts";

/** SHA-1 of `bytes`: names files of hashed directories, never a proof of anything. */
export function sha1(bytes: Uint8Array): Uint8Array {
  return createHash("sha1").update(bytes).digest();
}

/** SHA-256 of `bytes`: fingerprints for people. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest();
}

/** A signed thing. */
export interface Signed {
  /** What was signed. */
  readonly message: Uint8Array;
  /** How. */
  readonly algorithm: AlgorithmIdentifier;
  /** The signature. */
  readonly signature: Uint8Array;
}

/** Keys beyond this are not tried: the reference's library stops there too, and numbers without end cost time. */
const MAX_KEY_BITS = 16_384;

/**
 * Whether `key` made the signature. Everything that cannot be checked counts as not made: unknown algorithms,
 * unusable keys, another kind of key, numbers the cryptography refuses.
 */
export function verifySignature(key: PublicKey, signed: Signed): boolean {
  const scheme = SIGNATURE_SCHEMES[signed.algorithm.oid];
  if (scheme === undefined || !key.isUsable || !keyFitsScheme(key, scheme)) return false;
  if (key.bits > MAX_KEY_BITS) return false;
  try {
    return verifyWith(key, { ...signed, scheme });
  } catch {
    return false;
  }
}

/** Whether a key of this kind makes signatures of this scheme; RSA keys also make RSASSA-PSS ones. */
export function keyFitsScheme(key: PublicKey, scheme: SignatureScheme): boolean {
  return key.kind === scheme.key || (key.kind === "rsa" && scheme.key === "rsa-pss");
}

function verifyWith(
  key: PublicKey,
  signed: Signed & { readonly scheme: SignatureScheme },
): boolean {
  const { scheme } = signed;
  switch (scheme.key) {
    case "rsa-pss":
      return verifyPss(key, signed);
    case "ec":
      return verifyEc(key, { ...signed, hash: scheme.hash ?? "" });
    case "ed25519":
    case "ed448":
      return verify(null, signed.message, keyObject(key), signed.signature);
    default:
      return verify(scheme.hash ?? "", signed.message, keyObject(key), signed.signature);
  }
}

/** A key as the runtime takes it; RSA-PSS keys as plain RSA keys, because it does not know their algorithm. */
export function keyObject(key: PublicKey): ReturnType<typeof createPublicKey> {
  const der = key.kind === "rsa-pss" || key.kind === "rsa" ? plainRsaSpki(key.keyBytes) : key.spki;
  return createPublicKey({ key: Buffer.from(der), format: "der", type: "spki" });
}

const RSA_ENCRYPTION = new Uint8Array([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01]);

function plainRsaSpki(keyBytes: Uint8Array): Uint8Array {
  const algorithm = encodeDer(
    TAG.sequence,
    encodeDer(TAG.oid, RSA_ENCRYPTION),
    encodeDer(TAG.null),
  );
  const bits = encodeDer(TAG.bitString, new Uint8Array([0]), keyBytes);
  return encodeDer(TAG.sequence, algorithm, bits);
}

function verifyEc(key: PublicKey, signed: Signed & { readonly hash: string }): boolean {
  const curve = key.curve === undefined ? undefined : CURVES[key.curve];
  if (curve === undefined) return false;
  const fields = new DerReader(signed.signature).enter(TAG.sequence, "ECDSA signature");
  const r = readInteger(fields.one(TAG.integer, "r"), "r");
  const s = readInteger(fields.one(TAG.integer, "s"), "s");
  fields.end("ECDSA signature");
  const isNative = (curve.name === "P-256" && signed.hash === "sha256") ||
    (curve.name === "P-384" && signed.hash === "sha384");
  if (isNative) return verify(signed.hash, signed.message, keyObject(key), signed.signature);
  const digest = createHash(signed.hash).update(signed.message).digest();
  return verifyEcdsa(curve, { publicPoint: key.keyBytes, digest, r, s });
}

/** Parameters of RSASSA-PSS (RFC 8017 A.2.3). */
interface PssParameters {
  readonly hash: string;
  readonly maskHash: string;
  readonly saltLength: number;
}

/** The runtime takes one hash for both message and mask; parameters that differ are refused. */
function verifyPss(key: PublicKey, signed: Signed): boolean {
  const parameters = readPssParameters(signed.algorithm);
  if (parameters === undefined || parameters.hash !== parameters.maskHash) return false;
  if (key.kind === "rsa-pss" && key.algorithm.parameters !== undefined) {
    const limits = readPssParameters(key.algorithm);
    const isAllowed = limits?.hash === parameters.hash &&
      limits.maskHash === parameters.maskHash && parameters.saltLength >= limits.saltLength;
    if (!isAllowed) return false;
  }
  return verify(parameters.hash, signed.message, {
    key: keyObject(key),
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: parameters.saltLength,
  }, signed.signature);
}

function readPssParameters(algorithm: AlgorithmIdentifier): PssParameters | undefined {
  if (algorithm.parameters?.tag !== TAG.sequence) return undefined;
  const what = "RSASSA-PSS parameters";
  const fields = contentsOf(algorithm.parameters);
  const hash = fields.optional(0xa0, what);
  const mask = fields.optional(0xa1, what);
  const salt = fields.optional(0xa2, what);
  const trailer = fields.optional(0xa3, what);
  fields.end(what);
  if (trailer && readInteger(contentsOf(trailer).one(TAG.integer, what), what) !== 1n) {
    return undefined;
  }
  const saltLength = salt ? readInteger(contentsOf(salt).one(TAG.integer, what), what) : 20n;
  if (saltLength < 0n || saltLength > 512n) return undefined;
  const hashName = hash ? readHash(contentsOf(hash)) : "sha1";
  const maskHash = mask ? readMaskHash(contentsOf(mask)) : "sha1";
  return { hash: hashName, maskHash, saltLength: Number(saltLength) };
}

function readHash(reader: DerReader): string {
  const fields = reader.enter(TAG.sequence, "hash");
  const hash = HASHES[readOid(fields.one(TAG.oid, "hash"), "hash")];
  if (hash === undefined) throw new DerError("value", "hash");
  return hash;
}

function readMaskHash(reader: DerReader): string {
  const fields = reader.enter(TAG.sequence, "mask generation");
  const oid = readOid(fields.one(TAG.oid, "mask generation"), "mask generation");
  if (oid !== "1.2.840.113549.1.1.8") throw new DerError("value", "mask generation");
  return readHash(fields);
}
