import assert from "node:assert/strict";
import { attribute, bytesOf, name } from "../../tests/support/cert_builder.ts";
import { GOLDEN_CERTIFICATES, goldenDer } from "../../tests/support/x509_golden.ts";
import { parseCertificate } from "./certificate.ts";
import { DerError, TAG } from "./der.ts";
import {
  type DistinguishedName,
  nameHash,
  parseName as parse,
  renderName,
  renderOneline,
} from "./name.ts";

function ofText(text: string, tag: number = TAG.utf8String): DistinguishedName {
  const value = tag === TAG.utf8String ? new TextEncoder().encode(text) : bytesOf(text);
  return parse(name([[{ type: "2.5.4.3", tag, value }]]));
}

Deno.test("nameHash() and renderOneline() give what openssl gives", () => {
  for (const [id, golden] of Object.entries(GOLDEN_CERTIFICATES)) {
    const certificate = parseCertificate(goldenDer(id));
    assert.equal(nameHash(certificate.subject), golden.hash, id);
    assert.equal(nameHash(certificate.issuer), golden.issuerHash, id);
    assert.equal(renderOneline(certificate.subject), golden.subject, id);
  }
});

Deno.test("names are equal whatever the case of letters, the blanks and the string type", () => {
  const plain = ofText("Some Name").canonical;
  assert.equal(ofText("SOME name").canonical, plain);
  assert.equal(ofText("  Some \t\n Name ").canonical, plain);
  assert.equal(ofText("Some Name", TAG.printableString).canonical, plain);
  assert.equal(ofText("Some Name", TAG.t61String).canonical, plain);
  assert.equal(ofText("\0S\0o\0m\0e\0 \0N\0a\0m\0e", TAG.bmpString).canonical, plain);
  assert.notEqual(ofText("SomeName").canonical, plain);
  assert.notEqual(ofText("Some Name", TAG.numericString).canonical, plain);
});

Deno.test("names fold ASCII letters only, and blanks of ASCII only", () => {
  assert.notEqual(ofText("É").canonical, ofText("é").canonical);
  assert.notEqual(ofText("a\u00a0b").canonical, ofText("a b").canonical);
  assert.equal(ofText("\xe9", TAG.t61String).canonical, ofText("é").canonical);
});

Deno.test("parts of one RDN may come in any order, RDNs may not", () => {
  const [a, b] = [attribute("2.5.4.11", "A"), attribute("2.5.4.11", "bb")];
  assert.equal(parse(name([[a, b]])).canonical, parse(name([[b, a]])).canonical);
  assert.notEqual(parse(name([[a], [b]])).canonical, parse(name([[b], [a]])).canonical);
  assert.notEqual(parse(name([[a], [b]])).canonical, parse(name([[a, b]])).canonical);
});

Deno.test("a name below another begins with its canonical form, the empty one has none", () => {
  const [a, b] = [attribute("2.5.4.10", "Org"), attribute("2.5.4.3", "x")];
  assert.ok(parse(name([[a], [b]])).canonical.startsWith(parse(name([[a]])).canonical));
  assert.equal(parse(name([])).canonical, "");
});

Deno.test("parseName() refuses text that is not valid in its type", () => {
  const bad: readonly (readonly [number, string])[] = [
    [TAG.utf8String, "\xff"],
    [TAG.bmpString, "\0a\0"],
    [TAG.bmpString, "\xd8\x00"],
    [TAG.universalString, "\0\0\0"],
    [TAG.universalString, "\0\x11\0\0"],
  ];
  for (const [tag, text] of bad) {
    const der = name([[{ type: "2.5.4.3", tag, value: bytesOf(text) }]]);
    assert.throws(() => parse(der), DerError);
  }
});

Deno.test("renderOneline() ends before an attribute that would go beyond 1023 characters", () => {
  const parts = Array.from(
    { length: 30 },
    (_, i) => [attribute("2.5.4.11", `${i}`.padEnd(50, "x"))],
  );
  const text = renderOneline(parse(name(parts)));
  assert.ok(text.length <= 1023 && text.length > 1023 - 60);
  assert.ok(text.endsWith("x"));
});

Deno.test("renderOneline() prints unknown types as numbers, renderName() escapes control characters", () => {
  const odd = parse(name([[attribute("1.2.3.4", "v")], [attribute("2.5.4.3", "a\u001bb\u202e")]]));
  assert.equal(renderOneline(odd), "/1.2.3.4=v/CN=a\\x1Bb\\xE2\\x80\\xAE");
  assert.equal(renderName(odd), "CN=a\\x1bb\\u202e, 1.2.3.4=v");
  assert.equal(renderName(parse(name([]))), "(empty name)");
});

Deno.test("names of any length are folded at once and shown in a few words", () => {
  const blanks = `x${" ".repeat(1_000_000)}y`;
  const begin = performance.now();
  const long = ofText(blanks);
  assert.equal(long.canonical, ofText("X y").canonical);
  assert.ok(performance.now() - begin < 5000, "took seconds");
  assert.equal(renderName(long).length, "CN=".length + 128);
  const many = parse(name(Array.from({ length: 4000 }, () => [attribute("2.5.4.3", "a")])));
  assert.match(renderName(many), /^(CN=a, ){20}... \(3980 more\)$/);
});
