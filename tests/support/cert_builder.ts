/**
 * Writes certificates and CRLs for tests: every field can be set to something wrong, and every signature is made
 * with one of a few keys, so that thousands of certificates cost little.
 */

import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from "node:crypto";
import { encodeDer, TAG } from "../../src/tls/mod.ts";

/** A key to sign with, and its SubjectPublicKeyInfo. */
export interface TestKey {
  readonly privateKey: KeyObject;
  readonly spki: Uint8Array;
  readonly kind: "rsa" | "ec" | "ed25519";
}

/** Makes a key pair; sizes as small as the runtime and the reference take, to be quick. */
export function makeKey(kind: "rsa" | "rsa1024" | "p256" | "p384" | "ed25519"): TestKey {
  switch (kind) {
    case "rsa":
      return toTestKey(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey);
    case "rsa1024":
      return toTestKey(generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey);
    case "p256":
      return toTestKey(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey);
    case "p384":
      return toTestKey(generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey);
    case "ed25519":
      return toTestKey(generateKeyPairSync("ed25519").privateKey);
  }
}

/** Reads a key from PEM. */
export function keyFromPem(pem: string): TestKey {
  return toTestKey(createPrivateKey(pem));
}

function toTestKey(privateKey: KeyObject): TestKey {
  const exported = createPublicKey(privateKey.export({ type: "pkcs8", format: "pem" }) as string)
    .export({ type: "spki", format: "der" });
  const kind = privateKey.asymmetricKeyType;
  if (kind !== "rsa" && kind !== "ec" && kind !== "ed25519") throw new Error(`No use for ${kind}`);
  return { privateKey, spki: new Uint8Array(exported), kind };
}

/** Bytes of an object identifier. */
export function oid(text: string): Uint8Array {
  const arcs = text.split(".").map(Number);
  const [first = 0, second = 0, ...rest] = arcs;
  const bytes: number[] = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const groups = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      groups.unshift(0x80 | (left & 0x7f));
    }
    bytes.push(...groups);
  }
  return encodeDer(TAG.oid, Uint8Array.from(bytes));
}

/** One character for each byte to bytes. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0) & 0xff);
}

/** A SEQUENCE. */
export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return encodeDer(TAG.sequence, ...parts);
}

/** An INTEGER of a number or of given contents. */
export function integer(value: number | Uint8Array): Uint8Array {
  if (typeof value !== "number") return encodeDer(TAG.integer, value);
  const bytes: number[] = [];
  let left = value;
  do {
    bytes.unshift(left & 0xff);
    left = Math.floor(left / 256);
  } while (left > 0);
  if ((bytes[0] ?? 0) >= 0x80) bytes.unshift(0);
  return encodeDer(TAG.integer, Uint8Array.from(bytes));
}

/** An attribute of a name: type, tag of the value, value. */
export interface TestAttribute {
  readonly type: string;
  readonly tag: number;
  readonly value: Uint8Array;
}

/** An attribute with a UTF-8 value. */
export function attribute(type: string, text: string): TestAttribute {
  return { type, tag: TAG.utf8String, value: new TextEncoder().encode(text) };
}

/** A Name from its RDNs. */
export function name(rdns: readonly (readonly TestAttribute[])[]): Uint8Array {
  return sequence(...rdns.map((rdn) => {
    const pairs = rdn.map((item) => sequence(oid(item.type), encodeDer(item.tag, item.value)));
    return encodeDer(TAG.set, ...pairs);
  }));
}

/** A Name of the usual shape. */
export function simpleName(commonName: string): Uint8Array {
  return name([[attribute("2.5.4.10", "Generated")], [attribute("2.5.4.3", commonName)]]);
}

/** A UTCTime or GeneralizedTime of a moment, as RFC 5280 wants it. */
export function time(seconds: number): Uint8Array {
  const digits = new Date(seconds * 1000).toISOString().replace(/[-:T]|\.\d+/g, "");
  const year = Number(digits.slice(0, 4));
  return year >= 1950 && year < 2050
    ? encodeDer(TAG.utcTime, bytesOf(digits.slice(2)))
    : encodeDer(TAG.generalizedTime, bytesOf(digits));
}

/** An extension. */
export function extension(
  id: string,
  value: Uint8Array,
  critical = false,
): Uint8Array {
  const flag = critical ? [encodeDer(TAG.boolean, Uint8Array.of(0xff))] : [];
  return sequence(oid(id), ...flag, encodeDer(TAG.octetString, value));
}

/** A BIT STRING of whole bytes, or with padding bits. */
export function bitString(bytes: Uint8Array, unusedBits = 0): Uint8Array {
  return encodeDer(TAG.bitString, Uint8Array.of(unusedBits), bytes);
}

/** How something is signed. */
export interface SigningSpec {
  readonly key: TestKey;
  /** `pss` signs RSASSA-PSS with SHA-256; Ed25519 keys ignore it. */
  readonly hash: "sha256" | "sha1" | "sha384" | "sha512" | "md5" | "pss";
}

const RSA_OIDS = {
  sha256: "1.2.840.113549.1.1.11",
  sha1: "1.2.840.113549.1.1.5",
  sha384: "1.2.840.113549.1.1.12",
  sha512: "1.2.840.113549.1.1.13",
  md5: "1.2.840.113549.1.1.4",
} as const;

