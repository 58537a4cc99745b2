/** Key exchange over numbers that the server chooses (RFC 5246 7.4.3, 8.1.2). */

import { Buffer } from "node:buffer";
import { createDiffieHellman } from "node:crypto";
import { EngineError, require } from "./failure.ts";
import { type Random, scalarBelow } from "./group_numbers.ts";

/** What a server chose. */
export interface DhParameters {
  /** The prime. */
  readonly prime: Uint8Array;
  /** The generator. */
  readonly generator: Uint8Array;
  /** Its public value. */
  readonly peer: Uint8Array;
}

/**
 * Sizes of primes in bits. Devices of twenty years ago have 768 (Java up to 7) and 1024, which is weak and said to be;
 * 512 is broken within minutes.
 */
const BITS = { least: 768, most: 8192 } as const;

/** Bytes of our exponent. */
const EXPONENT_LENGTH = 64;

/** What comes of it. */
export interface DhAgreement {
  /** What the server gets. */
  readonly publicValue: Uint8Array;
  /** The shared secret, without leading zeros. */
  readonly secret: Uint8Array;
  /** Size of the prime. */
  readonly bits: number;
}

/** Agrees on a secret. Throws `EngineError` for parameters that make none. */
export function agreeDh({ prime, generator, peer }: DhParameters, random: Random): DhAgreement {
  const p = unsigned(prime);
  const bits = p.toString(2).length;
  require(bits >= BITS.least, "dh-size");
  require(bits <= BITS.most, "dh-size");
  require(isWithin(unsigned(generator), p) && isWithin(unsigned(peer), p), "dh-value");
  require(isPrime(p, random), "dh-value");
  const exponent = random(EXPONENT_LENGTH);
  const shared = power(p, { base: unsigned(peer), exponent });
  require(isWithin(shared, p), "dh-value");
  const own = power(p, { base: unsigned(generator), exponent });
  return { publicValue: minimal(own), secret: minimal(shared), bits };
}

/** Not 0, 1 or p - 1, which leave no choice, and below p. */
function isWithin(value: bigint, p: bigint): boolean {
  return value > 1n && value < p - 1n;
}

function unsigned(bytes: Uint8Array): bigint {
  return BigInt(`0x0${bytes.toHex()}`);
}

function minimal(value: bigint): Uint8Array {
  const hex = value.toString(16);
  return Uint8Array.fromHex(hex.length % 2 === 0 ? hex : `0${hex}`);
}

/** By the runtime's own arithmetic, which is faster than ours; it takes few generators, but any value of a peer. */
function power(
  p: bigint,
  { base, exponent }: { readonly base: bigint; readonly exponent: Uint8Array },
): bigint {
  try {
    const state = createDiffieHellman(Buffer.from(minimal(p)), Buffer.of(2));
    state.setPrivateKey(Buffer.from(exponent));
    return unsigned(Uint8Array.from(state.computeSecret(Buffer.from(minimal(base)))));
  } catch {
    throw new EngineError("dh-value");
  }
}

/** One round of Miller and Rabin with a random base, FIPS 186-4 C.3.1: chance and mistakes do not make strong liars. */
function isPrime(p: bigint, random: Random): boolean {
  if (p % 2n === 0n) return false;
  let odd = p - 1n;
  let twos = 0;
  for (; odd % 2n === 0n; twos++) odd /= 2n;
  const base = scalarBelow(p - 2n, random) + 1n;
  let value = power(p, { base, exponent: minimal(odd) });
  if (value === 1n || value === p - 1n) return true;
  for (let round = 1; round < twos; round++) {
    value = (value * value) % p;
    if (value === p - 1n) return true;
  }
  return false;
}
