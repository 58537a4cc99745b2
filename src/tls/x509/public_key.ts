/** SubjectPublicKeyInfo (RFC 5280 4.1.2.7): what kind of key, how big, and whether it can be used at all. */

import { CURVE_BITS, CURVES } from "./curves.ts";
import {
  contentsOf,
  type DerElement,
  DerError,
  DerReader,
  readBitString,
  readInteger,
  readOid,
  TAG,
} from "./der.ts";
import { isPointOnCurve } from "./ec.ts";
import { KEY_ALGORITHMS, type KeyKind } from "./oids.ts";

/** An AlgorithmIdentifier (RFC 5280 4.1.1.2). */
export interface AlgorithmIdentifier {
  /** The algorithm as dotted numbers. */
  readonly oid: string;
  /** Its parameters, `undefined` when absent. */
  readonly parameters: DerElement | undefined;
  /** The encoding as it stands. */
  readonly der: Uint8Array;
}

/** A public key. */
export interface PublicKey {
  /** Algorithm and parameters. */
  readonly algorithm: AlgorithmIdentifier;
  /** Kind of key; `undefined` for algorithms not known here. */
  readonly kind: KeyKind | undefined;
  /** Size in bits as the reference counts it; 0 when it cannot be told. */
  readonly bits: number;
  /** The curve of an EC key as dotted numbers. */
  readonly curve: string | undefined;
  /** An EC key that spells out its curve instead of naming it: never allowed in a chain. */
  readonly hasExplicitCurve: boolean;
  /** Whether the key could be read and makes sense; the reference treats others as no key. */
  readonly isUsable: boolean;
  /** The bits of the key. */
  readonly keyBytes: Uint8Array;
  /** The whole SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
}

/** Reads an AlgorithmIdentifier. */
export function readAlgorithm(reader: DerReader, what: string): AlgorithmIdentifier {
  const element = reader.one(TAG.sequence, what);
  const fields = contentsOf(element);
  const oid = readOid(fields.one(TAG.oid, what), what);
  const parameters = fields.atEnd ? undefined : fields.any(what);
  fields.end(what);
  return { oid, parameters, der: element.bytes };
}

/** Reads a SubjectPublicKeyInfo. A key of unknown kind or with senseless numbers is kept, as not usable. */
export function readPublicKey(reader: DerReader): PublicKey {
  const what = "subjectPublicKeyInfo";
  const element = reader.one(TAG.sequence, what);
  const fields = contentsOf(element);
  const algorithm = readAlgorithm(fields, what);
  const keyBytes = readBitString(fields.one(TAG.bitString, what), what).bytes;
  fields.end(what);
  const kind = KEY_ALGORITHMS[algorithm.oid];
  const shape = kind === undefined ? UNUSABLE : shapeOf(kind, { algorithm, keyBytes });
  return { algorithm, kind, keyBytes, spki: element.bytes, ...shape };
}

interface KeyShape {
  readonly bits: number;
  readonly curve: string | undefined;
  readonly hasExplicitCurve: boolean;
  readonly isUsable: boolean;
}

interface KeyParts {
  readonly algorithm: AlgorithmIdentifier;
  readonly keyBytes: Uint8Array;
}

const UNUSABLE: KeyShape = { bits: 0, curve: undefined, hasExplicitCurve: false, isUsable: false };

function shapeOf(kind: KeyKind, parts: KeyParts): KeyShape {
  try {
    return kind === "ec" ? ecShape(parts) : { ...UNUSABLE, ...plainShape(kind, parts) };
  } catch (error) {
    if (error instanceof DerError) return UNUSABLE;
    throw error;
  }
}

function plainShape(
  kind: Exclude<KeyKind, "ec">,
  { algorithm, keyBytes }: KeyParts,
): Pick<KeyShape, "bits" | "isUsable"> {
  switch (kind) {
    case "rsa":
    case "rsa-pss":
      return { bits: rsaBits(keyBytes), isUsable: true };
    case "dsa":
    case "dh":
      return { bits: primeBits(algorithm), isUsable: true };
    case "ed25519":
      return fixedShape(keyBytes, { length: 32, bits: 256 });
    case "ed448":
      return fixedShape(keyBytes, { length: 57, bits: 456 });
    case "x25519":
      return fixedShape(keyBytes, { length: 32, bits: 253 });
    case "x448":
      return fixedShape(keyBytes, { length: 56, bits: 448 });
  }
}

function fixedShape(
  keyBytes: Uint8Array,
  size: { readonly length: number; readonly bits: number },
): Pick<KeyShape, "bits" | "isUsable"> {
  return { bits: size.bits, isUsable: keyBytes.length === size.length };
}

/** RSAPublicKey (RFC 8017 A.1.1): the bits of the modulus. */
function rsaBits(keyBytes: Uint8Array): number {
  const fields = new DerReader(keyBytes).enter(TAG.sequence, "RSA key");
  const modulus = readInteger(fields.one(TAG.integer, "modulus"), "modulus");
  const exponent = readInteger(fields.one(TAG.integer, "exponent"), "exponent");
  fields.end("RSA key");
  if (modulus <= 0n || exponent <= 0n) throw new DerError("value", "RSA key");
  return modulus.toString(2).length;
}

/** The first number of DSA and DH parameters is the prime. */
function primeBits(algorithm: AlgorithmIdentifier): number {
  const parameters = algorithm.parameters;
  if (parameters?.tag !== TAG.sequence) throw new DerError("missing", "key parameters");
  const prime = readInteger(contentsOf(parameters).one(TAG.integer, "prime"), "prime");
  if (prime <= 0n) throw new DerError("value", "prime");
  return prime.toString(2).length;
}

function ecShape({ algorithm, keyBytes }: KeyParts): KeyShape {
  const parameters = algorithm.parameters;
  if (parameters?.tag === TAG.sequence) return explicitCurveShape(parameters);
  if (parameters?.tag !== TAG.oid) return UNUSABLE;
  const curve = readOid(parameters, "curve");
  const bits = CURVE_BITS[curve];
  if (bits === undefined) return UNUSABLE;
  const data = CURVES[curve];
  const isUsable = data === undefined || isPointOnCurve(data, keyBytes);
  return { bits, curve, hasExplicitCurve: false, isUsable };
}

/** ECParameters (SEC 1 C.2): version, field, curve, base point, order. */
function explicitCurveShape(parameters: DerElement): KeyShape {
  const fields = contentsOf(parameters);
  fields.one(TAG.integer, "version");
  fields.one(TAG.sequence, "field");
  fields.one(TAG.sequence, "curve");
  fields.one(TAG.octetString, "base point");
  const order = readInteger(fields.one(TAG.integer, "order"), "order");
  if (order <= 0n) throw new DerError("value", "order");
  const bits = order.toString(2).length;
  return { bits, curve: undefined, hasExplicitCurve: true, isUsable: true };
}

/** What the reference prints for a key: `RSA, 2048 bits`; kinds it does not name are `unknown`. */
export function renderPublicKey(key: PublicKey): string {
  const names: Partial<Record<KeyKind, string>> = { rsa: "RSA", dsa: "DSA", dh: "DH" };
  const name = key.kind === undefined ? undefined : names[key.kind];
  return `${name ?? "unknown"}, ${key.bits} bits`;
}

/** A key for people: `RSA 2048`, `EC P-256`, `Ed25519`. */
export function describePublicKey(key: PublicKey): string {
  if (key.kind === undefined) return `unknown (${key.algorithm.oid})`;
  if (key.kind === "ec") {
    const curve = key.curve === undefined ? undefined : CURVES[key.curve]?.name;
    return `EC ${curve ?? `${key.bits} bits`}`;
  }
  const sized: readonly KeyKind[] = ["rsa", "rsa-pss", "dsa", "dh"];
  if (sized.includes(key.kind)) return `${key.kind.toUpperCase()} ${key.bits}`;
  return key.kind.charAt(0).toUpperCase() + key.kind.slice(1);
}
