import assert from "node:assert/strict";
import { bytesOf, extension, sequence } from "../../tests/support/cert_builder.ts";
import { makeKeyRing, makeWorld, Random, renderCert } from "../../tests/support/chain_world.ts";
import { readTree, writeTree } from "../../tests/support/der_mutations.ts";
import { GOLDEN_CERTIFICATES, GOLDEN_TRUSTED, goldenDer } from "../../tests/support/x509_golden.ts";
import {
  type Certificate,
  KEY_USAGE,
  parseCertificate,
  parseTrustedCertificate,
  renderSerialDecimal,
  renderSerialHex,
} from "./certificate.ts";
import { encodeDer } from "./bytes.ts";
import { DerError, TAG } from "./der.ts";
import { KEY_PURPOSE } from "./oids.ts";
import { scanPem } from "./pem.ts";
import { describePublicKey, renderPublicKey } from "./public_key.ts";
import { sha256 } from "./signature.ts";
import { renderTime } from "./time.ts";

Deno.test("parseCertificate() reads what openssl wrote", () => {
  for (const [id, golden] of Object.entries(GOLDEN_CERTIFICATES)) {
    const certificate = parseCertificate(goldenDer(id));
    assert.equal(certificate.version, 3, id);
    assert.equal(renderSerialHex(certificate.serialNumber), golden.serial, id);
    assert.equal(renderTime(certificate.notBefore), golden.notBefore, id);
    assert.equal(renderTime(certificate.notAfter), golden.notAfter, id);
    assert.equal(certificate.publicKey.bits, golden.bits, id);
    assert.equal(certificate.malformed, undefined, id);
    const fingerprint = Array.from(
      sha256(certificate.der),
      (byte) => byte.toString(16).padStart(2, "0"),
    ).join("");
    assert.equal(fingerprint, golden.fingerprint, id);
  }
});

Deno.test("parseCertificate() reads the extensions that decisions need", () => {
  const intermediate = parseCertificate(goldenDer("int"));
  assert.deepEqual(intermediate.basicConstraints, { ca: true, pathLength: 0 });
  assert.equal(intermediate.keyUsage, KEY_USAGE.keyCertSign | KEY_USAGE.crlSign);
  assert.equal(intermediate.authorityKeyIdentifier?.keyIdentifier?.length, 20);
  const server = parseCertificate(goldenDer("server"));
  assert.deepEqual(server.extendedKeyUsage, [KEY_PURPOSE.serverAuth]);
  assert.deepEqual(server.subjectAltNames?.map((item) => item.type), ["dns", "dns", "ip", "ip"]);
  assert.equal(server.crlDistributionPoints?.length, 1);
  assert.equal(server.isSelfIssued, false);
  const named = parseCertificate(goldenDer("named"));
  assert.equal(named.nameConstraints?.permitted.length, 1);
  assert.equal(named.nameConstraints?.excluded.length, 1);
  assert.equal(parseCertificate(goldenDer("critical")).unhandledCritical, "1.2.3.4.5.6.7.8");
  assert.equal(parseCertificate(goldenDer("root")).isSelfSigned, true);
});

Deno.test("parseCertificate() refuses a certificate cut anywhere or followed by anything", () => {
  const der = goldenDer("server");
  for (let end = 0; end < der.length; end++) {
    assert.throws(() => parseCertificate(der.subarray(0, end)), DerError, `cut at ${end}`);
  }
  assert.throws(() => parseCertificate(Uint8Array.from([...der, 0])), DerError);
});

Deno.test("parseCertificate() survives every single changed byte", () => {
  const der = goldenDer("server");
  let kept = 0;
  for (let at = 0; at < der.length; at++) {
    const changed = Uint8Array.from(der);
    changed[at] = (changed[at] ?? 0) ^ 0x55;
    try {
      parseCertificate(changed);
      kept++;
    } catch (error) {
      assert.ok(error instanceof DerError, `byte ${at}: ${error}`);
    }
  }
  assert.ok(kept > 100 && kept < der.length);
});

