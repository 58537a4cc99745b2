import assert from "node:assert/strict";
import { GOLDEN_CRL, GOLDEN_VERDICTS, goldenDer } from "../../tests/support/x509_golden.ts";
import { parseCertificate } from "./certificate.ts";
import { parseCrl } from "./crl.ts";
import { type CertificateSide, explainRefusal, type Explanation } from "./explain.ts";
import { TrustStore } from "./store.ts";
import { verifyCertificate } from "./verify.ts";

const START = GOLDEN_VERDICTS[0]?.nowMs ?? 0;
const DAY = 86_400_000;

interface Case {
  readonly leaf: string;
  readonly sent?: readonly string[];
  readonly trusted?: readonly string[];
  readonly crl?: boolean;
  readonly days?: number;
  readonly side?: CertificateSide;
}

function explain(input: Case): Explanation {
  const store = new TrustStore({ read: () => ({ ok: false, errno: 2 }) }, "pem");
  const parse = (name: string) => parseCertificate(goldenDer(name));
  const crls = input.crl ? [parseCrl(GOLDEN_CRL)] : [];
  store.addLoaded({ certificates: (input.trusted ?? ["root"]).map(parse), crls });
  const nowMs = START + (input.days ?? 0) * DAY;
  const side = input.side ?? "server";
  const verdict = verifyCertificate(parse(input.leaf), {
    store,
    untrusted: (input.sent ?? []).map(parse),
    nowMs,
    purpose: side === "own" || side === "file" ? "any" : side,
    crlCheck: input.crl ? "leaf" : "none",
  });
  assert.ok(!verdict.ok);
  return explainRefusal(verdict, { nowMs, side });
}

Deno.test("explainRefusal() says since when, whose, and issued by whom", () => {
  const expired = explain({ leaf: "server", sent: ["int"], days: 837 });
  assert.equal(
    expired.sentence,
    "server certificate expired 12 days ago: CN=pacs.example.org, O=Golden, issued by " +
      "CN=Golden Intermediate, O=Golden",
  );
  assert.equal(expired.days, 12);
  assert.equal(expired.code, 10);
  assert.equal(expired.role, "leaf");
  const early = explain({ leaf: "server", sent: ["int"], days: -3 });
  assert.match(
    early.sentence,
    /^root CA certificate is valid only in [23] days from now: CN=Golden Root/,
  );
  assert.match(early.sentence, /issued by itself$/);
});

Deno.test("explainRefusal() counts days in words that fit", () => {
  assert.match(
    explain({ leaf: "server", sent: ["int"], days: 825 }).sentence,
    /expired less than a day ago/,
  );
  assert.match(
    explain({ leaf: "server", sent: ["int"], days: 826.5 }).sentence,
    /expired 1 day ago/,
  );
});

Deno.test("explainRefusal() names the part of the path that fails", () => {
  const cases: readonly (readonly [Case, string])[] = [
    [
      { leaf: "server" },
      "issuer of the server certificate is neither trusted nor sent by the peer",
    ],
    [
      { leaf: "server", sent: ["int"], trusted: [] },
      "issuer of the intermediate CA certificate is neither trusted nor sent by the peer",
    ],
    [
      { leaf: "server", sent: ["int"], trusted: ["int"] },
      "intermediate CA certificate is trusted, but its own issuer is not known",
    ],
    [
      { leaf: "server", sent: ["int", "root"], trusted: [] },
      "root CA certificate sent by the peer is not among the trusted ones",
    ],
    [{ leaf: "lone" }, "server certificate is self-signed and not among the trusted ones"],
    [{ leaf: "client" }, "server certificate is not made for this use but for TLS client"],
    [
      { leaf: "server", sent: ["int"], side: "client" },
      "client certificate is not made for this use but for TLS server",
    ],
    [
      { leaf: "critical", side: "own" },
      "own certificate has a critical extension that is not known (1.2.3.4.5.6.7.8)",
    ],
    [
      { leaf: "below", sent: ["sub", "int"], side: "client" },
      "intermediate CA certificate allows fewer CAs below it than there are",
    ],
    [
      { leaf: "byleaf", sent: ["client"], side: "client" },
      "intermediate CA certificate is not that of a CA and may not issue certificates",
    ],
    [
      { leaf: "badname", sent: ["named"] },
      "server certificate is refused: excluded subtree violation",
    ],
    [
      { leaf: "revoked", crl: true, side: "client" },
      "client certificate was revoked less than a day ago (superseded)",
    ],
    [
      { leaf: "client", crl: true, side: "client", days: 40 },
      "the CRL for the client certificate expired 10 days ago",
    ],
    [
      { leaf: "server", side: "own" },
      "issuer of the own certificate is neither trusted nor in its file",
    ],
    [{ leaf: "server", sent: ["int"], crl: true }, "no usable CRL for the server certificate"],
  ];
  for (const [input, start] of cases) {
    const { sentence } = explain(input);
    assert.ok(sentence.startsWith(start), `${sentence}\nshould start with\n${start}`);
  }
});
