/** Authenticated encryption (RFC 5116): AES-GCM and ChaCha20-Poly1305 of the runtime, AES-CCM (RFC 3610) on top of AES. */

import { createCipheriv, createDecipheriv, timingSafeEqual } from "node:crypto";
import { join, number, vector } from "./wire.ts";

/** Bytes of every nonce here. */
export const NONCE_LENGTH = 12;

/** What one operation works on. */
export interface AeadInput {
  /** 12 bytes, never twice with one key. */
  readonly nonce: Uint8Array;
  /** Authenticated with it. */
  readonly associated: Uint8Array;
  /** Plaintext, or ciphertext with its tag. */
  readonly bytes: Uint8Array;
}

/** A cipher with its key. */
export interface Aead {
  /** Bytes of the tag. */
  readonly tagLength: number;
  /** Ciphertext and tag. */
  seal(input: AeadInput): Uint8Array;
  /** Plaintext; `undefined` when it is not authentic. */
  open(input: AeadInput): Uint8Array | undefined;
}

/** Whether `cipher` is one of these. */
export function isAead(cipher: string): boolean {
  return /gcm|ccm|poly1305/.test(cipher);
}

/** Bytes of the key of a cipher, whatever its mode. */
export function keyLength(cipher: string): number {
  if (cipher === "null") return 0;
  if (cipher === "3des-cbc") return 24;
  return cipher.includes("128") ? 16 : 32;
}

/** Puts `key` into `cipher`. */
export function makeAead(cipher: string, key: Uint8Array): Aead {
  if (cipher.includes("ccm")) return makeCcm(key, cipher.endsWith("8") ? 8 : 16);
  // The runtime names and types its ciphers one by one; both have the same shape.
  const name = cipher as "aes-128-gcm";
  const tagLength = 16;
  return {
    tagLength,
    seal({ nonce, associated, bytes }) {
      const state = createCipheriv(name, key, nonce, { authTagLength: tagLength });
      state.setAAD(associated, { plaintextLength: bytes.length });
      const sealed = join(state.update(bytes), state.final());
      return join(sealed, state.getAuthTag());
    },
    open({ nonce, associated, bytes }) {
      const length = bytes.length - tagLength;
      if (length < 0) return undefined;
      const state = createDecipheriv(name, key, nonce, { authTagLength: tagLength });
      state.setAAD(associated, { plaintextLength: length });
      state.setAuthTag(bytes.subarray(length));
      try {
        return join(state.update(bytes.subarray(0, length)), state.final());
      } catch {
        return undefined;
      }
    },
  };
}

/** Bytes of the length field of CCM with nonces of 12 bytes. */
const CCM_LENGTH = 3;
const BLOCK = 16;

function makeCcm(key: Uint8Array, tagLength: 8 | 16): Aead {
  const bits = 8 * key.length;
  const tagOf = ({ nonce, associated, bytes }: AeadInput): Uint8Array => {
    const flags = 0x40 + 8 * ((tagLength - 2) / 2) + CCM_LENGTH - 1;
    const first = join(Uint8Array.of(flags), nonce, number(bytes.length, CCM_LENGTH));
    const blocks = join(first, padded(vector(2, associated)), padded(bytes));
    const state = createCipheriv(`aes-${bits}-cbc`, key, new Uint8Array(BLOCK));
    state.setAutoPadding(false);
    return join(state.update(blocks), state.final()).slice(-BLOCK);
  };
  const stream = (nonce: Uint8Array, bytes: Uint8Array): Uint8Array => {
    const counter = join(Uint8Array.of(CCM_LENGTH - 1), nonce, new Uint8Array(CCM_LENGTH));
    const state = createCipheriv(`aes-${bits}-ctr`, key, counter);
    return join(state.update(bytes), state.final());
  };
  return {
    tagLength,
    seal(input) {
      const mixed = stream(input.nonce, join(tagOf(input), input.bytes));
      return join(mixed.subarray(BLOCK), mixed.subarray(0, tagLength));
    },
    open({ nonce, associated, bytes }) {
      const length = bytes.length - tagLength;
      if (length < 0) return undefined;
      const tag = padded(bytes.subarray(length));
      const mixed = stream(nonce, join(tag, bytes.subarray(0, length)));
      const plain = mixed.subarray(BLOCK);
      const wanted = tagOf({ nonce, associated, bytes: plain }).subarray(0, tagLength);
      return timingSafeEqual(mixed.subarray(0, tagLength), wanted) ? plain : undefined;
    },
  };
}

/** Filled up with zeros to whole blocks. */
function padded(bytes: Uint8Array): Uint8Array {
  return join(bytes, new Uint8Array((BLOCK - bytes.length % BLOCK) % BLOCK));
}
