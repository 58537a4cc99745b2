import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import fc from "fast-check";
import {
  algorithmOf,
  buildCertificate,
  makeKey,
  type SigningSpec,
  simpleName,
  time,
} from "../../tests/support/cert_builder.ts";
import { goldenDer } from "../../tests/support/x509_golden.ts";
import { parseCertificate } from "./certificate.ts";
import { CURVES } from "./curves.ts";
import { unsignedFromBytes } from "./bytes.ts";
import { DerReader, TAG } from "./der.ts";
import { readInteger } from "./der_values.ts";
import { isPointOnCurve, verifyEcdsa } from "./ec.ts";
import { readPublicKey } from "./public_key.ts";
import { verifySignature } from "./signature.ts";
import { isSignedBy } from "./verify.ts";

Deno.test("verifyEcdsa() agrees with the runtime on curves that both know", () => {
  const curves = [["P-256", "1.2.840.10045.3.1.7", "sha256"], [
    "P-384",
    "1.3.132.0.34",
    "sha384",
  ]] as const;
  for (const [name, oid, hash] of curves) {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: name });
    const spki = publicKey.export({ type: "spki", format: "der" });
    const key = readPublicKey(new DerReader(Uint8Array.from(spki)));
    const curve = CURVES[oid];
    assert.ok(curve && key.isUsable);
    for (let i = 0; i < 8; i++) {
      const message = Uint8Array.of(i, 1, 2, 3);
      const fields = new DerReader(Uint8Array.from(sign(hash, message, privateKey))).enter(
        TAG.sequence,
        "x",
      );
      const r = readInteger(fields.any("r"), "r");
      const s = readInteger(fields.any("s"), "s");
      const digest = createHash(hash).update(message).digest();
      const input = { publicPoint: key.keyBytes, digest, r, s };
      assert.equal(verifyEcdsa(curve, input), true);
      assert.equal(verifyEcdsa(curve, { ...input, r: s, s: r }), false);
      assert.equal(
        verifyEcdsa(curve, { ...input, digest: createHash(hash).update("x").digest() }),
        false,
      );
    }
  }
});

Deno.test("verifyEcdsa() refuses numbers outside 1..n-1 and points off the curve", () => {
  for (const curve of Object.values(CURVES)) {
    const n = BigInt(`0x${curve.n}`);
    const width = Math.ceil(BigInt(`0x${curve.p}`).toString(2).length / 8) * 2;
    const hex = `04${curve.gx.padStart(width, "0")}${curve.gy.padStart(width, "0")}`;
    const point = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    assert.equal(isPointOnCurve(curve, point), true, curve.name);
    const digest = new Uint8Array(32).fill(7);
    for (const [r, s] of [[0n, 1n], [1n, 0n], [n, 1n], [1n, n], [-1n, 1n]] as const) {
      assert.equal(verifyEcdsa(curve, { publicPoint: point, digest, r, s }), false);
    }
    point[point.length - 1] = (point[point.length - 1] ?? 0) ^ 1;
    assert.equal(isPointOnCurve(curve, point), false, curve.name);
    assert.equal(verifyEcdsa(curve, { publicPoint: point, digest, r: 1n, s: 1n }), false);
  }
});

Deno.test("isPointOnCurve() takes compressed points where roots are easy", () => {
  const curve = CURVES["1.2.840.10045.3.1.7"];
  assert.ok(curve);
  const x = Uint8Array.from(curve.gx.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const isOdd =
    unsignedFromBytes(Uint8Array.of(Number.parseInt(curve.gy.slice(-2), 16))) % 2n === 1n;
  assert.equal(isPointOnCurve(curve, Uint8Array.of(isOdd ? 3 : 2, ...x)), true);
  assert.equal(isPointOnCurve(curve, Uint8Array.of(5, ...x)), false);
});

Deno.test("a P-521 root's signature on a certificate is verified although the runtime cannot", () => {
  const [root, leaf] = ["other", "byother"].map((name) => parseCertificate(goldenDer(name)));
  assert.ok(root && leaf);
  assert.equal(isSignedBy(leaf, root), true);
  assert.equal(isSignedBy(root, root), true);
  assert.equal(isSignedBy(root, leaf), false);
});

const SPECS: readonly (readonly [string, SigningSpec])[] = [
  ["RSA with SHA-256", { key: makeKey("rsa1024"), hash: "sha256" }],
  ["RSA with SHA-1", { key: makeKey("rsa1024"), hash: "sha1" }],
  ["RSA with MD5", { key: makeKey("rsa1024"), hash: "md5" }],
  ["RSA with PSS", { key: makeKey("rsa1024"), hash: "pss" }],
  ["P-256 with SHA-1", { key: makeKey("p256"), hash: "sha1" }],
  ["P-256 with SHA-512", { key: makeKey("p256"), hash: "sha512" }],
  ["P-384 with SHA-256", { key: makeKey("p384"), hash: "sha256" }],
  ["Ed25519", { key: makeKey("ed25519"), hash: "sha256" }],
];

for (const [name, signing] of SPECS) {
  Deno.test(`verifySignature() takes ${name}, and no changed bit of it`, () => {
    const certificate = parseCertificate(buildCertificate({
      version: 2,
      serial: Uint8Array.of(1),
      issuer: simpleName("x"),
      subject: simpleName("x"),
      notBefore: time(0),
      notAfter: time(1),
      spki: signing.key.spki,
      extensions: [],
      signing,
    }));
    assert.equal(certificate.isSelfSigned, true);
    assert.equal(isSignedBy(certificate, certificate), true);
    const signature = certificate.signature ?? new Uint8Array();
    const place = fc.nat(signature.length * 8 - 1);
    fc.assert(
      fc.property(place, (bit) => {
        const changed = Uint8Array.from(signature);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const signed = { message: certificate.tbs, algorithm: certificate.signatureAlgorithm };
        assert.equal(
          verifySignature(certificate.publicKey, { ...signed, signature: changed }),
          false,
        );
      }),
      { numRuns: 20 },
    );
  });
}

Deno.test("verifySignature() refuses an algorithm of another kind of key, and unknown ones", () => {
  const [root, client] = ["root", "client"].map((name) => parseCertificate(goldenDer(name)));
  assert.ok(root?.signature && client);
  const signed = { message: root.tbs, signature: root.signature };
  const algorithm = root.signatureAlgorithm;
  assert.equal(verifySignature(root.publicKey, { ...signed, algorithm }), true);
  assert.equal(verifySignature(client.publicKey, { ...signed, algorithm }), false);
  const unknown = { ...algorithm, oid: "1.2.3.4" };
  assert.equal(verifySignature(root.publicKey, { ...signed, algorithm: unknown }), false);
  assert.ok(algorithmOf({ key: makeKey("p256"), hash: "sha256" }).length > 0);
});
