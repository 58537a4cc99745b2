import assert from "node:assert/strict";
import { KeyError } from "./keys.ts";
import { isPkcs12, openPkcs12 } from "./pkcs12.ts";
import { SAMPLE_FILES } from "../../tests/support/pkcs12_samples.ts";

const { modern, legacy, empty, java, nokey, two } = SAMPLE_FILES;

/** The problem and the sentence of a file that does not open. */
function refusal(bytes: Uint8Array, password: string | undefined): readonly string[] {
  try {
    openPkcs12(bytes, password);
  } catch (error) {
    if (error instanceof KeyError) return [error.problem, error.message];
    throw error;
  }
  return [];
}

Deno.test("openPkcs12() gives the same key from files of OpenSSL, old and new, and of Java", () => {
  const [first, ...others] = [modern, legacy, empty, java].map(({ bytes, password }) => {
    assert.ok(isPkcs12(bytes));
    const { keyPem, certificatesPem } = openPkcs12(bytes, password);
    return { keyPem, leaf: certificatesPem.slice(0, certificatesPem.indexOf("-----END")) };
  });
  assert.match(first?.keyPem ?? "", /^-----BEGIN PRIVATE KEY-----/);
  for (const other of others) assert.deepEqual(other, first);
});

Deno.test("openPkcs12() gives all certificates, that of the key first", () => {
  const { certificatesPem } = openPkcs12(modern.bytes, modern.password);
  assert.equal(certificatesPem.match(/BEGIN CERTIFICATE/g)?.length, 2);
  const { certificatesPem: single } = openPkcs12(legacy.bytes, legacy.password);
  assert.ok(certificatesPem.startsWith(single));
});

Deno.test("openPkcs12() says what is wrong in one sentence", () => {
  const wrong = ["wrong-password", "the password does not open the PKCS#12 file"];
  assert.deepEqual(refusal(modern.bytes, "other"), wrong);
  assert.deepEqual(refusal(legacy.bytes, ""), wrong);
  assert.deepEqual(refusal(modern.bytes, undefined), [
    "no-password",
    "the PKCS#12 file needs a password",
  ]);
  assert.deepEqual(refusal(two.bytes, two.password), [
    "unreadable",
    "the PKCS#12 file cannot be used: it holds 2 keys with a certificate each: " +
    "put the one that is meant into a file of its own",
  ]);
  assert.equal(openPkcs12(nokey.bytes, nokey.password).keyPem, "");
  assert.equal(openPkcs12(empty.bytes, undefined).keyPem, openPkcs12(empty.bytes, "").keyPem);
});

Deno.test("openPkcs12() bounds the work that a file asks for", () => {
  const bytes = Uint8Array.from(modern.bytes);
  // The last number of the file is how often the integrity check repeats its hash: 0800H.
  assert.deepEqual([...bytes.subarray(-4)], [0x02, 0x02, 0x08, 0x00]);
  const mac = bytes.length - 2 - 0x41;
  assert.deepEqual([bytes[mac], bytes[mac + 1]], [0x30, 0x41]);
  const more = Uint8Array.of(...bytes.subarray(0, -4), 0x02, 0x04, 0x7f, 0xff, 0xff, 0xff);
  more[3] = (more[3] ?? 0) + 2;
  more[mac + 1] = 0x43;
  assert.match(refusal(more, "secret")[1] ?? "", /asks for too much work/);
});

Deno.test("openPkcs12() throws KeyError, and nothing else, for every damaged file", () => {
  for (const { bytes, password } of [modern, legacy]) {
    for (let at = 0; at < bytes.length; at += 61) {
      const damaged = Uint8Array.from(bytes, (byte, index) => index === at ? byte ^ 0x55 : byte);
      refusal(damaged, password);
      refusal(bytes.subarray(0, at), password);
      isPkcs12(damaged);
    }
  }
});

Deno.test("isPkcs12() is not deceived by keys and certificates", () => {
  const { keyPem } = openPkcs12(modern.bytes, modern.password);
  const der = Uint8Array.fromBase64(keyPem.split("\n").slice(1, -2).join(""));
  for (
    const bytes of [new Uint8Array(), Uint8Array.of(0x30), der, new TextEncoder().encode(keyPem)]
  ) {
    assert.equal(isPkcs12(bytes), false);
  }
});
