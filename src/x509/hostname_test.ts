import assert from "node:assert/strict";
import { bytesOf, extension, sequence } from "../../tests/support/cert_builder.ts";
import { makeKeyRing, makeWorld, Random, renderCert } from "../../tests/support/chain_world.ts";
import { goldenDer } from "../../tests/support/x509_golden.ts";
import { type Certificate, parseCertificate } from "./certificate.ts";
import { encodeDer } from "./bytes.ts";
import { renderIpAddress } from "./general_name.ts";
import { hostNames, matchHost, parseIpAddress } from "./hostname.ts";

const RING = makeKeyRing();

/** A certificate for these DNS names, whose common name is `common.example`. */
function forNames(...names: readonly string[]): Certificate {
  const world = makeWorld(RING, {
    random: new Random(3),
    now: 1_700_000_000,
    tag: "common.example",
  });
  const [leaf] = world.certs;
  assert.ok(leaf);
  const list = names.map((name) => encodeDer(0x82, bytesOf(name)));
  if (list.length > 0) leaf.extra.push(extension("2.5.29.17", sequence(...list)));
  return parseCertificate(renderCert(leaf));
}

function matches(host: string, ...names: readonly string[]): boolean {
  return matchHost(forNames(...names), host).ok;
}

Deno.test("matchHost() compares names without regard to case and to the dot at the end", () => {
  assert.ok(matches("PACS.example.org", "pacs.EXAMPLE.org"));
  assert.ok(matches("pacs.example.org.", "pacs.example.org"));
  assert.ok(!matches("xpacs.example.org", "pacs.example.org"));
  assert.ok(!matches("example.org", "pacs.example.org"));
});

Deno.test("a wildcard means exactly one first label with two more after it", () => {
  assert.ok(matches("a.example.org", "*.example.org"));
  assert.ok(!matches("example.org", "*.example.org"));
  assert.ok(!matches("a.b.example.org", "*.example.org"));
  assert.ok(!matches(".example.org", "*.example.org"));
  for (
    const pattern of [
      "*.org",
      "*",
      "a*.example.org",
      "*a.example.org",
      "a.*.org",
      "*.*.org",
      "**.example.org",
    ]
  ) {
    assert.ok(!matches("ab.example.org", pattern), pattern);
  }
});

Deno.test("matchHost() never looks at the common name", () => {
  assert.ok(!matches("common.example"));
  assert.ok(!matches("common.example", "other.example"));
});

Deno.test("matchHost() does not take a name with a zero byte or a blank for its beginning", () => {
  assert.ok(!matches("good.example", "good.example\0.evil.example"));
  assert.ok(!matches("good.example", "good.example "));
  assert.ok(!matches("", ""));
});

Deno.test("addresses match addresses only, in every notation", () => {
  const server = parseCertificate(goldenDer("server"));
  for (const host of ["192.0.2.7", "2001:db8::7", "[2001:DB8:0:0::7]", "2001:db8::0.0.0.7%eth0"]) {
    assert.ok(matchHost(server, host).ok, host);
  }
  assert.ok(!matchHost(server, "192.0.2.8").ok);
  assert.ok(!matches("192.0.2.7", "192.0.2.7"));
  assert.ok(!matches("1.2.3.4", "*.2.3.4"));
});

Deno.test("a refusal reports the names the certificate is for", () => {
  const server = parseCertificate(goldenDer("server"));
  const names = ["pacs.example.org", "*.wild.example.org", "192.0.2.7", "2001:db8::7"];
  assert.deepEqual(matchHost(server, "elsewhere"), { ok: false, names });
  assert.deepEqual(matchHost(server, "x.wild.example.org"), {
    ok: true,
    matched: "*.wild.example.org",
  });
  assert.deepEqual(hostNames(forNames("a\u001b[1mb")), ["a\\x1b[1mb"]);
  assert.equal(hostNames(forNames("a".repeat(60_000)))[0]?.length, 253);
  const many = hostNames(forNames(...Array.from({ length: 15_000 }, (_, at) => `h${at}`)));
  assert.deepEqual([many.length, many.at(-1)], [251, "... (14750 more)"]);
});

Deno.test("parseIpAddress() reads what is an address and nothing else", () => {
  const text = (input: string): string | undefined => {
    const bytes = parseIpAddress(input);
    return bytes && renderIpAddress(bytes);
  };
  assert.equal(text("0.0.0.0"), "0.0.0.0");
  assert.equal(text("::"), "::");
  assert.equal(text("1::"), "1::");
  assert.equal(text("::1"), "::1");
  assert.equal(text("1:0:0:2:0:0:0:3"), "1:0:0:2::3");
  assert.equal(text("::ffff:192.0.2.1"), "::ffff:c000:201");
  assert.equal(text("1:2:3:4:5:6:7:8"), "1:2:3:4:5:6:7:8");
  for (
    const bad of [
      "256.0.0.1",
      "1.2.3",
      "1.2.3.4.5",
      "1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7:8:9",
      "1::2::3",
      ":1",
      "g::",
      "12345::",
      "1:2:3:4:5:6:7::8:9",
      "host",
      "",
    ]
  ) {
    assert.equal(text(bad), undefined, bad);
  }
});
