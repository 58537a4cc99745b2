import assert from "node:assert/strict";
import {
  attribute,
  bytesOf,
  extension,
  integer,
  name,
  sequence,
} from "../../tests/support/cert_builder.ts";
import {
  buildCrl,
  type CrlSpec,
  makeKey,
  simpleName,
  time,
} from "../../tests/support/cert_builder.ts";
import { crlEntry } from "../../tests/support/chain_world.ts";
import { GOLDEN_CRL, goldenDer } from "../../tests/support/x509_golden.ts";
import { parseCertificate } from "./certificate.ts";
import { type Crl, parseCrl } from "./crl.ts";
import { byteText, encodeDer } from "./bytes.ts";
import { DerError, TAG } from "./der.ts";

const KEY = makeKey("p256");

function crl(changes: Partial<CrlSpec> = {}): Crl {
  return parseCrl(buildCrl({
    version: 1,
    issuer: simpleName("CA"),
    thisUpdate: time(1_700_000_000),
    nextUpdate: time(1_800_000_000),
    entries: [],
    extensions: [],
    signing: { key: KEY, hash: "sha256" },
    ...changes,
  }));
}

Deno.test("parseCrl() reads what openssl wrote", () => {
  const parsed = parseCrl(GOLDEN_CRL);
  const revoked = parseCertificate(goldenDer("revoked"));
  assert.equal(parsed.version, 2);
  assert.equal(parsed.crlNumber, 1n);
  assert.equal(parsed.issuer.canonical, revoked.issuer.canonical);
  const [entry, ...more] = parsed.revoked.get(byteText(revoked.serialNumber)) ?? [];
  assert.equal(entry?.reason, 4);
  assert.deepEqual(more, []);
  assert.equal(parsed.revoked.size, 1);
  assert.equal(parsed.isDelta || parsed.hasUnhandledCritical, false);
});

Deno.test("parseCrl() refuses a CRL cut anywhere", () => {
  for (let end = 0; end < GOLDEN_CRL.length; end++) {
    assert.throws(() => parseCrl(GOLDEN_CRL.subarray(0, end)), DerError, `cut at ${end}`);
  }
});

Deno.test("parseCrl() reads version 1 and lists without an end", () => {
  assert.equal(crl({ version: undefined }).version, 1);
  assert.equal(crl({ nextUpdate: undefined }).nextUpdate, undefined);
});

Deno.test("an issuer named in one entry holds for the entries after it", () => {
  const issuer = extension(
    "2.5.29.29",
    sequence(encodeDer(0xa4, name([[attribute("2.5.4.3", "else")]]))),
    true,
  );
  const now = 1_700_000_000;
  const parsed = crl({
    entries: [
      crlEntry(Uint8Array.of(1), { now }),
      crlEntry(Uint8Array.of(2), { now, extensions: [issuer] }),
      crlEntry(Uint8Array.of(3), { now }),
    ],
  });
  const named = ["\x01", "\x02", "\x03"].map((serial) => parsed.revoked.get(serial)?.[0]?.issuer);
  assert.deepEqual(named.map((names) => names?.length), [undefined, 1, 1]);
  assert.equal(parsed.hasUnhandledCritical, false);
});

Deno.test("parseCrl() marks deltas, unknown critical extensions and damaged ones", () => {
  const delta = crl({ extensions: [extension("2.5.29.27", integer(1), true)] });
  assert.equal(delta.isDelta, true);
  assert.equal(delta.hasUnhandledCritical, false);
  const unknown = crl({ extensions: [extension("1.2.3", bytesOf("x"), true)] });
  assert.equal(unknown.hasUnhandledCritical, true);
  const entry = crlEntry(Uint8Array.of(1), {
    now: 1_700_000_000,
    extensions: [extension("1.2.3", bytesOf("x"), true)],
  });
  assert.equal(crl({ entries: [entry] }).hasUnhandledCritical, true);
  const damaged = crl({ extensions: [extension("2.5.29.20", encodeDer(TAG.null))] });
  assert.equal(damaged.malformed, "crlNumber");
});
