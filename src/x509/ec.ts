/**
 * ECDSA verification over prime curves (FIPS 186-4 6.4) on BigInt: for the curves and hashes that the runtime's
 * own cryptography lacks (P-521 with SHA-256, P-192, P-224, brainpool).
 *
 * Only public values are handled, so nothing here needs constant time. Points are Jacobian (X/Z^2, Y/Z^3).
 */

import { unsignedFromBytes } from "./bytes.ts";
import type { CurveData } from "./curves.ts";

/** A curve's numbers. */
interface Curve {
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
  readonly n: bigint;
  readonly base: Point;
}

interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

interface JacobianPoint extends Point {
  readonly z: bigint;
}

const INFINITY: JacobianPoint = { x: 1n, y: 1n, z: 0n };

/** Whether `encoded` is a point of the curve in one of the forms of `decodePoint`, or the one at infinity. */
export function isPointOnCurve(
  { p, a, b }: Pick<CurveData, "p" | "a" | "b">,
  encoded: Uint8Array,
): boolean {
  const isInfinity = encoded.length === 1 && encoded[0] === 0;
  return isInfinity ||
    decodePoint({ p: number(p), a: number(a), b: number(b) }, encoded) !== undefined;
}

/** What an ECDSA verification needs. */
export interface EcdsaInput {
  /** The signer's point, encoded (SEC 1 2.3.3). */
  readonly publicPoint: Uint8Array;
  /** The hash of the message. */
  readonly digest: Uint8Array;
  /** First half of the signature. */
  readonly r: bigint;
  /** Second half of the signature. */
  readonly s: bigint;
}

/** Whether (r, s) is a signature of `digest` by the owner of the point. */
export function verifyEcdsa(data: CurveData, input: EcdsaInput): boolean {
  const curve = curveOf(data);
  const { r, s, digest } = input;
  if (r <= 0n || r >= curve.n || s <= 0n || s >= curve.n) return false;
  const point = decodePoint(curve, input.publicPoint);
  if (point === undefined) return false;
  const w = inverse(s, curve.n);
  const z = truncate(digest, curve.n);
  const sum = multiplyTwo(curve, {
    first: curve.base,
    firstTimes: (z * w) % curve.n,
    second: point,
    secondTimes: (r * w) % curve.n,
  });
  if (sum.z === 0n) return false;
  const zInverse = inverse(sum.z, curve.p);
  const x = modulo(sum.x * zInverse * zInverse, curve.p);
  return x % curve.n === r;
}

/**
 * `times` times a point, the base point by default, encoded uncompressed (SEC 1 2.3.3); `undefined` when the point is
 * not on the curve or the product is none. For secrets that are used once: it takes no care of timing.
 */
export function multiplyPoint(
  data: CurveData,
  { times, point }: { readonly times: bigint; readonly point?: Uint8Array },
): Uint8Array | undefined {
  const curve = curveOf(data);
  const base = point === undefined ? curve.base : decodePoint(curve, point);
  if (base === undefined) return undefined;
  const one = { first: base, firstTimes: times, second: base, secondTimes: 0n };
  const { x, y, z } = multiplyTwo(curve, one);
  if (z === 0n) return undefined;
  const width = Math.ceil(curve.p.toString(2).length / 8);
  const zInverse = inverse(z, curve.p);
  const zz = zInverse * zInverse;
  const hex = [x * zz, y * zz * zInverse].map((value) =>
    modulo(value, curve.p).toString(16).padStart(2 * width, "0")
  );
  return Uint8Array.fromHex(`04${hex.join("")}`);
}

function number(hex: string): bigint {
  return BigInt(`0x${hex}`);
}

function curveOf(data: CurveData): Curve {
  return {
    p: number(data.p),
    a: number(data.a),
    b: number(data.b),
    n: number(data.n),
    base: { x: number(data.gx), y: number(data.gy) },
  };
}

type CurveEquation = Pick<Curve, "p" | "a" | "b">;

/** Decodes a point that is uncompressed, compressed (SEC 1 2.3.3) or both at once (ANSI X9.62 4.3.6). */
function decodePoint(curve: CurveEquation, encoded: Uint8Array): Point | undefined {
  const width = Math.ceil(curve.p.toString(2).length / 8);
  const form = encoded[0];
  const x = unsignedFromBytes(encoded.subarray(1, 1 + width));
  if (x >= curve.p) return undefined;
  const squared = modulo(x * x * x + curve.a * x + curve.b, curve.p);
  const isWhole = form === 0x04 || form === 0x06 || form === 0x07;
  if (isWhole && encoded.length === 1 + 2 * width) {
    const y = unsignedFromBytes(encoded.subarray(1 + width));
    if (form !== 0x04 && (y % 2n === 1n) !== (form === 0x07)) return undefined;
    return y < curve.p && modulo(y * y, curve.p) === squared ? { x, y } : undefined;
  }
  if ((form === 0x02 || form === 0x03) && encoded.length === 1 + width) {
    return decompress(curve, { x, squared, isOdd: form === 0x03 });
  }
  return undefined;
}

