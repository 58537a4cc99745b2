import assert from "node:assert/strict";
import {
  bytesOf,
  type CrlSpec,
  extension,
  integer,
  sequence,
  time,
} from "../../tests/support/cert_builder.ts";
import { MUTATIONS } from "../../tests/support/chain_generator.ts";
import {
  crlEntry,
  type KeyRing,
  makeKeyRing,
  makeWorld,
  Random,
  renderWorld,
  type World,
} from "../../tests/support/chain_world.ts";
import {
  GOLDEN_CRL,
  GOLDEN_TRUSTED,
  GOLDEN_VERDICTS,
  goldenDer,
} from "../../tests/support/x509_golden.ts";
import { encodeDer } from "./bytes.ts";
import { type Certificate, parseCertificate } from "./certificate.ts";
import { parseCrl } from "./crl.ts";
import { TAG } from "./der.ts";
import { explainRefusal } from "./explain.ts";
import { type FileReader, loadTrustFile, readCertificates } from "./load.ts";
import type { Purpose } from "./path.ts";
import { TrustStore } from "./store.ts";
import { completeOwnChain, type Verdict, verifyCertificate, verifyPeerChain } from "./verify.ts";

const NO_FILES: FileReader = { read: () => ({ ok: false, errno: 2 }) };

function certificates(names: readonly string[]): readonly Certificate[] {
  return names.map((name) => parseCertificate(goldenDer(name)));
}

function storeOf(names: readonly string[], crls: readonly Uint8Array[] = []): TrustStore {
  const store = new TrustStore(NO_FILES, "pem");
  store.addLoaded({ certificates: certificates(names), crls: crls.map(parseCrl) });
  return store;
}

Deno.test("verifyCertificate() decides as openssl on the golden certificates", () => {
  for (const golden of GOLDEN_VERDICTS) {
    const [leaf] = certificates([golden.leaf]);
    assert.ok(leaf);
    const verdict = verifyCertificate(leaf, {
      store: storeOf(golden.trusted, golden.crls.length === 0 ? [] : [GOLDEN_CRL]),
      untrusted: certificates(golden.sent),
      nowMs: golden.nowMs,
      purpose: golden.purpose,
      crlCheck: golden.crlCheck,
    });
    const outcome = verdict.ok
      ? { ok: true }
      : { ok: false, ...verdict.reason, depth: verdict.depth };
    assert.deepEqual(outcome, golden.outcome, JSON.stringify(golden));
  }
});

Deno.test("a verdict names the certificate, the path and the CRL it rests on", () => {
  const golden = GOLDEN_VERDICTS.find((item) => item.outcome.code === 23);
  assert.ok(golden);
  const [leaf] = certificates([golden.leaf]);
  assert.ok(leaf);
  const verdict = verifyCertificate(leaf, {
    store: storeOf(["root"], [GOLDEN_CRL]),
    untrusted: undefined,
    nowMs: golden.nowMs,
    purpose: "any",
    crlCheck: "all",
  });
  assert.ok(!verdict.ok);
  assert.equal(verdict.certificate, leaf);
  assert.equal(verdict.chain.length, 2);
  assert.equal(verdict.entry?.reason, 4);
  assert.equal(verdict.crl?.crlNumber, 1n);
});

const RING: KeyRing = makeKeyRing();
const NOW = 1_700_000_000;

interface Wanted {
  readonly length?: number;
  readonly crlCheck?: "none" | "leaf" | "all";
  readonly purpose?: Purpose;
  readonly prepare?: (world: World) => void;
}

/** Decides on a chain of this length with one thing made wrong. */
function decide(mutation: string | undefined, wanted: Wanted = {}): Verdict {
  const world = worldOf(wanted);
  wanted.prepare?.(world);
  if (mutation !== undefined) MUTATIONS.get(mutation)?.(world, RING);
  const files = renderWorld(world);
  const store = new TrustStore(NO_FILES, "pem");
  const trusted = loadTrustFile({ ok: true, bytes: bytesOf(files.storePem) }, "pem");
  if (trusted.ok) store.addLoaded(trusted);
  const [leaf, ...untrusted] = readCertificates(bytesOf(files.chainPem), "pem");
  assert.ok(leaf, mutation);
  return verifyCertificate(leaf, {
    store,
    untrusted,
    nowMs: NOW * 1000,
    purpose: wanted.purpose ?? "any",
    crlCheck: wanted.crlCheck ?? "none",
  });
}

/** A chain in which all is right, of the wanted length. */
function worldOf({ length = 2 }: Wanted): World {
  for (let seed = 0;; seed++) {
    const world = makeWorld(RING, { random: new Random(seed), now: NOW, tag: `v${seed}` });
    if (world.certs.length === length) return world;
  }
}

