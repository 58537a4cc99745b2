/**
 * What a public key is made of, read as the reference's library reads it: what it cannot read is not a key for it, and what
 * it reads in a loose form (numbers without their leading zero, for example) is brought to DER for the runtime.
 */

import { encodeDer, unsignedFromBytes } from "./bytes.ts";
import { CURVES } from "./curves.ts";
import { contentsOf, type DerElement, DerError, DerReader, TAG } from "./der.ts";
import { integerBytes, readBitString, readInteger, readOid, readUnsigned } from "./der_values.ts";
import { isPointOnCurve } from "./ec.ts";
import type { KeyKind } from "./oids.ts";
import { readPssParameters } from "./pss.ts";
import type { AlgorithmIdentifier } from "./algorithm.ts";

/** What was found out about a key. */
export interface KeyShape {
  /** Size in bits as the reference counts it. */
  readonly bits: number;
  /** The curve of an EC key as dotted numbers. */
  readonly curve?: string;
  /** Whether the key spells out its curve. */
  readonly hasExplicitCurve?: boolean;
  /** Its bits as DER, where they may stand otherwise. */
  readonly keyBytes?: Uint8Array;
}

/** The shape, and the AlgorithmIdentifier as DER where it may stand otherwise. */
type ReadShape = Omit<KeyShape, "algorithm"> & { readonly algorithm?: Uint8Array };

interface KeyParts {
  readonly algorithm: AlgorithmIdentifier;
  readonly keyBytes: Uint8Array;
}

/** Reads the numbers of a key. Throws `DerError` for what makes no key. */
export function readKeyShape(kind: KeyKind, parts: KeyParts): ReadShape {
  switch (kind) {
    case "rsa":
      return rsaShape(parts);
    case "rsa-pss":
      if (parts.algorithm.parameters !== undefined) readPssParameters(parts.algorithm);
      return rsaShape(parts);
    case "dsa":
      return dsaShape(parts);
    case "dh":
      return dhShape(parts);
    case "ec":
    case "sm2":
      return ecShape(parts);
    case "ed25519":
      return fixedShape(parts, { length: 32, bits: 256 });
    case "ed448":
      return fixedShape(parts, { length: 57, bits: 456 });
    case "x25519":
      return fixedShape(parts, { length: 32, bits: 253 });
    case "x448":
      return fixedShape(parts, { length: 56, bits: 448 });
  }
}

/** Keys of one length (RFC 8410 3): parameters must be absent. */
function fixedShape(
  { algorithm, keyBytes }: KeyParts,
  size: { readonly length: number; readonly bits: number },
): ReadShape {
  if (algorithm.parameters !== undefined || keyBytes.length !== size.length) {
    throw new DerError("data is wrong", "key");
  }
  return { bits: size.bits };
}

