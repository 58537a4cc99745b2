/** Signatures and hashes: the only file of this room that uses the runtime's cryptography. */

import { Buffer } from "node:buffer";
import { constants, createHash, createPublicKey, publicDecrypt, verify } from "node:crypto";
import type { AlgorithmIdentifier } from "./algorithm.ts";
import { encodeDer, equalBytes } from "./bytes.ts";
import { CURVES } from "./curves.ts";
import { DerReader, TAG } from "./der.ts";
import { readInteger } from "./der_values.ts";
import { verifyEcdsa } from "./ec.ts";
import { SIGNATURE_SCHEMES, type SignatureScheme } from "./oids.ts";
import { readPssParameters } from "./pss.ts";
import { verifyPssBlock } from "./pss_block.ts";
import type { PublicKey } from "./public_key.ts";

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
  const { scheme, message, signature } = signed;
  switch (scheme.key) {
    case "rsa-pss":
      return verifyPss(key, signed);
    case "ed25519":
    case "ed448":
      return verify(null, message, keyObject(key), signature);
    case "rsa":
      return scheme.hash !== undefined && verify(scheme.hash, message, keyObject(key), signature);
    case "dsa":
      if (scheme.hash === undefined || readPair(signature) === undefined) return false;
      return verify(scheme.hash, message, keyObject(key), signature);
    case "ec":
      return scheme.hash !== undefined && verifyEc(key, { ...signed, hash: scheme.hash });
    default:
      return false;
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

/** The two numbers of an ECDSA or DSA signature; it must be DER to the last octet, as in the reference. */
function readPair(signature: Uint8Array): { readonly r: bigint; readonly s: bigint } | undefined {
  const file = new DerReader(signature);
  const fields = file.enter(TAG.sequence, "signature");
  const [first, second] = [fields.one(TAG.integer, "r"), fields.one(TAG.integer, "s")];
  fields.end("signature");
  const strict = encodeDer(
    TAG.sequence,
    encodeDer(TAG.integer, first.body),
    encodeDer(TAG.integer, second.body),
  );
  if (!equalBytes(strict, signature)) return undefined;
  return { r: readInteger(first, "r"), s: readInteger(second, "s") };
}

function verifyEc(key: PublicKey, signed: Signed & { readonly hash: string }): boolean {
  const curve = key.curve === undefined ? undefined : CURVES[key.curve];
  const pair = readPair(signed.signature);
  if (curve === undefined || pair === undefined) return false;
  const { hash, message, signature } = signed;
  const isNative = key.keyBytes[0] === UNCOMPRESSED && NATIVE_HASHES[curve.name]?.includes(hash);
  if (isNative) return verify(hash, message, keyObject(key), signature);
  const digest = createHash(hash).update(message).digest();
  return verifyEcdsa(curve, { publicPoint: key.keyBytes, digest, ...pair });
}

/** First octet of a point with both coordinates. */
const UNCOMPRESSED = 0x04;

const SHA2: readonly string[] = ["sha224", "sha256", "sha384", "sha512"];

/**
 * What the runtime verifies itself, by curve. It has secp256k1 too, but refuses every other signature with it: those
 * whose second number is above the middle.
 */
const NATIVE_HASHES: Readonly<Record<string, readonly string[]>> = {
  "P-224": ["sha1", ...SHA2],
  "P-256": ["sha1", ...SHA2],
  "P-384": SHA2,
  "P-521": ["sha384", "sha512"],
};

/** The runtime takes one hash for both message and mask; where they differ the block is checked here. */
function verifyPss(key: PublicKey, signed: Signed): boolean {
  const parameters = readPssParameters(signed.algorithm);
  if (key.kind === "rsa-pss" && key.algorithm.parameters !== undefined) {
    const limits = readPssParameters(key.algorithm);
    const isAllowed = limits.hash === parameters.hash &&
      limits.maskHash === parameters.maskHash && parameters.saltLength >= limits.saltLength;
    if (!isAllowed) return false;
  }
  const { message, signature } = signed;
  if (parameters.hash !== parameters.maskHash) {
    const block = publicDecrypt(
      { key: keyObject(key), padding: constants.RSA_NO_PADDING },
      Buffer.from(signature),
    );
    return verifyPssBlock(message, { ...parameters, block, bits: key.bits });
  }
  return verify(parameters.hash, message, {
    key: keyObject(key),
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: parameters.saltLength,
  }, signature);
}
