/** EMSA-PSS (RFC 8017 9.1.2): whether an encoded block is one of a message. */

import { createHash } from "node:crypto";
import { equalBytes, joinBytes } from "./bytes.ts";
import type { PssParameters } from "./pss.ts";

/** What came out of the RSA operation, and how it should have been made. */
export interface PssBlock extends PssParameters {
  /** The block, as long as the modulus. */
  readonly block: Uint8Array;
  /** Bits of the modulus. */
  readonly bits: number;
}

/** Checks the block against the message, with any two hashes. */
export function verifyPssBlock(message: Uint8Array, how: PssBlock): boolean {
  const { hash, saltLength, block } = how;
  const digest = hashOf(hash, message);
  const encodedBits = how.bits - 1;
  const length = Math.ceil(encodedBits / 8);
  const [lead = 0] = block.length > length ? block : [];
  const encoded = block.subarray(block.length - length);
  const maskLength = length - digest.length - 1;
  if (lead !== 0 || maskLength < saltLength + 1 || encoded.at(-1) !== 0xbc) return false;
  const masked = encoded.subarray(0, maskLength);
  const stamp = encoded.subarray(maskLength, -1);
  const unused = 0xff >> (8 * length - encodedBits);
  if (((masked[0] ?? 0) & ~unused) !== 0) return false;
  const mask = makeMask(stamp, { hash: how.maskHash, length: maskLength });
  const plain = masked.map((octet, i) => octet ^ (mask[i] ?? 0));
  plain[0] = (plain[0] ?? 0) & unused;
  const saltAt = maskLength - saltLength;
  const isPadded = plain.subarray(0, saltAt - 1).every((octet) => octet === 0) &&
    plain[saltAt - 1] === 1;
  const whole = joinBytes([new Uint8Array(8), digest, plain.subarray(saltAt)]);
  return isPadded && equalBytes(stamp, hashOf(hash, whole));
}

function hashOf(name: string, bytes: Uint8Array): Uint8Array {
  return createHash(name).update(bytes).digest();
}

/** MGF1 (RFC 8017 B.2.1). */
function makeMask(
  seed: Uint8Array,
  { hash, length }: { readonly hash: string; readonly length: number },
): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let made = 0, counter = 0; made < length; counter++) {
    const piece = hashOf(
      hash,
      joinBytes([seed, Uint8Array.of(0, 0, counter >> 8, counter & 0xff)]),
    );
    pieces.push(piece);
    made += piece.length;
  }
  return joinBytes(pieces).subarray(0, length);
}
