/** From a premaster secret to the keys of both directions, up to TLS 1.2 (RFC 5246 8.1, 6.3; RFC 7627 4). */

import { isAead, keyLength } from "./aead.ts";
import { VERSION } from "./codes.ts";
import { prf, type PrfHash } from "./prf.ts";
import { type DirectionKeys, MAC_LENGTHS } from "./protection.ts";
import type { SuiteSpec } from "./suite_spec.ts";
import { join } from "./wire.ts";

const MASTER_LENGTH = 48;
const FINISHED_LENGTH = 12;

/** The hash that a version and a suite derive keys with. */
export function prfHashOf(version: number, suite: SuiteSpec): PrfHash {
  return version < VERSION.tls12 ? "md5-sha1" : suite.hash;
}

/** Random bytes of both sides. */
export interface Randoms {
  /** Of the client. */
  readonly client: Uint8Array;
  /** Of the server. */
  readonly server: Uint8Array;
}

/** The master secret; with `sessionHash` bound to the handshake. */
export function masterSecret(
  hash: PrfHash,
  given: {
    readonly premaster: Uint8Array;
    readonly randoms: Randoms;
    readonly sessionHash: Uint8Array | undefined;
  },
): Uint8Array {
  const { premaster, randoms: { client, server }, sessionHash } = given;
  const label = sessionHash === undefined ? "master secret" : "extended master secret";
  const seed = sessionHash ?? join(client, server);
  return prf(hash, { secret: premaster, label, seed, length: MASTER_LENGTH });
}

/** The keys of both directions. */
export function connectionKeys(
  hash: PrfHash,
  { master, randoms, suite, version }: {
    readonly master: Uint8Array;
    readonly randoms: Randoms;
    readonly suite: SuiteSpec;
    readonly version: number;
  },
): { readonly client: DirectionKeys; readonly server: DirectionKeys } {
  const { cipher } = suite;
  const key = keyLength(cipher);
  const mac = isAead(cipher) ? 0 : MAC_LENGTHS[suite.mac];
  const iv = ivLength(cipher, version);
  const seed = join(randoms.server, randoms.client);
  const length = 2 * (mac + key + iv);
  const block = prf(hash, { secret: master, label: "key expansion", seed, length });
  let at = 0;
  const take = (wanted: number): Uint8Array => {
    at += wanted;
    return block.subarray(at - wanted, at);
  };
  const [clientMac, serverMac] = [take(mac), take(mac)];
  const [clientKey, serverKey] = [take(key), take(key)];
  const [clientIv, serverIv] = [take(iv), take(iv)];
  return {
    client: { macKey: clientMac, key: clientKey, iv: clientIv },
    server: { macKey: serverMac, key: serverKey, iv: serverIv },
  };
}

function ivLength(cipher: string, version: number): number {
  if (cipher === "chacha20-poly1305") return 12;
  if (isAead(cipher)) return 4;
  if (version > VERSION.tls10 || cipher === "null") return 0;
  return cipher === "3des-cbc" ? 8 : 16;
}

/** What a Finished message of one side says. */
export function finishedValue(
  hash: PrfHash,
  { master, side, transcript }: {
    readonly master: Uint8Array;
    readonly side: "client" | "server";
    readonly transcript: Uint8Array;
  },
): Uint8Array {
  const label = `${side} finished`;
  return prf(hash, { secret: master, label, seed: transcript, length: FINISHED_LENGTH });
}