const EC_OIDS = {
  sha256: "1.2.840.10045.4.3.2",
  sha1: "1.2.840.10045.4.1",
  sha384: "1.2.840.10045.4.3.3",
  sha512: "1.2.840.10045.4.3.4",
} as const;

/** The AlgorithmIdentifier that goes with a signature. */
export function algorithmOf(spec: SigningSpec): Uint8Array {
  if (spec.key.kind === "ed25519") return sequence(oid("1.3.101.112"));
  if (spec.key.kind === "ec") return sequence(oid(EC_OIDS[ecHash(spec)]));
  if (spec.hash !== "pss") return sequence(oid(RSA_OIDS[spec.hash]), encodeDer(TAG.null));
  const sha256 = sequence(oid("2.16.840.1.101.3.4.2.1"), encodeDer(TAG.null));
  return sequence(
    oid("1.2.840.113549.1.1.10"),
    sequence(
      encodeDer(0xa0, sha256),
      encodeDer(0xa1, sequence(oid("1.2.840.113549.1.1.8"), sha256)),
      encodeDer(0xa2, integer(32)),
    ),
  );
}

function signatureOf(tbs: Uint8Array, spec: SigningSpec): Uint8Array {
  if (spec.key.kind === "ed25519") return sign(null, tbs, spec.key.privateKey);
  if (spec.hash === "pss" && spec.key.kind === "rsa") {
    return sign("sha256", tbs, {
      key: spec.key.privateKey,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: 32,
    });
  }
  const hash = spec.key.kind === "ec" ? ecHash(spec) : spec.hash;
  return sign(hash === "pss" ? "sha256" : hash, tbs, spec.key.privateKey);
}

/** The runtime signs with long curves and long hashes only; MD5 and PSS do not go with EC keys. */
function ecHash(spec: SigningSpec): "sha256" | "sha1" | "sha384" | "sha512" {
  if (spec.hash === "md5" || spec.hash === "pss") return "sha256";
  const isLong = spec.key.spki.length > 91;
  return isLong && spec.hash === "sha1" ? "sha384" : spec.hash;
}

/** All of a certificate; absent parts are left out. */
export interface CertificateSpec {
  /** 0 = version 1 (left out), 2 = version 3. */
  readonly version: number;
  readonly serial: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly notBefore: Uint8Array;
  readonly notAfter: Uint8Array;
  readonly spki: Uint8Array;
  readonly extensions: readonly Uint8Array[];
  readonly signing: SigningSpec;
  /** AlgorithmIdentifier inside, when not the one that fits. */
  readonly innerAlgorithm?: Uint8Array;
  /** AlgorithmIdentifier next to the signature, when not the one that fits. */
  readonly outerAlgorithm?: Uint8Array;
  /** Changes the signature after it was made. */
  readonly damage?: "flip" | "unused-bits" | "empty";
}

/** Writes and signs a certificate. */
export function buildCertificate(spec: CertificateSpec): Uint8Array {
  const algorithm = algorithmOf(spec.signing);
  const version = spec.version === 0 ? [] : [encodeDer(0xa0, integer(spec.version))];
  const tail = spec.extensions.length === 0 ? [] : [encodeDer(0xa3, sequence(...spec.extensions))];
  const tbs = sequence(
    ...version,
    integer(spec.serial),
    spec.innerAlgorithm ?? algorithm,
    spec.issuer,
    sequence(spec.notBefore, spec.notAfter),
    spec.subject,
    spec.spki,
    ...tail,
  );
  return seal(tbs, spec);
}

/** All of a CRL. */
export interface CrlSpec {
  /** `undefined` = version 1. */
  readonly version: number | undefined;
  readonly issuer: Uint8Array;
  readonly thisUpdate: Uint8Array;
  readonly nextUpdate: Uint8Array | undefined;
  readonly entries: readonly Uint8Array[];
  readonly extensions: readonly Uint8Array[];
  readonly signing: SigningSpec;
  readonly outerAlgorithm?: Uint8Array;
  readonly damage?: "flip" | "unused-bits" | "empty";
}

/** Writes and signs a CRL. */
export function buildCrl(spec: CrlSpec): Uint8Array {
  const entries = spec.entries.length === 0 ? [] : [sequence(...spec.entries)];
  const tail = spec.extensions.length === 0 ? [] : [encodeDer(0xa0, sequence(...spec.extensions))];
  const tbs = sequence(
    ...(spec.version === undefined ? [] : [integer(spec.version)]),
    algorithmOf(spec.signing),
    spec.issuer,
    spec.thisUpdate,
    ...(spec.nextUpdate === undefined ? [] : [spec.nextUpdate]),
    ...entries,
    ...tail,
  );
  return seal(tbs, spec);
}

function seal(
  tbs: Uint8Array,
  spec: Pick<CertificateSpec, "signing" | "outerAlgorithm" | "damage">,
): Uint8Array {
  let signature = Uint8Array.from(signatureOf(tbs, spec.signing));
  if (spec.damage === "empty") signature = new Uint8Array();
  const last = signature.length - 1;
  if (spec.damage === "flip") signature[last] = (signature[last] ?? 0) ^ 0x01;
  const unusedBits = spec.damage === "unused-bits" ? 3 : 0;
  const algorithm = spec.outerAlgorithm ?? algorithmOf(spec.signing);
  return sequence(tbs, algorithm, bitString(signature, unusedBits));
}
