import { ANONYMOUS_TLS } from "../common/tls_request.ts";
import assert from "node:assert/strict";
import { judgePeer } from "./judge.ts";
import { profileOf } from "./suites.ts";
import { makeThrowaway } from "./throwaway.ts";
import type { TlsRequest, TlsSeen } from "./types.ts";
import { TrustStore } from "../x509/mod.ts";

const NOW = Date.UTC(2026, 10, 23);
const DAY_MS = 86_400_000;
const { certificate } = makeThrowaway(NOW);
const NO_FILES = { read: () => ({ ok: false, errno: 2 } as const) };

const REQUEST = ANONYMOUS_TLS;

const SEEN: TlsSeen = {
  engine: "runtime",
  protocol: "TLSv1.3",
  cipherSuite: "TLS_AES_256_GCM_SHA384",
  chain: [certificate.der],
  host: "localhost",
};

function judge(
  change: {
    readonly seen?: Partial<TlsSeen>;
    readonly request?: Partial<TlsRequest>;
    readonly trusted?: boolean;
    readonly nowMs?: number;
    readonly furtherSuites?: readonly number[];
  } = {},
) {
  const store = new TrustStore(NO_FILES, "pem");
  if (change.trusted !== false) store.addLoaded({ certificates: [certificate], crls: [] });
  const request = { ...REQUEST, ...change.request } as TlsRequest;
  return judgePeer({ ...SEEN, ...change.seen }, {
    request,
    profile: profileOf(request.profile),
    furtherSuites: change.furtherSuites ?? [],
    store,
    unloaded: [],
    now: () => change.nowMs ?? NOW,
    side: "server",
  });
}

Deno.test("judgePeer() accepts a trusted certificate and says what it says", () => {
  const { refusal, facts } = judge();
  assert.equal(refusal, undefined);
  assert.equal(facts.trust, "trusted");
  assert.equal(facts.cipherBits, 256);
  assert.deepEqual(facts.fittingProfiles, ["8996", "8996-mod", "bcp195-nd", "bcp195"]);
  const [leaf] = facts.chain;
  assert.deepEqual(leaf?.hostNames, ["localhost", "127.0.0.1", "::1"]);
  assert.deepEqual([leaf?.publicKey, leaf?.isSelfSigned, leaf?.daysLeft], ["EC P-256", true, 1]);
  assert.deepEqual(facts.name, { wanted: "localhost", matches: true, required: false });
});

Deno.test("judgePeer() refuses what is not trusted, with its reason", () => {
  const { refusal, facts } = judge({ trusted: false });
  assert.ok(refusal?.kind === "certificate");
  assert.deepEqual([refusal.code, refusal.role], [18, "leaf"]);
  assert.equal(facts.trust, "refused");
});

Deno.test("judgePeer() says how long ago a certificate expired", () => {
  const { refusal } = judge({ nowMs: NOW + 13.5 * DAY_MS });
  assert.ok(refusal?.kind === "certificate");
  assert.match(refusal.sentence, /^server certificate expired 12 days ago: CN=echoscu self-test/);
});

Deno.test("judgePeer() looks at no certificate that it need not look at", () => {
  const ignoring = { request: { peerCertificate: "ignore" } as const };
  const { refusal, facts } = judge({ trusted: false, ...ignoring });
  assert.equal(refusal, undefined);
  assert.equal(facts.trust, "not checked");
  assert.equal(judge({ ...ignoring, seen: { chain: [] } }).refusal, undefined);
  assert.deepEqual(judge({ seen: { chain: [] } }).refusal, { kind: "no-certificate" });
});

Deno.test("judgePeer() matches names only when asked, and then also unchecked certificates", () => {
  const seen = { host: "pacs.example" };
  assert.equal(judge({ seen }).refusal, undefined);
  const wantedName = { kind: "peer" } as const;
  for (const peerCertificate of ["require", "ignore"] as const) {
    assert.deepEqual(judge({ seen, request: { wantedName, peerCertificate } }).refusal, {
      kind: "host-name",
      wanted: "pacs.example",
      names: ["localhost", "127.0.0.1", "::1"],
    });
  }
  const other = { kind: "name", name: "LOCALHOST" } as const;
  assert.equal(judge({ seen, request: { wantedName: other } }).refusal, undefined);
});

Deno.test("judgePeer() refuses versions and suites outside the profile, before anything else", () => {
  const cases = [
    ["bcp195-nd", "TLSv1.2", "ECDHE-RSA-AES256-GCM-SHA384", true],
    ["bcp195-nd", "TLSv1.2", "ECDHE-RSA-CHACHA20-POLY1305", false],
    ["bcp195-nd", "TLSv1.2", "ECDHE-ECDSA-AES256-GCM-SHA384", false],
    ["bcp195-ex", "TLSv1.2", "ECDHE-ECDSA-AES256-GCM-SHA384", true],
    ["bcp195-ex", "TLSv1.3", "TLS_AES_128_GCM_SHA256", false],
    ["8996-mod", "TLSv1.2", "ECDHE-RSA-CHACHA20-POLY1305", true],
    ["bcp195", "TLSv1.2", "NO-SUCH-SUITE", false],
  ] as const;
  for (const [profile, protocol, cipherSuite, allowed] of cases) {
    const { refusal } = judge({
      seen: { protocol, cipherSuite },
      request: { profile },
      trusted: allowed,
    });
    assert.equal(refusal?.kind, allowed ? undefined : "outside-profile", cipherSuite);
  }
  const seen = { protocol: "TLSv1.2", cipherSuite: "ECDHE-RSA-CHACHA20-POLY1305" } as const;
  assert.equal(judge({ seen, furtherSuites: [0xcca8] }).refusal, undefined);
});

Deno.test("judgePeer() refuses a chain that cannot be read", () => {
  const chain = [certificate.der, certificate.der.subarray(0, 100)];
  const { refusal, facts } = judge({ seen: { chain } });
  assert.deepEqual(refusal, { kind: "unreadable" });
  assert.deepEqual(facts.chain, []);
});
