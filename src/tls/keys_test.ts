import assert from "node:assert/strict";
import { bytesOf } from "../../tests/support/cert_builder.ts";
import { fromBase64, GOLDEN_KEYS, goldenDer } from "../../tests/support/x509_golden.ts";
import {
  KeyError,
  keyMatchesCertificate,
  type KeyProblem,
  loadPrivateKey,
  needsPassword,
  type PrivateKey,
} from "./keys.ts";
import { encodePem, parseCertificate, scanPem } from "../x509/mod.ts";

const SERVER = parseCertificate(goldenDer("server"));
const OTHER = parseCertificate(goldenDer("root"));

function load(pem: string, password: string | undefined): PrivateKey {
  return loadPrivateKey(bytesOf(pem), { format: "pem", password });
}

function problemOf(run: () => unknown): KeyProblem | "none" {
  try {
    run();
    return "none";
  } catch (error) {
    assert.ok(error instanceof KeyError, String(error));
    return error.problem;
  }
}

const CLEAR = ["PKCS#8", "SEC 1", "PKCS#1"];
const UNKNOWN = ["PBES1 MD5 DES"];
const ENCRYPTED = Object.keys(GOLDEN_KEYS).filter((form) => ![...CLEAR, ...UNKNOWN].includes(form));

Deno.test("loadPrivateKey() reads every form of a key in the clear, whatever the password", () => {
  for (const form of CLEAR) {
    const pem = GOLDEN_KEYS[form] ?? "";
    assert.equal(needsPassword(bytesOf(pem), "pem"), false);
    for (const password of [undefined, "", "secret"]) {
      const key = load(pem, password);
      assert.equal(key.kind, form === "PKCS#1" ? "rsa" : "ec");
      assert.equal(keyMatchesCertificate(key, SERVER), form !== "PKCS#1", form);
    }
  }
});

Deno.test("loadPrivateKey() reads every encryption the reference reads", () => {
  assert.ok(ENCRYPTED.length > 10);
  for (const form of ENCRYPTED) {
    const pem = GOLDEN_KEYS[form] ?? "";
    assert.equal(needsPassword(bytesOf(pem), "pem"), true, form);
    assert.equal(keyMatchesCertificate(load(pem, "secret"), SERVER), true, form);
    assert.equal(problemOf(() => load(pem, undefined)), "no-password", form);
    assert.equal(problemOf(() => load(pem, "Secret")), "wrong-password", form);
    assert.equal(problemOf(() => load(pem, "")), "wrong-password", form);
  }
});

Deno.test("loadPrivateKey() gives PKCS#8 in the clear that it reads again", () => {
  for (const pem of Object.values(GOLDEN_KEYS).slice(0, 6)) {
    const key = load(pem, "secret");
    assert.deepEqual(load(key.pem, undefined).publicKeyBytes, key.publicKeyBytes);
  }
});

Deno.test("loadPrivateKey() takes the first key among other blocks and text", () => {
  const pem = GOLDEN_KEYS["PKCS#8"] ?? "";
  const certificate = "-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----\n";
  const other = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAEC\n-----END OPENSSH PRIVATE KEY-----\n";
  const text = `some text\n${certificate}${other}${pem}${certificate}`.replaceAll("\n", "\r\n");
  assert.equal(keyMatchesCertificate(load(text, undefined), SERVER), true);
});

Deno.test("loadPrivateKey() reads DER in the clear only", () => {
  const der = (form: string): Uint8Array =>
    scanPem(bytesOf(GOLDEN_KEYS[form] ?? "")).blocks.at(-1)?.data ?? new Uint8Array();
  const options = { format: "der", password: "secret" } as const;
  for (const form of CLEAR) assert.ok(loadPrivateKey(der(form), options).pem, form);
  for (const form of ["PBES2 AES-256", "PBES2 scrypt"]) {
    assert.equal(problemOf(() => loadPrivateKey(der(form), options)), "unreadable", form);
    assert.equal(needsPassword(der(form), "der"), false);
  }
});

Deno.test("loadPrivateKey() says of files without a readable key that they are unreadable", () => {
  const certificate = "-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----\n";
  const cut = "-----BEGIN PRIVATE KEY-----\nAAEC\n-----END PRIVATE KEY-----\n";
  const files = ["", "junk", certificate, cut, GOLDEN_KEYS["PBES1 MD5 DES"] ?? ""];
  for (const text of files) assert.equal(problemOf(() => load(text, "secret")), "unreadable");
});

Deno.test("a key error carries the reference's code and never the password", () => {
  const pem = GOLDEN_KEYS["DEK-Info AES-256"] ?? "";
  const codes = [["wrong word", 0x1c800064], [undefined, 0x1400006b]] as const;
  for (const [password, code] of codes) {
    try {
      load(pem, password);
      assert.fail();
    } catch (error) {
      assert.ok(error instanceof KeyError);
      assert.equal(error.libraryError?.code, code);
      assert.doesNotMatch(error.message, /wrong word/);
    }
  }
});

Deno.test("keyMatchesCertificate() knows the key of a certificate from that of another", () => {
  const key = load(GOLDEN_KEYS["SEC 1"] ?? "", undefined);
  assert.equal(keyMatchesCertificate(key, SERVER), true);
  assert.equal(keyMatchesCertificate(key, OTHER), false);
});

Deno.test("loadPrivateKey() refuses a key that asks for endless work", () => {
  const scrypt = fromBase64((GOLDEN_KEYS["PBES2 scrypt"] ?? "").replace(/-----.*-----|\n/g, ""));
  const cost = scrypt.findIndex((byte, i) =>
    byte === 2 && scrypt[i + 1] === 2 && scrypt[i + 2] === 0x40
  );
  assert.ok(cost > 0);
  for (const [high, low] of [[0x7f, 0xff], [0x00, 0x81]] as const) {
    const huge = Uint8Array.from(scrypt);
    huge[cost + 2] = high;
    huge[cost + 3] = low;
    const pem = encodePem("ENCRYPTED PRIVATE KEY", huge);
    assert.equal(problemOf(() => load(pem, "secret")), "unreadable");
  }
});
