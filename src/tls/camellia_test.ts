import assert from "node:assert/strict";
import { CamelliaKey } from "./camellia.ts";

function hex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** RFC 3713, Appendix A: key and ciphertext; the plaintext is the same for all three. */
const VECTORS = [
  ["0123456789abcdeffedcba9876543210", "67673138549669730857065648eabe43"],
  [
    "0123456789abcdeffedcba98765432100011223344556677",
    "b4993401b3e996f84ee5cee7d79b09b9",
  ],
  [
    "0123456789abcdeffedcba987654321000112233445566778899aabbccddeeff",
    "9acc237dff16d76c20ef7c919e3a7509",
  ],
] as const;

Deno.test("CamelliaKey encrypts the examples of RFC 3713", () => {
  for (const [key, ciphertext] of VECTORS) {
    const sealed = new CamelliaKey(hex(key)).encrypt(hex("0123456789abcdeffedcba9876543210"));
    assert.deepEqual(sealed, hex(ciphertext));
  }
});

Deno.test("CamelliaKey decrypts the examples of RFC 3713", () => {
  for (const [key, ciphertext] of VECTORS) {
    const plaintext = new CamelliaKey(hex(key)).decrypt(hex(ciphertext));
    assert.deepEqual(plaintext, hex("0123456789abcdeffedcba9876543210"));
  }
});
