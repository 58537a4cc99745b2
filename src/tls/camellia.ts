/**
 * Camellia (RFC 3713): the one cipher of key files and of suites that the reference has and the runtime's cryptography
 * lacks. Written for a few kilobytes; names follow the RFC.
 */

import { unsignedFromBytes } from "../x509/mod.ts";

const MASK_64 = (1n << 64n) - 1n;
const MASK_128 = (1n << 128n) - 1n;

/** SBOX1 (RFC 3713 2.4.1); the other three are rotations of it. */
const SBOX = "70822cecb327c0e5e4855735ea0cae4123ef6b934519a521ed0e4f4e1d6592bd" +
  "86b8af8f7ceb1fce3e30dc5f5ec50b1aa6e139cad5475d3dd9015ad651566c4d" +
  "8b0d9a66fbccb02d74122b20f0b18499df4ccbc2347e76056db7a931d11704d7" +
  "14583a61de1b111c320f9c165318f222fe44cfb2c3b57a912408e8a860fc6950" +
  "aad0a07da1896297545b1e95e0ff64d210c40048a3f775db8a03e6da093fdd94" +
  "875c8302cd4a90337367f6f39d7fbfe2529bd826c837c63b81966f4b13be632e" +
  "e979a78c9f6ebc8e29f5f9b62ffdb4597898066ae74671bad425ab4288a28dfa" +
  "7207b955f8eeac0a36492a683c38f1a44028d37bbbc943c115e3adf477c7809e";

/** Constants of the key schedule. */
const SIGMA = [
  0xa09e667f3bcc908bn,
  0xb67ae8584caa73b2n,
  0xc6ef372fe94f82ben,
  0x54ff53a5f1d36f1cn,
  0x10e527fade682d1dn,
  0xb05688c2b3e6c1fdn,
] as const;

/** What the subkeys are cut from: which value, rotated by how many bits, gives which two subkeys. */
type Cut = readonly [source: "KL" | "KR" | "KA" | "KB", bits: number];

const ROUND_CUTS_128: readonly Cut[] = [
  ["KA", 0],
  ["KL", 15],
  ["KA", 15],
  ["KL", 45],
  ["KA", 45],
  ["KA", 60],
  ["KL", 94],
  ["KA", 94],
  ["KL", 111],
];

const ROUND_CUTS_256: readonly Cut[] = [
  ["KB", 0],
  ["KR", 15],
  ["KA", 15],
  ["KB", 30],
  ["KL", 45],
  ["KA", 45],
  ["KR", 60],
  ["KB", 60],
  ["KL", 77],
  ["KR", 94],
  ["KA", 94],
  ["KL", 111],
];

const LAYER_CUTS_128: readonly Cut[] = [["KA", 30], ["KL", 77]];
const LAYER_CUTS_256: readonly Cut[] = [["KR", 30], ["KL", 60], ["KA", 77]];

/** Subkeys in the order decryption uses them. */
interface Subkeys {
  readonly before: readonly bigint[];
  readonly rounds: readonly bigint[];
  readonly layers: readonly bigint[];
  readonly after: readonly bigint[];
}

/** A key of 16, 24 or 32 bytes. */
export class CamelliaKey {
  readonly #decryption: Subkeys;
  readonly #encryption: Subkeys;

