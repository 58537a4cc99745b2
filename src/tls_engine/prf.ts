/** The pseudorandom functions of TLS 1.0 to 1.2 (RFC 2246 5, RFC 5246 5), and what is made of them. */

import { createHash, createHmac } from "node:crypto";
import { join } from "./wire.ts";

/** `md5-sha1` up to TLS 1.1, then the suite's. */
export type PrfHash = "md5-sha1" | "sha256" | "sha384";

/** What a PRF works on. */
export interface PrfInput {
  /** Shared secret. */
  readonly secret: Uint8Array;
  /** ASCII. */
  readonly label: string;
  /** Bytes that the output depends on too. */
  readonly seed: Uint8Array;
  /** Bytes wanted. */
  readonly length: number;
}

/** Output of the PRF. */
export function prf(hash: PrfHash, { secret, label, seed, length }: PrfInput): Uint8Array {
  const whole = join(new TextEncoder().encode(label), seed);
  if (hash !== "md5-sha1") return expand(hash, { secret, seed: whole, length });
  const half = Math.ceil(secret.length / 2);
  const left = expand("md5", { secret: secret.subarray(0, half), seed: whole, length });
  const right = expand("sha1", {
    secret: secret.subarray(secret.length - half),
    seed: whole,
    length,
  });
  return left.map((byte, at) => byte ^ (right[at] ?? 0));
}

/** P_hash (RFC 5246 5). */
function expand(
  hash: string,
  { secret, seed, length }: Omit<PrfInput, "label">,
): Uint8Array {
  const mac = (bytes: Uint8Array) => createHmac(hash, secret).update(bytes).digest();
  const parts: Uint8Array[] = [];
  let a: Uint8Array = seed;
  for (let got = 0; got < length;) {
    a = mac(a);
    const part = mac(join(a, seed));
    parts.push(part);
    got += part.length;
  }
  return join(...parts).slice(0, length);
}

/** Hash of a transcript; `md5-sha1` is both, one after the other. */
export function digest(hash: PrfHash, messages: readonly Uint8Array[]): Uint8Array {
  const state = createHash(hash);
  for (const message of messages) state.update(message);
  return Uint8Array.from(state.digest());
}
