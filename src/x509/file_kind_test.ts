import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { generateKeyPairSync } from "node:crypto";
import { bytesOf } from "../../tests/support/cert_builder.ts";
import { GOLDEN_CRL, GOLDEN_TRUSTED, goldenDer } from "../../tests/support/x509_golden.ts";
import { fileKindOf } from "./file_kind.ts";
import { encodePem } from "./pem.ts";

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

Deno.test("fileKindOf() tells what DER holds", () => {
  const der = (holds: string) => ({ format: "der", holds: [holds] });
  assert.deepEqual(fileKindOf(goldenDer("root")), der("certificate"));
  assert.deepEqual(fileKindOf(GOLDEN_CRL), der("CRL"));
  for (const type of ["pkcs8", "sec1"] as const) {
    const key = privateKey.export({ format: "der", type });
    assert.deepEqual(fileKindOf(new Uint8Array(key)), der("private key"), type);
  }
  const locked = { format: "der", type: "pkcs8", cipher: "aes-256-cbc", passphrase: "p" } as const;
  assert.deepEqual(
    fileKindOf(new Uint8Array(Buffer.from(privateKey.export(locked)))),
    der("private key"),
  );
  const pfx = "3021020103301106092a864886f70d010701a00404020000300930073005060" + "32b0e03";
  assert.deepEqual(fileKindOf(Uint8Array.fromHex(pfx)), der("PKCS#12"));
});

Deno.test("fileKindOf() tells what PEM holds, each kind once", () => {
  const pem = (holds: readonly string[]) => ({ format: "pem", holds });
  const root = encodePem("CERTIFICATE", goldenDer("root"));
  const crl = encodePem("X509 CRL", GOLDEN_CRL);
  const key = encodePem("RSA PRIVATE KEY", new Uint8Array([1]));
  assert.deepEqual(fileKindOf(bytesOf(`${root}${root}${crl}`)), pem(["certificate", "CRL"]));
  assert.deepEqual(fileKindOf(bytesOf(`${key}${root}`)), pem(["private key", "certificate"]));
  assert.deepEqual(fileKindOf(bytesOf(GOLDEN_TRUSTED)), pem(["certificate"]));
  assert.deepEqual(fileKindOf(bytesOf(root.slice(0, 200))), pem(["certificate"]));
  assert.deepEqual(fileKindOf(bytesOf(`${crl}${key.slice(0, 40)}`)), pem(["CRL", "private key"]));
  assert.deepEqual(fileKindOf(bytesOf(encodePem("DH PARAMETERS", new Uint8Array([1])))), pem([]));
});

Deno.test("fileKindOf() knows nothing of other files, of whatever they consist", () => {
  for (const bytes of [new Uint8Array(), bytesOf("no certificate"), new Uint8Array(1000)]) {
    assert.equal(fileKindOf(bytes), undefined);
  }
  const root = goldenDer("root");
  for (let length = 0; length < root.length; length += 7) {
    assert.equal(fileKindOf(root.subarray(0, length)), undefined, `${length}`);
  }
});
