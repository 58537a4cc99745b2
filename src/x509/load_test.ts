import assert from "node:assert/strict";
import { bytesOf } from "../../tests/support/cert_builder.ts";
import { GOLDEN_CRL, GOLDEN_TRUSTED, goldenDer } from "../../tests/support/x509_golden.ts";
import { type FileContents, type FileFormat, loadTrustFile, readCertificates } from "./load.ts";
import { loadOwnCertificates, ownCertificateWarnings } from "./own.ts";
import { encodePem } from "./pem.ts";

function pem(...names: readonly string[]): string {
  return names.map((name) => encodePem("CERTIFICATE", goldenDer(name))).join("");
}

function file(text: string): FileContents {
  return { ok: true, bytes: bytesOf(text) };
}

/** The number and the words that the reference prints first for a file that it cannot load. */
function complaint(contents: FileContents, format: FileFormat = "pem"): string | undefined {
  const loaded = loadTrustFile(contents, format);
  if (loaded.ok) return undefined;
  const [first] = loaded.errors;
  return first && `${first.code.toString(16).padStart(8, "0")}: ${first.reason}`;
}

Deno.test("loadTrustFile() takes all certificates and CRLs of a PEM file", () => {
  const text = `${pem("root")}text\n${encodePem("X509 CRL", GOLDEN_CRL)}${
    pem("int")
  }${GOLDEN_TRUSTED}`;
  const loaded = loadTrustFile(file(text), "pem");
  assert.ok(loaded.ok);
  assert.equal(loaded.certificates.length, 3);
  assert.equal(loaded.crls.length, 1);
  assert.equal(loaded.certificates[2]?.trust?.rejected.length, 1);
});

Deno.test("loadTrustFile() takes one DER certificate, never a DER CRL", () => {
  const loaded = loadTrustFile({ ok: true, bytes: goldenDer("root") }, "der");
  assert.ok(loaded.ok && loaded.certificates.length === 1);
  assert.equal(
    complaint({ ok: true, bytes: GOLDEN_CRL }, "der"),
    "068000a8: wrong tag",
  );
});

Deno.test("loadTrustFile() fails with the first entry of the reference's error queue", () => {
  const garbage = file("this is not a certificate\n");
  const cut = encodePem("CERTIFICATE", goldenDer("root").subarray(0, 200));
  const crlAsCertificate = encodePem("CERTIFICATE", GOLDEN_CRL);
  const missing: FileContents = { ok: false, errno: 2 };
  const expected: readonly (readonly [string | undefined, string])[] = [
    [complaint(missing), "80000002: undefined"],
    [complaint({ ok: false, errno: 13 }), "8000000d: undefined"],
    [complaint({ ok: false, errno: 21 }), "05800088: no certificate or crl found"],
    [complaint(garbage), "05800088: no certificate or crl found"],
    [complaint(file("")), "05800088: no certificate or crl found"],
    [complaint(file(`${pem("root")}-----BEGIN A-----\n`)), "04800066: bad end line"],
    [
      complaint(file(`${pem("root")}-----BEGIN A-----\n%\n-----END A-----\n`)),
      "04800064: bad base64 decode",
    ],
    [complaint(file(cut)), "0680009b: too long"],
    [complaint(file(crlAsCertificate)), "068000a8: wrong tag"],
    [complaint(missing, "der"), "80000002: undefined"],
    [complaint({ ok: false, errno: 21 }, "der"), "80000015: undefined"],
    [complaint(garbage, "der"), "0680008e: not enough data"],
    [complaint(file(""), "der"), "0588000d: ASN1 lib"],
  ];
  for (const [got, wanted] of expected) assert.equal(got, wanted);
});

Deno.test("loadTrustFile() keeps the further entries in their order", () => {
  const loaded = loadTrustFile({ ok: false, errno: 2 }, "pem");
  assert.ok(!loaded.ok);
  assert.deepEqual(loaded.errors.map((error) => error.code), [0x80000002, 0x10000080, 0x05880002]);
});

Deno.test("readCertificates() stops at a damaged block and passes over trusted certificates", () => {
  const damaged = encodePem("CERTIFICATE", bytesOf("junk"));
  const names = (text: string): number => readCertificates(bytesOf(text), "pem").length;
  assert.equal(names(pem("server", "int")), 2);
  assert.equal(names(pem("server") + damaged + pem("int")), 1);
  assert.equal(names(GOLDEN_TRUSTED + pem("int")), 1);
  assert.equal(names(GOLDEN_TRUSTED), 0);
  assert.equal(names(damaged + pem("int")), 0);
  assert.equal(readCertificates(bytesOf("junk"), "der").length, 0);
});

Deno.test("loadOwnCertificates() fails as the reference does without a certificate", () => {
  const code = (contents: FileContents, format: FileFormat): number | undefined => {
    const loaded = loadOwnCertificates(contents, format);
    return loaded.ok ? undefined : loaded.errors[0]?.code;
  };
  assert.equal(code({ ok: false, errno: 2 }, "pem"), 0x80000002);
  assert.equal(code(file("no certificate"), "pem"), 0x0480006c);
  assert.equal(code(file("no certificate"), "der"), 0x0680008e);
  assert.equal(code(file(pem("server", "int")), "pem"), undefined);
});

Deno.test("ownCertificateWarnings() says nothing about keys that are not RSA", () => {
  const [certificate] = readCertificates(goldenDer("server"), "der");
  assert.ok(certificate);
  assert.deepEqual(ownCertificateWarnings(certificate, "a.pem"), []);
});