function bitsOf(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

/** A number as DER writes it when it is not negative. */
function encodeUnsigned(value: bigint): Uint8Array {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return encodeDer(TAG.integer, Uint8Array.fromHex(/^[89a-f]/.test(even) ? `00${even}` : even));
}

/** RSAPublicKey (RFC 8017 A.1.1); what follows it does not count. */
function rsaShape({ keyBytes }: KeyParts): ReadShape {
  const fields = new DerReader(keyBytes).enter(TAG.sequence, "RSA key");
  const modulus = readUnsigned(fields.one(TAG.integer, "modulus"), "modulus");
  const exponent = readUnsigned(fields.one(TAG.integer, "exponent"), "exponent");
  fields.end("RSA key");
  return {
    bits: bitsOf(modulus),
    keyBytes: encodeDer(TAG.sequence, encodeUnsigned(modulus), encodeUnsigned(exponent)),
  };
}

/** Dss-Parms (RFC 3279 2.3.2) may be missing: those of the issuer are meant then. */
function dsaShape({ algorithm, keyBytes }: KeyParts): ReadShape {
  const { parameters, oid } = algorithm;
  integerBytes(new DerReader(keyBytes).one(TAG.integer, "DSA key"), "DSA key");
  if (parameters === undefined || parameters.tag === TAG.null) return { bits: 0 };
  const [prime = 0n, ...others] = readNumbers(parameters, 3);
  const numbers = [prime, ...others].map(encodeUnsigned);
  return {
    bits: bitsOf(prime),
    algorithm: encodeDer(TAG.sequence, encodeOid(oid), encodeDer(TAG.sequence, ...numbers)),
  };
}

function encodeOid(dotted: string): Uint8Array {
  const [top = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const octets = [40 * top + second, ...rest].flatMap((arc) => {
    const digits = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      digits.unshift(0x80 | (left % 128));
    }
    return digits;
  });
  return encodeDer(TAG.oid, Uint8Array.from(octets));
}

function readNumbers(parameters: DerElement, count: number): readonly bigint[] {
  if (parameters.tag !== TAG.sequence) throw new DerError("data is wrong", "key parameters");
  const fields = contentsOf(parameters);
  const numbers = Array.from(
    { length: count },
    () => readUnsigned(fields.one(TAG.integer, "number"), "number"),
  );
  fields.end("key parameters");
  return numbers;
}

/** Diffie-Hellman keys cannot sign: prime and base must be there (RFC 3279 2.3.3, PKCS #3). */
function dhShape({ algorithm, keyBytes }: KeyParts): ReadShape {
  if (algorithm.parameters?.tag !== TAG.sequence) throw new DerError("data is wrong", "DH key");
  integerBytes(new DerReader(keyBytes).one(TAG.integer, "DH key"), "DH key");
  const fields = contentsOf(algorithm.parameters);
  const prime = readUnsigned(fields.one(TAG.integer, "prime"), "prime");
  readUnsigned(fields.one(TAG.integer, "base"), "base");
  return { bits: bitsOf(prime) };
}

function ecShape({ algorithm, keyBytes }: KeyParts): ReadShape {
  const { parameters } = algorithm;
  if (parameters?.tag === TAG.sequence) return explicitCurveShape(parameters, keyBytes);
  if (parameters?.tag !== TAG.oid) throw new DerError("data is wrong", "curve");
  const curve = readOid(parameters, "curve");
  const data = CURVES[curve];
  if (data === undefined || !isPointOnCurve(data, keyBytes)) {
    throw new DerError("data is wrong", "EC key");
  }
  return { bits: bitsOf(BigInt(`0x${data.n}`)), curve };
}

const PRIME_FIELD = "1.2.840.10045.1.1";

/** Longest field that the reference's library takes. */
const MAX_FIELD_BITS = 661;

/** ECParameters (SEC 1 C.2): version, field, curve, base point, order. */
function explicitCurveShape(parameters: DerElement, keyBytes: Uint8Array): ReadShape {
  const fields = contentsOf(parameters);
  const version = readInteger(fields.one(TAG.integer, "version"), "version");
  if (BigInt.asIntN(32, version) !== version) throw new DerError("data is wrong", "version");
  const field = fields.enter(TAG.sequence, "field");
  const fieldType = readOid(field.one(TAG.oid, "field"), "field");
  const curve = fields.enter(TAG.sequence, "curve");
  const a = unsignedFromBytes(curve.one(TAG.octetString, "a").body);
  const b = unsignedFromBytes(curve.one(TAG.octetString, "b").body);
  const seed = curve.optional(TAG.bitString, "seed");
  if (seed !== undefined && readBitString(seed, "seed").bytes.length === 0) {
    throw new DerError("data is wrong", "seed");
  }
  curve.end("curve");
  const base = fields.one(TAG.octetString, "base point").body;
  const order = readInteger(fields.one(TAG.integer, "order"), "order");
  const factor = fields.optional(TAG.integer, "cofactor");
  const cofactor = factor === undefined ? 0n : readInteger(factor, "cofactor");
  fields.end("curve parameters");
  if (order <= 0n || cofactor < 0n || base.length === 0) {
    throw new DerError("data is wrong", "order");
  }
  if (fieldType !== PRIME_FIELD) throw new DerError("data is wrong", "field");
  const p = readInteger(field.one(TAG.integer, "prime"), "prime");
  field.end("field");
  checkExplicitCurve({ p, a, b, order, points: [base, keyBytes] });
  return { bits: bitsOf(order), hasExplicitCurve: true };
}

interface ExplicitCurve {
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
  readonly order: bigint;
  readonly points: readonly Uint8Array[];
}

/** Compressed points are not looked at: roots cost time that whoever makes up a curve could choose. */
function checkExplicitCurve({ p, a, b, order, points }: ExplicitCurve): void {
  const bits = bitsOf(p);
  const isField = p > 3n && p % 2n === 1n && bits <= MAX_FIELD_BITS;
  if (!isField || bitsOf(order) > bits + 1) throw new DerError("data is wrong", "field");
  const hex = (value: bigint): string => (value % p).toString(16);
  const curve = { p: p.toString(16), a: hex(a), b: hex(b) };
  for (const point of points) {
    const isCompressed = point[0] === 0x02 || point[0] === 0x03;
    if (isCompressed || isPointOnCurve(curve, point)) continue;
    throw new DerError("data is wrong", "point");
  }
}