function reason(verdict: Verdict): string {
  return verdict.ok ? "ok" : verdict.reason.text;
}

Deno.test("chains of every length in which all is right are accepted", () => {
  for (const length of [1, 2, 3, 4, 5]) {
    const verdict = decide(undefined, { length, crlCheck: length > 1 ? "all" : "none" });
    assert.equal(reason(verdict), "ok");
    assert.equal(verdict.chain.length, length);
  }
});

Deno.test("a leaf whose key cannot be read is refused, though the reference's +vc lets it pass", () => {
  const onLeaf = ({ certs: [leaf] }: World): void => {
    if (leaf) leaf.spec = { ...leaf.spec, spki: brokenKey() };
  };
  const refused = decide(undefined, { prepare: onLeaf });
  assert.equal(reason(refused), "unable to decode the public key of the certificate");
  assert.match(explanation(refused), /^public key of the server certificate cannot be read: /);
  assert.equal(
    reason(decide(undefined, { length: 3, prepare: onLeaf })),
    "unspecified certificate verification error",
    "where the reference refuses too, its words stay",
  );
});

function explanation(verdict: Verdict): string {
  assert.ok(!verdict.ok);
  return explainRefusal(verdict, { nowMs: NOW * 1000, side: "server" }).sentence;
}

/** A P-256 key whose point is not on the curve. */
function brokenKey(): Uint8Array {
  const spki = Uint8Array.from(RING.stranger.spki);
  const last = spki.length - 1;
  spki[last] = (spki[last] ?? 0) ^ 1;
  return spki;
}

Deno.test("a delta CRL alone proves nothing", () => {
  const verdict = decide("delta CRL", { crlCheck: "leaf" });
  assert.equal(reason(verdict), "unable to get certificate CRL");
});

const DAY = 86_400;

/** Decides on a leaf whose issuer has a complete list and a delta list. */
function decideWithDelta(
  delta: Partial<CrlSpec> & { readonly names?: "leaf" | "other"; readonly reason?: number },
  { complete = true } = {},
): string {
  const addDelta = (world: World): void => {
    const [leaf] = world.certs;
    const [base] = world.crls;
    if (leaf === undefined || base === undefined) return;
    const serial = delta.names === "other" ? Uint8Array.of(7, 7, 7) : leaf.spec.serial;
    const reasons = delta.reason === undefined
      ? []
      : [extension("2.5.29.21", encodeDer(0x0a, Uint8Array.of(delta.reason)))];
    const spec: CrlSpec = {
      ...base.spec,
      entries: [
        crlEntry(serial, reasons.length === 0 ? { now: NOW } : { now: NOW, extensions: reasons }),
      ],
      ...delta,
      extensions: [
        extension("2.5.29.20", integer(7)),
        extension("2.5.29.27", integer(6), true),
        ...(delta.extensions ?? []),
      ],
    };
    world.crls = [...(complete ? [base] : []), { ...base, spec }];
  };
  return reason(decide(undefined, { crlCheck: "leaf", prepare: addDelta }));
}

Deno.test("a delta CRL revokes what it names, whatever its dates", () => {
  const REVOKED = "certificate revoked";
  assert.equal(decideWithDelta({}), REVOKED);
  assert.equal(decideWithDelta({}, { complete: false }), REVOKED);
  assert.equal(decideWithDelta({ thisUpdate: time(NOW - 90 * DAY) }), REVOKED, "older");
  assert.equal(decideWithDelta({ nextUpdate: time(NOW - DAY) }), REVOKED, "expired");
  assert.equal(decideWithDelta({ thisUpdate: time(NOW + DAY) }), REVOKED, "of tomorrow");
  assert.equal(decideWithDelta({ damage: "flip" }), "CRL signature failure");
  assert.equal(
    decideWithDelta({ extensions: [extension("1.2.3.8", encodeDer(TAG.null), true)] }),
    "unhandled critical CRL extension",
  );
});

Deno.test("a delta CRL changes nothing for what it does not name or takes off again", () => {
  assert.equal(decideWithDelta({ names: "other" }), "ok");
  assert.equal(decideWithDelta({ names: "other", damage: "flip" }), "ok");
  assert.equal(decideWithDelta({ reason: 8 }), "ok", "removeFromCRL");
  const onlyCas = sequence(encodeDer(0x82, Uint8Array.of(0xff)));
  assert.equal(decideWithDelta({ extensions: [extension("2.5.29.28", onlyCas, true)] }), "ok");
});

Deno.test("a CRL with a damaged extension revokes what it lists but lets nothing pass", () => {
  const verdict = decide("CRL with a damaged number", { crlCheck: "leaf" });
  assert.equal(reason(verdict), "invalid or inconsistent certificate extension");
  const revoked = decide("entry with a damaged reason", { crlCheck: "all" });
  assert.ok(!revoked.ok);
});

