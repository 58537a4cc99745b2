/**
 * Key exchange on the binary curves that the reference offers (SEC 2, groups 9 to 14 of RFC 8422): no server of today
 * prefers them, but one that picks what was offered must be answered.
 *
 * Numbers are polynomials over GF(2). Points are multiplied by the ladder of Lopez and Dahab (CHES 1999), which is the
 * same for every number; our half is used once.
 */

import { EngineError, require } from "./failure.ts";
import {
  bytesOf,
  type KeyShare,
  type Random,
  requireUncompressed,
  scalarBelow,
} from "./group_numbers.ts";
import { join } from "./wire.ts";

/** A curve y^2 + xy = x^3 + ax^2 + b; numbers in hexadecimal. */
export interface BinaryCurve {
  /** Exponents of the reduction polynomial, highest first; the last is 0. */
  readonly exponents: readonly number[];
  /** 0 or 1. */
  readonly a: bigint;
  /** Coefficient b. */
  readonly b: string;
  /** Base point, first coordinate. */
  readonly gx: string;
  /** Base point, second coordinate. */
  readonly gy: string;
  /** Order of the base point. */
  readonly n: string;
}

/** The curves by group. */
export const BINARY_CURVES: Readonly<Record<number, BinaryCurve>> = {
  // sect283k1
  9: {
    exponents: [283, 12, 7, 5, 0],
    a: 0n,
    b: "1",
    gx: "503213f78ca44883f1a3b8162f188e553cd265f23c1567a16876913b0c2ac2458492836",
    gy: "1ccda380f1c9e318d90f95d07e5426fe87e45c0e8184698e45962364e34116177dd2259",
    n: "1ffffffffffffffffffffffffffffffffffe9ae2ed07577265dff7f94451e061e163c61",
  },
  // sect283r1
  10: {
    exponents: [283, 12, 7, 5, 0],
    a: 1n,
    b: "27b680ac8b8596da5a4af8a19a0303fca97fd7645309fa2a581485af6263e313b79a2f5",
    gx: "5f939258db7dd90e1934f8c70b0dfec2eed25b8557eac9c80e2e198f8cdbecd86b12053",
    gy: "3676854fe24141cb98fe6d4b20d02b4516ff702350eddb0826779c813f0df45be8112f4",
    n: "3ffffffffffffffffffffffffffffffffffef90399660fc938a90165b042a7cefadb307",
  },
  // sect409k1
  11: {
    exponents: [409, 87, 0],
    a: 0n,
    b: "1",
    gx: "60f05f658f49c1ad3ab1890f7184210efd0987e307c84c27accfb8f9f67cc2c460189eb5aaaa62ee" +
      "222eb1b35540cfe9023746",
    gy: "1e369050b7c4e42acba1dacbf04299c3460782f918ea427e6325165e9ea10e3da5f6c42e9c55215a" +
      "a9ca27a5863ec48d8e0286b",
    n: "7ffffffffffffffffffffffffffffffffffffffffffffffffffe5f83b2d4ea20400ec4557d5ed3e3" +
      "e7ca5b4b5c83b8e01e5fcf",
  },
  // sect409r1
  12: {
    exponents: [409, 87, 0],
    a: 1n,
    b: "21a5c2c8ee9feb5c4b9a753b7b476b7fd6422ef1f3dd674761fa99d6ac27c8a9a197b272822f6cd5" +
      "7a55aa4f50ae317b13545f",
    gx: "15d4860d088ddb3496b0c6064756260441cde4af1771d4db01ffe5b34e59703dc255a868a1180515" +
      "603aeab60794e54bb7996a7",
    gy: "61b1cfab6be5f32bbfa78324ed106a7636b9c5a7bd198d0158aa4f5488d08f38514f1fdf4b4f40d2" +
      "181b3681c364ba0273c706",
    n: "10000000000000000000000000000000000000000000000000001e2aad6a612f33307be5fa47c3c9" +
      "e052f838164cd37d9a21173",
  },
  // sect571k1
  13: {
    exponents: [571, 10, 5, 2, 0],
    a: 0n,
    b: "1",
    gx: "26eb7a859923fbc82189631f8103fe4ac9ca2970012d5d46024804801841ca44370958493b205e64" +
      "7da304db4ceb08cbbd1ba39494776fb988b47174dca88c7e2945283a01c8972",
    gy: "349dc807f4fbf374f4aeade3bca95314dd58cec9f307a54ffc61efc006d8a2c9d4979c0ac44aea74" +
      "fbebbb9f772aedcb620b01a7ba7af1b320430c8591984f601cd4c143ef1c7a3",
    n: "20000000000000000000000000000000000000000000000000000000000000000000000131850e1f" +
      "19a63e4b391a8db917f4138b630d84be5d639381e91deb45cfe778f637c1001",
  },
  // sect571r1
  14: {
    exponents: [571, 10, 5, 2, 0],
    a: 1n,
    b: "2f40e7e2221f295de297117b7f3d62f5c6a97ffcb8ceff1cd6ba8ce4a9a18ad84ffabbd8efa59332" +
      "be7ad6756a66e294afd185a78ff12aa520e4de739baca0c7ffeff7f2955727a",
    gx: "303001d34b856296c16c0d40d3cd7750a93d1d2955fa80aa5f40fc8db7b2abdbde53950f4c0d293c" +
      "dd711a35b67fb1499ae60038614f1394abfa3b4c850d927e1e7769c8eec2d19",
    gy: "37bf27342da639b6dccfffeb73d69d78c6c27a6009cbbca1980f8533921e8a684423e43bab08a576" +
      "291af8f461bb2a8b3531d2f0485c19b16e2f1516e23dd3c1a4827af1b8ac15b",
    n: "3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe661ce18f" +
      "f55987308059b186823851ec7dd9ca1161de93d5174d66e8382e9bb2fe84e47",
  },
};

interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

interface Curve {
  readonly field: Field;
  readonly b: bigint;
}

/** Our half of an exchange on `curve`. */
export function shareOnBinaryCurve(data: BinaryCurve, random: Random): KeyShare {
  const field = new Field(data.exponents);
  const length = Math.ceil(field.bits / 8);
  const curve = { field, b: fromHex(data.b) };
  const times = scalarBelow(fromHex(data.n), random);
  const own = multiply(curve, { point: { x: fromHex(data.gx), y: fromHex(data.gy) }, times });
  if (own === undefined) throw new RangeError("no public value");
  return {
    publicValue: join(Uint8Array.of(4), bytesOf(own.x, length), bytesOf(own.y, length)),
    agree(peer) {
      requireUncompressed(peer, length);
      const x = fromHex(peer.subarray(1, 1 + length).toHex());
      const y = fromHex(peer.subarray(1 + length).toHex());
      require(((x | y) >> BigInt(field.bits)) === 0n, "point");
      const square = field.multiply(x, x);
      const right = field.multiply(square, x) ^ (data.a * square) ^ curve.b;
      require((field.multiply(y, y) ^ field.multiply(x, y)) === right, "point");
      const shared = multiply(curve, { point: { x, y }, times });
      if (shared === undefined) throw new EngineError("point");
      return bytesOf(shared.x, length);
    },
  };
}

function fromHex(hex: string): bigint {
  return BigInt(`0x${hex}`);
}

/** Polynomials modulo a reduction polynomial. */
class Field {
  readonly bits: number;
  readonly #modulus: bigint;
  readonly #lower: readonly bigint[];
  readonly #mask: bigint;

  constructor([bits = 0, ...lower]: readonly number[]) {
    this.bits = bits;
    this.#lower = lower.map(BigInt);
    this.#mask = (1n << BigInt(bits)) - 1n;
    this.#modulus = this.#lower.reduce((sum, exponent) => sum | (1n << exponent), this.#mask + 1n);
  }

  /** Four bits of the second factor at a time. */
  multiply(left: bigint, right: bigint): bigint {
    const multiples = [0n, left];
    for (let digit = 2; digit < 16; digit++) {
      const half = (multiples[digit >> 1] ?? 0n) << 1n;
      multiples.push(digit % 2 === 0 ? half : half ^ left);
    }
    let product = 0n;
    for (const digit of right.toString(16)) {
      product = (product << 4n) ^ (multiples[Number.parseInt(digit, 16)] ?? 0n);
    }
    return this.#reduce(product);
  }

  #reduce(value: bigint): bigint {
    let rest = value;
    for (let high = rest >> BigInt(this.bits); high > 0n; high = rest >> BigInt(this.bits)) {
      rest &= this.#mask;
      for (const exponent of this.#lower) rest ^= high << exponent;
    }
    return rest;
  }

  /** By the extended Euclidean algorithm; of 0 there is none. */
  inverse(value: bigint): bigint {
    let [u, v] = [value, this.#modulus];
    let [g, h] = [1n, 0n];
    while (u !== 1n) {
      let shift = digits(u) - digits(v);
      if (shift < 0) {
        [u, v] = [v, u];
        [g, h] = [h, g];
        shift = -shift;
      }
      u ^= v << BigInt(shift);
      g ^= h << BigInt(shift);
    }
    return this.#reduce(g);
  }
}

/** Number of binary digits; 1 for zero. */
function digits(value: bigint): number {
  return value.toString(2).length;
}

/** `times` times a point; `undefined` when that is the point at infinity. */
function multiply(
  curve: Curve,
  { point, times }: { readonly point: Point; readonly times: bigint },
): Point | undefined {
  const { x, y } = point;
  if (x === 0n) return undefined;
  const { field } = curve;
  let low: Projective = { x, z: 1n };
  let high = double(curve, low);
  for (const bit of times.toString(2).slice(1)) {
    const sum = add(field, { x, of: [low, high] });
    [low, high] = bit === "1" ? [sum, double(curve, high)] : [double(curve, low), sum];
  }
  if (low.z === 0n) return undefined;
  if (high.z === 0n) return { x, y: x ^ y };
  const product = field.multiply(low.z, high.z);
  const inverse = field.inverse(field.multiply(x, product));
  const left = low.x ^ field.multiply(x, low.z);
  const right = high.x ^ field.multiply(x, high.z);
  const mixed = field.multiply(left, right) ^
    field.multiply(field.multiply(x, x) ^ y, product);
  const ownX = field.multiply(field.multiply(low.x, field.multiply(x, high.z)), inverse);
  const ownY = field.multiply(field.multiply(x ^ ownX, mixed), inverse) ^ y;
  return { x: ownX, y: ownY };
}

/** x as a fraction. */
interface Projective {
  readonly x: bigint;
  readonly z: bigint;
}

function double({ field, b }: Curve, { x, z }: Projective): Projective {
  const xx = field.multiply(x, x);
  const zz = field.multiply(z, z);
  const right = field.multiply(b, field.multiply(zz, zz));
  return { x: field.multiply(xx, xx) ^ right, z: field.multiply(xx, zz) };
}

/** The sum of two points whose difference has the coordinate `x`. */
function add(
  field: Field,
  { x, of: [left, right] }: {
    readonly x: bigint;
    readonly of: readonly [Projective, Projective];
  },
): Projective {
  const first = field.multiply(left.x, right.z);
  const second = field.multiply(right.x, left.z);
  const z = field.multiply(first ^ second, first ^ second);
  return { x: field.multiply(x, z) ^ field.multiply(first, second), z };
}
