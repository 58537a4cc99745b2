/** The key schedule of TLS 1.3 (RFC 8446 7.1) with HKDF (RFC 5869). */

import { createHash, createHmac } from "node:crypto";
import { keyLength, NONCE_LENGTH } from "./aead.ts";
import { type Protection, protection13 } from "./protection.ts";
import type { SuiteSpec } from "./suite_spec.ts";
import { number, vector } from "./wire.ts";

type Hash = SuiteSpec["hash"];

function hmac(
  hash: Hash,
  { key, bytes }: { readonly key: Uint8Array; readonly bytes: Uint8Array },
) {
  return Uint8Array.from(createHmac(hash, key).update(bytes).digest());
}

function lengthOf(hash: Hash): number {
  return hash === "sha384" ? 48 : 32;
}

/** HKDF-Expand-Label (RFC 8446 7.1); every length here fits into a few blocks. */
function expandLabel(
  hash: Hash,
  given: {
    readonly secret: Uint8Array;
    readonly label: string;
    readonly context: Uint8Array;
    readonly length: number;
  },
): Uint8Array {
  const { secret, label, context, length } = given;
  const info = [
    number(length, 2),
    vector(1, new TextEncoder().encode(`tls13 ${label}`)),
    vector(1, context),
  ];
  const out = new Uint8Array(length);
  let block = new Uint8Array();
  for (let at = 0, count = 1; at < length; at += block.length, count++) {
    const state = createHmac(hash, secret).update(block);
    for (const part of info) state.update(part);
    block = Uint8Array.from(state.update(Uint8Array.of(count)).digest());
    out.set(block.subarray(0, length - at), at);
  }
  return out;
}

/** The secrets of one stage. */
export interface TrafficSecrets {
  /** Of what the client sends. */
  readonly client: Uint8Array;
  /** Of what the server sends. */
  readonly server: Uint8Array;
}

/** The schedule of one connection, from the shared secret on. */
export class KeySchedule {
  readonly #suite: SuiteSpec;
  readonly #handshake: Uint8Array;

  /** Takes the shared secret in; without a pre-shared key the early secret is made of zeros. */
  constructor(suite: SuiteSpec, shared: Uint8Array) {
    this.#suite = suite;
    const zeros = new Uint8Array(lengthOf(suite.hash));
    const early = hmac(suite.hash, { key: zeros, bytes: zeros });
    this.#handshake = hmac(suite.hash, { key: this.#derived(early), bytes: shared });
  }

  /** Secrets of the rest of the handshake; `transcript` is the hash up to the ServerHello. */
  handshakeSecrets(transcript: Uint8Array): TrafficSecrets {
    return {
      client: this.#secret(this.#handshake, { label: "c hs traffic", context: transcript }),
      server: this.#secret(this.#handshake, { label: "s hs traffic", context: transcript }),
    };
  }

  /** Secrets of the data; `transcript` is the hash up to the server's Finished. */
  dataSecrets(transcript: Uint8Array): TrafficSecrets {
    const zeros = new Uint8Array(lengthOf(this.#suite.hash));
    const key = this.#derived(this.#handshake);
    const main = hmac(this.#suite.hash, { key, bytes: zeros });
    return {
      client: this.#secret(main, { label: "c ap traffic", context: transcript }),
      server: this.#secret(main, { label: "s ap traffic", context: transcript }),
    };
  }

  /** What a Finished message says (RFC 8446 4.4.4). */
  finished(secret: Uint8Array, transcript: Uint8Array): Uint8Array {
    const key = this.#secret(secret, { label: "finished", context: new Uint8Array() });
    return hmac(this.#suite.hash, { key, bytes: transcript });
  }

  /** The secret that follows after a KeyUpdate (RFC 8446 7.2). */
  next(secret: Uint8Array): Uint8Array {
    return this.#secret(secret, { label: "traffic upd", context: new Uint8Array() });
  }

  /** Protection with the keys of a secret (RFC 8446 7.3). */
  protection(secret: Uint8Array): Protection {
    const { hash, cipher } = this.#suite;
    const context = new Uint8Array();
    const length = keyLength(cipher);
    return protection13(this.#suite, {
      key: expandLabel(hash, { secret, label: "key", context, length }),
      iv: expandLabel(hash, { secret, label: "iv", context, length: NONCE_LENGTH }),
    });
  }

  #derived(secret: Uint8Array): Uint8Array {
    const context = Uint8Array.from(createHash(this.#suite.hash).digest());
    return this.#secret(secret, { label: "derived", context });
  }

  #secret(
    secret: Uint8Array,
    { label, context }: { readonly label: string; readonly context: Uint8Array },
  ): Uint8Array {
    const { hash } = this.#suite;
    return expandLabel(hash, { secret, label, context, length: lengthOf(hash) });
  }
}
