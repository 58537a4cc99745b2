import assert from "node:assert/strict";
import { connectionDetails, libraryError, tlsCondition, tlsMessagesOf } from "./tls_lines.ts";
import { tlsProblemMessages, tlsSetupMessages } from "./tls_setup_lines.ts";
import { TlsFailed } from "../check/mod.ts";
import type { TlsFacts, TlsProblem } from "../tls/types.ts";

function alert(number: number, isLate = false): TlsProblem {
  return { kind: "alert", alert: number, isLate, ownCertificate: "not asked for" };
}

Deno.test("tlsCondition() words every alert as the reference's library numbers it", () => {
  const cases = [
    [10, "000b:0bf2 TLS error: sslv3 alert unexpected message"],
    [40, "000b:0c10 TLS error: sslv3 alert handshake failure"],
    [48, "000b:0c18 TLS error: tlsv1 alert unknown ca"],
    [70, "000b:0c2e TLS error: tlsv1 alert protocol version"],
    [116, "000b:0c5c TLS error: tlsv13 alert certificate required"],
    [120, "000b:0c60 TLS error: tlsv1 alert no application protocol"],
    [99, "000b:0c4b TLS error: OpenSSL error"],
  ] as const;
  for (const [number, text] of cases) assert.equal(tlsCondition(alert(number)), text);
});

Deno.test("tlsCondition() calls a late alert what the reference calls it", () => {
  const text = "0006:0317 Peer aborted Association (or never connected)";
  assert.equal(tlsCondition(alert(116, true)), text);
});

Deno.test("tlsCondition() words what was found on the way", () => {
  const cases: readonly (readonly [TlsProblem, string])[] = [
    [{ kind: "ended", how: "closed" }, "000b:0926 TLS error: unexpected eof while reading"],
    [{ kind: "ended", how: "reset" }, "000b:0017 OpenSSL I/O error (SSL_ERROR_SYSCALL)"],
    [{ kind: "not-tls", head: new Uint8Array() }, "000b:090b TLS error: wrong version number"],
    [{ kind: "too-long" }, "000b:08c6 TLS error: packet length too long"],
    [{ kind: "unsupported-version" }, "000b:0902 TLS error: unsupported protocol"],
    [
      { kind: "refused", refusal: { kind: "no-certificate" } },
      "000b:0886 TLS error: certificate verify failed",
    ],
    [
      {
        kind: "refused",
        refusal: {
          kind: "trust-file",
          path: "d/0.0",
          error: { code: 0x0480006c, reason: "no start line" },
        },
      },
      "000b:0008 OpenSSL error 0480006c: PEM routines: no start line",
    ],
  ];
  for (const [problem, text] of cases) assert.equal(tlsCondition(problem), text);
});

Deno.test("tlsMessagesOf() leaves events that are not of TLS to others", () => {
  assert.equal(tlsMessagesOf({ type: "peer-aborted" }), undefined);
  const error = new TlsFailed({ kind: "too-long" });
  const [message] = tlsMessagesOf({ type: "association-request-failed", error }) ?? [];
  assert.equal(
    message?.text(),
    "Association Request Failed: 000b:08c6 TLS error: packet length too long",
  );
});

Deno.test("connectionDetails() says so when no certificate was shown", () => {
  const facts: TlsFacts = {
    engine: "runtime",
    protocol: "TLSv1.3",
    cipherSuite: "TLS_AES_128_GCM_SHA256",
    cipherBits: 128,
    weaknesses: [],
    profile: "bcp195",
    fittingProfiles: [],
    chain: [],
    path: [],
    trust: "not checked",
    revocation: { checked: "none", lists: [] },
    refusal: undefined,
    name: { wanted: "a", matches: false, required: false },
  };
  assert.deepEqual(connectionDetails(facts).split("\n").slice(2, 5), [
    "  Protocol    : TLSv1.3",
    "  Ciphersuite : TLS_AES_128_GCM_SHA256, encryption: 128 bits",
    "Peer did not provide a certificate or certificate verification is disabled.",
  ]);
});

Deno.test("lines about preparing TLS carry level, code and file", () => {
  const shown = (messages: ReturnType<typeof tlsSetupMessages>) =>
    messages.map(({ level, text }) => `${level}: ${text()}`);
  const error = { code: 0x80000002, reason: undefined };
  assert.equal(libraryError(error), "OpenSSL error 80000002: OpenSSL error");
  assert.deepEqual(
    shown(tlsSetupMessages({ type: "trust-unusable", what: "CRL file", path: "f", error })),
    [
      "error: OpenSSL error 80000002: OpenSSL error",
      "warn: unable to load CRL file 'f', ignoring",
    ],
  );
  assert.deepEqual(
    shown(tlsProblemMessages({ kind: "mismatch", path: "c", keyPath: "k" }, () => "")),
    ["fatal: 000b:0006 Private key 'k' and certificate 'c' do not match"],
  );
});