function decompress(
  curve: CurveEquation,
  half: { readonly x: bigint; readonly squared: bigint; readonly isOdd: boolean },
): Point | undefined {
  const root = squareRoot(half.squared, curve.p);
  if (root === undefined) return undefined;
  const y = (root % 2n === 1n) === half.isOdd ? root : modulo(-root, curve.p);
  return (y % 2n === 1n) === half.isOdd ? { x: half.x, y } : undefined;
}

/** A square root modulo a prime by Tonelli and Shanks; `undefined` when there is none. */
function squareRoot(value: bigint, p: bigint): bigint | undefined {
  let odd = p - 1n;
  let twos = 0;
  for (; odd % 2n === 0n; odd /= 2n) twos++;
  let root = power(value, { exponent: (odd + 1n) / 2n, p });
  let rest = power(value, { exponent: odd, p });
  let factor = 2n;
  while (power(factor, { exponent: (p - 1n) / 2n, p }) === 1n) factor++;
  factor = power(factor, { exponent: odd, p });
  for (let left = twos - 1; left >= 0 && rest !== 1n; left--) {
    const test = power(rest, { exponent: 2n ** BigInt(Math.max(left - 1, 0)), p });
    if (test !== 1n) {
      root = (root * factor) % p;
      rest = (rest * factor * factor) % p;
    }
    factor = (factor * factor) % p;
  }
  return modulo(root * root, p) === value ? root : undefined;
}

/** The leftmost bits of the digest, as many as n has (FIPS 186-4 6.4). */
function truncate(digest: Uint8Array, n: bigint): bigint {
  const excess = digest.length * 8 - n.toString(2).length;
  const value = unsignedFromBytes(digest);
  return excess > 0 ? value >> BigInt(excess) : value;
}

interface TwoProducts {
  readonly first: Point;
  readonly firstTimes: bigint;
  readonly second: Point;
  readonly secondTimes: bigint;
}

/** firstTimes * first + secondTimes * second, both in one pass over the bits. */
function multiplyTwo(curve: Curve, terms: TwoProducts): JacobianPoint {
  const first: JacobianPoint = { ...terms.first, z: 1n };
  const second: JacobianPoint = { ...terms.second, z: 1n };
  const both = add(curve, [first, second]);
  const firstBits = terms.firstTimes.toString(2);
  const secondBits = terms.secondTimes.toString(2);
  const length = Math.max(firstBits.length, secondBits.length);
  let sum = INFINITY;
  for (let i = 0; i < length; i++) {
    sum = double(curve, sum);
    const inFirst = firstBits[i - (length - firstBits.length)] === "1";
    const inSecond = secondBits[i - (length - secondBits.length)] === "1";
    if (inFirst && inSecond) sum = add(curve, [sum, both]);
    else if (inFirst) sum = add(curve, [sum, first]);
    else if (inSecond) sum = add(curve, [sum, second]);
  }
  return sum;
}

type PointPair = readonly [JacobianPoint, JacobianPoint];

function double(curve: Curve, point: JacobianPoint): JacobianPoint {
  const { p } = curve;
  if (point.z === 0n || point.y === 0n) return INFINITY;
  const yy = (point.y * point.y) % p;
  const s = (4n * point.x * yy) % p;
  const zz = (point.z * point.z) % p;
  const m = (3n * point.x * point.x + curve.a * zz * zz) % p;
  const x = modulo(m * m - 2n * s, p);
  const y = modulo(m * (s - x) - 8n * yy * yy, p);
  return { x, y, z: (2n * point.y * point.z) % p };
}

function add(curve: Curve, [left, right]: PointPair): JacobianPoint {
  if (left.z === 0n) return right;
  if (right.z === 0n) return left;
  const { p } = curve;
  const leftZz = (left.z * left.z) % p;
  const rightZz = (right.z * right.z) % p;
  const leftX = (left.x * rightZz) % p;
  const leftY = (left.y * rightZz * right.z) % p;
  const h = modulo(right.x * leftZz - leftX, p);
  const r = modulo(right.y * leftZz * left.z - leftY, p);
  if (h === 0n) return r === 0n ? double(curve, left) : INFINITY;
  const hh = (h * h) % p;
  const hhh = (h * hh) % p;
  const v = (leftX * hh) % p;
  const x = modulo(r * r - hhh - 2n * v, p);
  return { x, y: modulo(r * (v - x) - leftY * hhh, p), z: (left.z * right.z * h) % p };
}

function modulo(value: bigint, p: bigint): bigint {
  const rest = value % p;
  return rest < 0n ? rest + p : rest;
}

function power(base: bigint, { exponent, p }: { exponent: bigint; p: bigint }): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % p;
    if (bit === "1") result = (result * base) % p;
  }
  return result;
}

/** Inverse modulo a prime by the extended Euclidean algorithm. */
function inverse(value: bigint, prime: bigint): bigint {
  let [r0, r1] = [prime, modulo(value, prime)];
  let [t0, t1] = [0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1] = [r1, r0 - quotient * r1];
    [t0, t1] = [t1, t0 - quotient * t1];
  }
  return modulo(t0, prime);
}