  /** Prepares the subkeys. */
  constructor(key: Uint8Array) {
    const { before, rounds, layers, after } = scheduleFor(key);
    this.#decryption = { before, rounds, layers, after };
    this.#encryption = {
      before: after,
      rounds: rounds.toReversed(),
      layers: layers.toReversed(),
      after: before,
    };
  }

  /** Encrypts one block of 16 bytes. */
  encrypt(block: Uint8Array): Uint8Array {
    return passThrough(this.#encryption, block);
  }

  /** Decrypts one block of 16 bytes. */
  decrypt(block: Uint8Array): Uint8Array {
    return passThrough(this.#decryption, block);
  }
}

function passThrough({ before, rounds, layers, after }: Subkeys, block: Uint8Array): Uint8Array {
  const input = unsignedFromBytes(block);
  let left = (input >> 64n) ^ (before[0] ?? 0n);
  let right = (input & MASK_64) ^ (before[1] ?? 0n);
  for (const [i, subkey] of rounds.entries()) {
    if (i > 0 && i % 6 === 0) {
      left = layer(left, layers[i / 3 - 2] ?? 0n);
      right = inverseLayer(right, layers[i / 3 - 1] ?? 0n);
    }
    if (i % 2 === 0) right ^= mix(left, subkey);
    else left ^= mix(right, subkey);
  }
  right ^= after[0] ?? 0n;
  left ^= after[1] ?? 0n;
  return toBytes((right << 64n) | left);
}

function toBytes(value: bigint): Uint8Array {
  const hex = value.toString(16).padStart(32, "0");
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Decryption is encryption with the subkeys in reverse order (RFC 3713 2.3.3). */
function scheduleFor(key: Uint8Array): Subkeys {
  const values = keyValues(key);
  const isShort = key.length === 16;
  const cut = ([source, bits]: Cut): readonly bigint[] => {
    const rotated = rotate(values[source], bits);
    return [rotated >> 64n, rotated & MASK_64];
  };
  const rounds = (isShort ? ROUND_CUTS_128 : ROUND_CUTS_256).flatMap(cut);
  // With short keys the ninth and tenth subkeys come from two different values.
  if (isShort) rounds[9] = rotate(values.KL, 60) & MASK_64;
  const layers = (isShort ? LAYER_CUTS_128 : LAYER_CUTS_256).flatMap(cut);
  return {
    before: cut([isShort ? "KA" : "KB", 111]),
    rounds: rounds.reverse(),
    layers: layers.reverse(),
    after: cut(["KL", 0]),
  };
}

function keyValues(key: Uint8Array): Readonly<Record<Cut[0], bigint>> {
  const KL = unsignedFromBytes(key.subarray(0, 16));
  const rest = unsignedFromBytes(key.subarray(16));
  const KR = key.length === 24 ? (rest << 64n) | (rest ^ MASK_64) : rest;
  const halves = (value: bigint): [bigint, bigint] => [value >> 64n, value & MASK_64];
  let [d1, d2] = halves(KL ^ KR);
  d2 ^= mix(d1, SIGMA[0]);
  d1 ^= mix(d2, SIGMA[1]);
  d1 ^= KL >> 64n;
  d2 ^= KL & MASK_64;
  d2 ^= mix(d1, SIGMA[2]);
  d1 ^= mix(d2, SIGMA[3]);
  const KA = (d1 << 64n) | d2;
  [d1, d2] = halves(KA ^ KR);
  d2 ^= mix(d1, SIGMA[4]);
  d1 ^= mix(d2, SIGMA[5]);
  return { KL, KR, KA, KB: (d1 << 64n) | d2 };
}

function rotate(value: bigint, bits: number): bigint {
  return ((value << BigInt(bits)) | (value >> BigInt(128 - bits))) & MASK_128;
}

/** Which of the four boxes each of the eight bytes goes through, and which outputs make each byte (2.4.1). */
const BOXES = [1, 2, 3, 4, 2, 3, 4, 1] as const;
const SUMS = [
  [0, 2, 3, 5, 6, 7],
  [0, 1, 3, 4, 6, 7],
  [0, 1, 2, 4, 5, 7],
  [1, 2, 3, 4, 5, 6],
  [0, 1, 5, 6, 7],
  [1, 2, 4, 6, 7],
  [2, 3, 4, 5, 7],
  [0, 3, 4, 5, 6],
] as const;

/** The F-function (2.4.1). */
function mix(value: bigint, subkey: bigint): bigint {
  const input = value ^ subkey;
  const bytes = BOXES.map((box, i) =>
    substitute(box, Number((input >> BigInt(56 - 8 * i)) & 0xffn))
  );
  return SUMS.reduce((out, places) => {
    const byte = places.reduce<number>((sum, place) => sum ^ (bytes[place] ?? 0), 0);
    return (out << 8n) | BigInt(byte);
  }, 0n);
}

function substitute(box: 1 | 2 | 3 | 4, byte: number): number {
  const index = box === 4 ? rotateByte(byte, 1) : byte;
  const out = Number.parseInt(SBOX.slice(2 * index, 2 * index + 2), 16);
  if (box === 2) return rotateByte(out, 1);
  return box === 3 ? rotateByte(out, 7) : out;
}

function rotateByte(byte: number, bits: number): number {
  return ((byte << bits) | (byte >> (8 - bits))) & 0xff;
}

function rotateWord(word: number): number {
  return (word << 1) | (word >>> 31);
}

/** The FL-function (2.4.2). */
function layer(value: bigint, subkey: bigint): bigint {
  let [high, low] = words(value);
  const [keyHigh, keyLow] = words(subkey);
  low ^= rotateWord(high & keyHigh);
  high ^= low | keyLow;
  return joinWords(high, low);
}

/** Its inverse (2.4.3). */
function inverseLayer(value: bigint, subkey: bigint): bigint {
  let [high, low] = words(value);
  const [keyHigh, keyLow] = words(subkey);
  high ^= low | keyLow;
  low ^= rotateWord(high & keyHigh);
  return joinWords(high, low);
}

function words(value: bigint): [number, number] {
  return [Number(value >> 32n) | 0, Number(value & 0xffffffffn) | 0];
}

function joinWords(high: number, low: number): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