function withExtension(...extra: readonly Uint8Array[]): Certificate {
  const ring = makeKeyRing();
  const world = makeWorld(ring, { random: new Random(1), now: 1_700_000_000, tag: "x" });
  const [leaf] = world.certs;
  assert.ok(leaf);
  leaf.extra.push(...extra);
  return parseCertificate(renderCert(leaf));
}

Deno.test("parseCertificate() keeps a certificate with a damaged or doubled extension, and names it", () => {
  const names = (text: string) => sequence(encodeDer(0x82, bytesOf(text)));
  const doubled = withExtension(
    extension("2.5.29.17", names("a.example")),
    extension("2.5.29.17", names("b.example")),
  );
  assert.equal(doubled.malformed, "subjectAltName");
  assert.equal(doubled.subjectAltNames, undefined);
  const damaged = withExtension(extension("2.5.29.37", encodeDer(TAG.octetString)));
  assert.equal(damaged.malformed, "extendedKeyUsage");
});

Deno.test("parseCertificate() takes what follows the value of an extension for nothing, as OpenSSL does", () => {
  const trailing = withExtension(
    extension("2.5.29.37", Uint8Array.from([...sequence(), ...sequence()])),
  );
  assert.equal(trailing.malformed, undefined);
  assert.deepEqual(trailing.extendedKeyUsage, []);
});

Deno.test("parseCertificate() reads unique identifiers", () => {
  const tree = readTree(goldenDer("root"));
  const fields = tree.members?.[0]?.members ?? [];
  const at = fields.length - 1;
  const identifier = (tag: number) => readTree(encodeDer(tag, Uint8Array.of(0, 1, 2)));
  fields.splice(at, 0, identifier(0x81), identifier(0x82));
  const certificate = parseCertificate(writeTree(tree));
  assert.equal(certificate.basicConstraints?.ca, true);
  fields[at] = readTree(encodeDer(0x81));
  assert.throws(() => parseCertificate(writeTree(tree)), DerError, "no bits at all");
});

Deno.test("parseTrustedCertificate() reads the trust settings after the certificate", () => {
  const [block] = scanPem(bytesOf(GOLDEN_TRUSTED)).blocks;
  assert.ok(block);
  assert.equal(block.label, "TRUSTED CERTIFICATE");
  const certificate = parseTrustedCertificate(block.data);
  assert.deepEqual(certificate.trust, {
    trusted: [KEY_PURPOSE.clientAuth],
    rejected: [KEY_PURPOSE.serverAuth],
  });
  assert.equal(parseTrustedCertificate(goldenDer("root")).trust, undefined);
});

Deno.test("renderSerialDecimal() prints -1 for what does not fit into 64 bits", () => {
  assert.equal(renderSerialDecimal(Uint8Array.of(0x10, 0x02)), "4098");
  assert.equal(renderSerialDecimal(Uint8Array.of(0xff)), "-1");
  assert.equal(renderSerialDecimal(Uint8Array.of(0xfe)), "-2");
  assert.equal(renderSerialDecimal(new Uint8Array(8).fill(0x7f)), "9187201950435737471");
  assert.equal(renderSerialDecimal(new Uint8Array(20).fill(0x77)), "-1");
  assert.equal(renderSerialHex(Uint8Array.of(0x00, 0x80)), "80");
  assert.equal(renderSerialHex(Uint8Array.of(0x0a)), "0A");
  assert.equal(renderSerialHex(Uint8Array.of(0xfe)), "-02");
});

Deno.test("keys are named for the reference's log and for people", () => {
  const key = (id: string) => parseCertificate(goldenDer(id)).publicKey;
  assert.equal(renderPublicKey(key("root")), "unknown, 256 bits");
  assert.equal(describePublicKey(key("root")), "EC P-256");
  assert.equal(describePublicKey(key("other")), "EC P-521");
  assert.equal(renderPublicKey(key("client")), "unknown, 256 bits");
  assert.equal(describePublicKey(key("client")), "Ed25519");
});
