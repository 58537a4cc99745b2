import assert from "node:assert/strict";
import type { TlsVersion } from "./types.ts";
import { weaknessesOf, withExchange } from "./weaknesses.ts";

const LEAF = { publicKey: "RSA 2048", signatureAlgorithm: "RSA-SHA256", isSelfSigned: false };

Deno.test("weaknessesOf() finds nothing weak in what is of today", () => {
  for (
    const [protocol, cipherSuite] of [
      ["TLSv1.3", "TLS_AES_128_GCM_SHA256"],
      ["TLSv1.2", "ECDHE-RSA-AES128-GCM-SHA256"],
      ["TLSv1.2", "DHE-RSA-AES256-GCM-SHA384"],
    ] as const
  ) assert.deepEqual(weaknessesOf({ protocol, cipherSuite }, LEAF), []);
  const root = { ...LEAF, signatureAlgorithm: "RSA-SHA1", isSelfSigned: true };
  assert.deepEqual(weaknessesOf({ protocol: "TLSv1.3", cipherSuite: "x" }, root), []);
});

Deno.test("weaknessesOf() names what is weak, the worst first", () => {
  const of = (protocol: TlsVersion, cipherSuite: string, leaf: Partial<typeof LEAF> = {}) =>
    weaknessesOf({ protocol, cipherSuite }, { ...LEAF, ...leaf });
  assert.deepEqual(of("TLSv1", "NULL-SHA"), [
    "not-encrypted",
    "old-version",
    "no-forward-secrecy",
  ]);
  assert.deepEqual(of("TLSv1.2", "DES-CBC3-SHA"), ["old-cipher", "no-forward-secrecy"]);
  assert.deepEqual(of("TLSv1.1", "ECDHE-RSA-AES128-SHA"), ["old-version"]);
  assert.deepEqual(of("TLSv1.3", "x", { publicKey: "RSA 1024" }), ["short-key"]);
  assert.deepEqual(of("TLSv1.3", "x", { publicKey: "EC P-256" }), []);
  assert.deepEqual(of("TLSv1.3", "x", { signatureAlgorithm: "RSA-SHA1" }), ["old-signature"]);
});

Deno.test("withExchange() adds a short DH prime", () => {
  assert.deepEqual(withExchange([], { dhBits: 1024 }), ["short-dh"]);
  assert.deepEqual(withExchange([], { dhBits: 2048 }), []);
  assert.deepEqual(withExchange([], { dhBits: undefined }), []);
});
