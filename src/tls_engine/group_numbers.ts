/** What the files of the key exchange share. */

import { require } from "./failure.ts";

/** Our half of an exchange; used once. */
export interface KeyShare {
  /** What the peer gets. */
  readonly publicValue: Uint8Array;
  /** The shared secret. Throws `EngineError` when the peer's value is not one of the group. */
  agree(peer: Uint8Array): Uint8Array;
}

/** Random bytes. */
export type Random = (length: number) => Uint8Array;

/** A number from 1 to below `order`, as good as even (FIPS 186-4 B.4.1). */
export function scalarBelow(order: bigint, random: Random): bigint {
  const length = Math.ceil(order.toString(2).length / 8) + 8;
  return BigInt(`0x${random(length).toHex()}`) % (order - 1n) + 1n;
}

/** A number in `length` bytes. */
export function bytesOf(value: bigint, length: number): Uint8Array {
  return Uint8Array.fromHex(value.toString(16).padStart(2 * length, "0"));
}

/** Points are uncompressed: nothing else was offered that anybody uses (RFC 8422 5.1.2). */
export function requireUncompressed(peer: Uint8Array, fieldLength: number): void {
  require(peer[0] === 4 && peer.length === 1 + 2 * fieldLength, "point");
}
