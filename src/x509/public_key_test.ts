import assert from "node:assert/strict";
import { bitString, integer, makeKey, oid, sequence } from "../../tests/support/cert_builder.ts";
import { readTree } from "../../tests/support/der_mutations.ts";
import { goldenDer } from "../../tests/support/x509_golden.ts";
import { encodeDer } from "./bytes.ts";
import { parseCertificate } from "./certificate.ts";
import { DerReader, TAG } from "./der.ts";
import { type PublicKey, readPublicKey } from "./public_key.ts";

function keyWith(algorithm: Uint8Array, bits: Uint8Array): PublicKey {
  return readPublicKey(new DerReader(sequence(algorithm, bitString(bits))));
}

Deno.test("readPublicKey() reads RSA keys without NULL and numbers without their leading zero", () => {
  const plain = readPublicKey(new DerReader(makeKey("rsa1024").spki));
  const rsa = oid("1.2.840.113549.1.1.1");
  const numbers = readTree(plain.keyBytes).members ?? [];
  const modulus = numbers[0]?.contents ?? new Uint8Array();
  assert.equal(modulus[0], 0, "the usual form has a leading zero");
  const short = sequence(integer(modulus.slice(1)), integer(65537));
  for (const algorithm of [sequence(rsa), sequence(rsa, encodeDer(TAG.null))]) {
    const key = keyWith(algorithm, short);
    assert.ok(key.isUsable);
    assert.equal(key.bits, plain.bits);
    assert.deepEqual(key.keyBytes, plain.keyBytes);
  }
});

Deno.test("readPublicKey() does not take keys that OpenSSL does not take", () => {
  const point = parseCertificate(goldenDer("root")).publicKey;
  const ec = oid("1.2.840.10045.2.1");
  const p256 = oid("1.2.840.10045.3.1.7");
  const ed25519 = oid("1.3.101.112");
  const dsa = oid("1.2.840.10040.4.1");
  const cases: Readonly<Record<string, PublicKey>> = {
    "Ed25519 with parameters": keyWith(
      sequence(ed25519, encodeDer(TAG.null)),
      new Uint8Array(32),
    ),
    "Ed25519 of another length": keyWith(sequence(ed25519), new Uint8Array(31)),
    "EC without a curve": keyWith(sequence(ec), point.keyBytes),
    "EC on a binary curve": keyWith(sequence(ec, oid("1.3.132.0.16")), point.keyBytes),
    "EC point of another curve": keyWith(sequence(ec, oid("1.3.132.0.34")), point.keyBytes),
    "EC point cut off": keyWith(sequence(ec, p256), point.keyBytes.slice(0, -1)),
    "DSA with a key that is not a number": keyWith(sequence(dsa), new Uint8Array(3)),
    "DSA with two numbers": keyWith(
      sequence(dsa, sequence(integer(23), integer(11))),
      integer(4),
    ),
    "RSA with three numbers": keyWith(
      sequence(oid("1.2.840.113549.1.1.1")),
      sequence(integer(23), integer(3), integer(3)),
    ),
    "unknown": keyWith(sequence(oid("1.2.3.4")), new Uint8Array(32)),
  };
  for (const [name, key] of Object.entries(cases)) assert.ok(!key.isUsable, name);
  assert.ok(keyWith(sequence(ec, p256), point.keyBytes).isUsable);
  assert.ok(keyWith(sequence(ed25519), new Uint8Array(32)).isUsable);
  assert.ok(keyWith(sequence(dsa), integer(4)).isUsable, "its issuer may have the parameters");
});
