/** Block ciphers in CBC mode (NIST SP 800-38A 6.2): AES and 3DES of the runtime, and Camellia (RFC 6367). */

import { createCipheriv, createDecipheriv } from "node:crypto";
import { CamelliaKey } from "../tls/mod.ts";
import { join } from "./wire.ts";

/** A block cipher with its key. */
export interface BlockCipher {
  /** Bytes of a block. */
  readonly block: number;
  /** Encrypts whole blocks. */
  encrypt(iv: Uint8Array, bytes: Uint8Array): Uint8Array;
  /** Decrypts whole blocks. */
  decrypt(iv: Uint8Array, bytes: Uint8Array): Uint8Array;
}

/** Puts `key` into `cipher`. */
export function makeBlockCipher(cipher: string, key: Uint8Array): BlockCipher {
  if (cipher.startsWith("camellia")) return makeCamellia(key);
  const name = cipher === "3des-cbc" ? "des-ede3-cbc" : cipher;
  return {
    block: cipher === "3des-cbc" ? 8 : 16,
    encrypt(iv, bytes) {
      const state = createCipheriv(name, key, iv);
      state.setAutoPadding(false);
      return join(state.update(bytes), state.final());
    },
    decrypt(iv, bytes) {
      const state = createDecipheriv(name, key, iv);
      state.setAutoPadding(false);
      return join(state.update(bytes), state.final());
    },
  };
}

const CAMELLIA_BLOCK = 16;

function makeCamellia(bytes: Uint8Array): BlockCipher {
  const key = new CamelliaKey(bytes);
  return {
    block: CAMELLIA_BLOCK,
    encrypt(iv, plain) {
      const out = new Uint8Array(plain.length);
      let before = iv;
      for (let at = 0; at < plain.length; at += CAMELLIA_BLOCK) {
        before = key.encrypt(mixed(plain.subarray(at, at + CAMELLIA_BLOCK), before));
        out.set(before, at);
      }
      return out;
    },
    decrypt(iv, sealed) {
      const out = new Uint8Array(sealed.length);
      let before = iv;
      for (let at = 0; at < sealed.length; at += CAMELLIA_BLOCK) {
        const block = sealed.subarray(at, at + CAMELLIA_BLOCK);
        out.set(mixed(key.decrypt(block), before), at);
        before = block;
      }
      return out;
    },
  };
}

function mixed(left: Uint8Array, right: Uint8Array): Uint8Array {
  return left.map((byte, at) => byte ^ (right[at] ?? 0));
}
