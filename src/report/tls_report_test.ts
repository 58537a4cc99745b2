import assert from "node:assert/strict";
import { EXAMPLE_CHECK } from "../../tools/diagnosis_examples.ts";
import type { CheckResult } from "../check/mod.ts";
import type { CertificateFacts, TlsFacts } from "../tls/types.ts";
import { warningsOf } from "./warnings.ts";
import type { ReportEntry } from "../runner/mod.ts";
import { endWarnings, expiryWarnings, tlsReportLines, weaknessWarning } from "./tls_report.ts";

const LEAF: CertificateFacts = {
  version: 3,
  subject: "CN=Müller",
  issuer: "CN=CA",
  subjectLine: "/CN=M\\xC3\\xBCller",
  issuerLine: "/CN=CA",
  serial: "1002",
  serialLine: "4098",
  notBeforeMs: Date.UTC(2026, 0, 1),
  notAfterMs: Date.UTC(2026, 11, 31),
  notBeforeLine: "",
  notAfterLine: "",
  daysLeft: 20,
  publicKey: "RSA 2048",
  publicKeyLine: "RSA, 2048 bits",
  signatureAlgorithm: "RSA-SHA256",
  hostNames: ["pacs.example"],
  isCa: false,
  isSelfSigned: false,
  sha256: "aa",
};
const ROOT: CertificateFacts = {
  ...LEAF,
  subject: "CN=CA",
  isCa: true,
  isSelfSigned: true,
  sha256: "bb",
  daysLeft: -1,
};
const FACTS: TlsFacts = {
  engine: "runtime",
  protocol: "TLSv1.3",
  cipherSuite: "TLS_AES_128_GCM_SHA256",
  cipherBits: 128,
  weaknesses: [],
  profile: "bcp195-nd",
  fittingProfiles: ["8996", "bcp195-nd"],
  chain: [LEAF],
  path: [LEAF, ROOT],
  trust: "trusted",
  revocation: {
    checked: "leaf",
    lists: [{ issuer: "CN=CA", nextUpdateMs: Date.UTC(2026, 11, 24) }],
  },
  refusal: undefined,
  name: { wanted: "pacs", matches: false, required: false },
};

function resultWith(facts?: TlsFacts): CheckResult {
  return {
    outcome: "verified",
    check: EXAMPLE_CHECK,
    elapsedMs: 1,
    timings: [],
    echoes: [],
    ...(facts === undefined ? {} : { tls: { facts, ownCertificate: "sent" } }),
  };
}

Deno.test("tlsReportLines() says what was negotiated, shown and found", () => {
  assert.deepEqual(tlsReportLines(resultWith(FACTS)), [
    "TLS of pacs:104",
    "  protocol:           TLSv1.3",
    "  cipher suite:       TLS_AES_128_GCM_SHA256 (128 bits)",
    "  engine:             the runtime's",
    "  profiles that fit:  --profile-8996 --profile-bcp195-nd",
    "  trust:              trusted",
    "  revocation:         its certificate, by the list of CN=CA, valid until 2026-12-24",
    "  name:               the certificate is not for pacs (not required)",
    "  client certificate: sent",
    "  certificate 1 (end entity)",
    "    subject:            CN=Müller",
    "    issuer:             CN=CA",
    "    for:                pacs.example",
    "    valid:              2026-01-01 to 2026-12-31, ends in 20 days",
    "    key:                RSA 2048, signed with RSA-SHA256",
    "    serial:             1002",
    "    SHA-256:            aa",
    "  from the trusted ones: CN=CA, valid until 2026-12-31",
  ]);
});

Deno.test("tlsReportLines() says when there was no handshake", () => {
  assert.deepEqual(tlsReportLines(resultWith()), ["TLS of pacs:104: no handshake came about"]);
});

Deno.test("expiryWarnings() names the certificates of chain and path that end soon, each once", () => {
  assert.deepEqual(expiryWarnings(resultWith(FACTS), 21), [
    "Certificate of the peer ends in 20 days: CN=Müller (2026-12-31)",
    "Certificate of the peer ended within the last day: CN=CA (2026-12-31)",
  ]);
  assert.equal(expiryWarnings(resultWith(FACTS), 20).length, 1);
  assert.deepEqual(expiryWarnings(resultWith(), 19), []);
});

Deno.test("weaknessWarning() says in one line what is weak, and nothing of a peer that was refused", () => {
  const weaknesses = ["not-encrypted", "no-forward-secrecy"] as const;
  assert.equal(
    weaknessWarning(resultWith({ ...FACTS, weaknesses })),
    "TLS is weak: nothing is encrypted, no forward secrecy",
  );
  assert.ok(
    tlsReportLines(resultWith({ ...FACTS, weaknesses })).some((line) =>
      /weak: +nothing/.test(line)
    ),
  );
  assert.equal(weaknessWarning(resultWith(FACTS)), undefined);
  assert.equal(weaknessWarning(resultWith()), undefined);
  const refusal = { kind: "unreadable" } as const;
  assert.equal(weaknessWarning(resultWith({ ...FACTS, weaknesses, refusal })), undefined);
  const weak = resultWith({ ...FACTS, weaknesses });
  assert.equal(weaknessWarning(weak, ["not-encrypted"]), "TLS is weak: no forward secrecy");
  assert.equal(weaknessWarning(weak, [...weaknesses, "old-version"]), undefined);
});

Deno.test("warningsOf() has weak TLS that a plan does not allow, and certificates within a limit", () => {
  const result = resultWith({ ...FACTS, weaknesses: ["old-version"] });
  const entry = { name: "a", tags: [], verdict: "passed", unmet: [], attempts: 1 } as const;
  const names = (more: Partial<ReportEntry>) =>
    warningsOf({ ...entry, ...more }).map(({ name }) => name);
  assert.deepEqual(warningsOf({ ...entry, result }), [
    { name: "tls.allow", message: "TLS is weak: a version out of use (RFC 8996)" },
  ]);
  const certificates = { warnDays: 20 };
  assert.deepEqual(names({ result, certificates }), ["tls.allow", "tls.warnDaysValid"]);
  const allowedWeaknesses = ["old-version"] as const;
  assert.deepEqual(names({ result, certificates, allowedWeaknesses }), ["tls.warnDaysValid"]);
  assert.deepEqual(names({ certificates }), []);
});

Deno.test("endWarnings() names what of our own ends soon, each once", () => {
  const nowMs = Date.UTC(2026, 0, 1);
  const own = { what: "own certificate", name: "CN=scu", endsMs: Date.UTC(2026, 0, 6) } as const;
  const list = { what: "revocation list", name: "CN=CA", endsMs: Date.UTC(2025, 11, 30) } as const;
  assert.deepEqual(endWarnings([own, own, list], { days: 6, nowMs }), [
    "Own certificate ends in 5 days: CN=scu (2026-01-06)",
    "Revocation list ended 1 day ago: CN=CA (2025-12-30)",
  ]);
  assert.deepEqual(endWarnings([own], { days: 5, nowMs }), []);
});