Deno.test("a leaf with address blocks is refused", () => {
  const expected = "RFC 3779 resource not subset of parent's resources";
  assert.equal(reason(decide("address blocks")), expected);
  assert.equal(reason(decide("inherited address blocks")), expected);
  assert.equal(reason(decide("address blocks", { length: 1 })), expected);
});

Deno.test("a lone self-signed certificate that spells out its curve is refused", () => {
  const key = RING.any.find((item) => item.kind === "ec");
  const ownKey = ({ certs: [leaf] }: World): void => {
    if (leaf && key) leaf.spec = { ...leaf.spec, signing: { key, hash: "sha256" } };
    if (leaf) leaf.authorityKeyId = leaf.subjectKeyId = undefined;
  };
  assert.equal(
    reason(decide("curve spelled out", { length: 1, prepare: ownKey })),
    "Certificate public key has explicit ECC parameters",
  );
});

Deno.test("a path longer than a hundred CAs is refused, and a loop of CAs ends", () => {
  const loop = (world: World): void => {
    const [, ca, root] = world.certs;
    if (ca === undefined || root === undefined) return;
    root.spec = { ...root.spec, issuer: ca.spec.subject, signing: { key: ca.key, hash: "sha256" } };
    for (const cert of world.certs) cert.authorityKeyId = cert.subjectKeyId = undefined;
    world.trusted = [1, 2];
    world.sent = [];
  };
  assert.equal(
    reason(decide(undefined, { length: 3, prepare: loop })),
    "certificate chain too long",
  );
  const untrusted = (world: World): void => {
    loop(world);
    world.trusted = [];
    world.sent = [1, 2, 1, 2];
  };
  assert.equal(
    reason(decide(undefined, { length: 3, prepare: untrusted })),
    "unable to get local issuer certificate",
  );
});

Deno.test("the dates count to the second: the last second is already over", () => {
  const [leaf] = certificates(["client"]);
  assert.ok(leaf);
  const end = leaf.notAfter.epochSeconds ?? 0;
  const start = leaf.notBefore.epochSeconds ?? 0;
  const at = (nowMs: number): string =>
    reason(verifyCertificate(leaf, {
      store: storeOf(["root"]),
      untrusted: undefined,
      nowMs,
      purpose: "any",
      crlCheck: "none",
    }));
  assert.equal(at(end * 1000), "certificate has expired");
  assert.equal(at(end * 1000 - 1), "ok");
  assert.equal(
    at(Math.max(start, parseCertificate(goldenDer("root")).notBefore.epochSeconds ?? 0) * 1000),
    "ok",
  );
});

Deno.test("trust settings of a TRUSTED CERTIFICATE count for its use", () => {
  const loaded = loadTrustFile({ ok: true, bytes: bytesOf(GOLDEN_TRUSTED) }, "pem");
  assert.ok(loaded.ok);
  const store = new TrustStore(NO_FILES, "pem");
  store.addLoaded(loaded);
  const [leaf] = certificates(["client"]);
  assert.ok(leaf);
  const nowMs = GOLDEN_VERDICTS[0]?.nowMs ?? 0;
  const settings = { store, nowMs, crlCheck: "none", untrusted: undefined } as const;
  assert.equal(reason(verifyCertificate(leaf, { ...settings, purpose: "client" })), "ok");
  const server = verifyCertificate(leaf, { ...settings, purpose: "server" });
  assert.equal(reason(server), "certificate rejected");
});

Deno.test("verifyPeerChain() takes the leaf first and the others in any order, again and again", () => {
  const [server, intermediate, client] = certificates(["server", "int", "client"]);
  assert.ok(server && intermediate && client);
  const nowMs = GOLDEN_VERDICTS[0]?.nowMs ?? 0;
  const settings = {
    store: storeOf(["root"]),
    nowMs,
    purpose: "server",
    crlCheck: "none",
  } as const;
  const verdict = verifyPeerChain([server, client, intermediate, server, intermediate], settings);
  assert.equal(reason(verdict), "ok");
  assert.equal(verdict.chain.length, 3);
});

Deno.test("completeOwnChain() adds intermediates from the store to a lone leaf only", () => {
  const [server, intermediate] = certificates(["server", "int"]);
  assert.ok(server && intermediate);
  const nowMs = GOLDEN_VERDICTS[0]?.nowMs ?? 0;
  const lengths = (own: readonly [Certificate, ...Certificate[]], trusted: readonly string[]) =>
    completeOwnChain(own, { store: storeOf(trusted), nowMs }).length;
  assert.equal(lengths([server], ["int"]), 2);
  assert.equal(lengths([server], ["int", "root"]), 3);
  assert.equal(lengths([server], ["root"]), 1);
  assert.equal(lengths([server, intermediate], ["int", "root"]), 2);
});
