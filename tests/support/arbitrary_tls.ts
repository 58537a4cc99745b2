/** Any problem of a TLS connection, for properties. */

import fc from "fast-check";
import type { TlsProblem, TlsProgress, TlsRefusal, UnloadedFile } from "../../src/tls/types.ts";

const byte = fc.integer({ min: 0, max: 0xff });
const text = fc.string({ unit: "binary", maxLength: 80 });

const isHighest = fc.boolean();

const unloaded: fc.Arbitrary<UnloadedFile | undefined> = fc.option(
  fc.record({
    path: text,
    option: fc.constantFrom("+cf", "+crl"),
    trouble: fc.constantFrom(
      { kind: "missing" },
      { kind: "contents", found: { format: "der", holds: ["CRL"] }, wanted: "der" },
    ),
  }),
  { nil: undefined },
);

const refusal509 = fc.record({
  code: fc.integer({ min: 1, max: 100 }),
  sentence: text,
  unloaded,
}).map(
  ({ code, sentence, unloaded }): TlsRefusal => ({
    ...(unloaded === undefined ? {} : { unloaded }),
    kind: "certificate",
    code,
    sentence,
    reason: "its reason",
    role: "leaf",
    subject: "CN=a",
    issuer: "CN=b",
  }),
);

const tlsRefusal: fc.Arbitrary<TlsRefusal> = fc.oneof(...Object.values<fc.Arbitrary<TlsRefusal>>(
  {
    "certificate": refusal509,
    "trust-file": text.map((path) => ({
      kind: "trust-file",
      path,
      error: { code: 0x0480006c, reason: "no start line" },
    })),
    "host-name": fc.record({ wanted: text, names: fc.array(text) }).map((names) => ({
      kind: "host-name",
      ...names,
    })),
    "outside-profile": fc.record({
      cipherOption: fc.option(fc.constant("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256")),
      fittingProfiles: fc.subarray(["8996", "8996-mod", "bcp195", "aes", "null"] as const),
    }).map(({ cipherOption, fittingProfiles }) => ({
      kind: "outside-profile",
      protocol: "TLSv1.2",
      cipherSuite: "ECDHE-RSA-CHACHA20-POLY1305",
      profile: "bcp195-nd",
      ...(cipherOption === null ? {} : { cipherOption }),
      fittingProfiles,
    })),
    "unreadable": fc.constant({ kind: "unreadable" }),
    "no-certificate": fc.constant({ kind: "no-certificate" }),
  } satisfies Record<TlsRefusal["kind"], fc.Arbitrary<TlsRefusal>>,
));

const ownCertificate = fc.constantFrom("not asked for", "sent", "asked for, none sent");

const progress: fc.Arbitrary<{ readonly progress?: TlsProgress }> = fc.option(
  fc.record({
    isAnswered: fc.boolean(),
    ownCertificate,
    serverName: fc.option(text, { nil: undefined }),
  }),
).map((progress) => progress === null ? {} : { progress });

/** Every problem of a TLS connection. */
export const tlsProblem: fc.Arbitrary<TlsProblem> = fc.oneof(
  ...Object.values<fc.Arbitrary<TlsProblem>>(
    {
      "refused": tlsRefusal.map((refusal) => ({ kind: "refused", refusal })),
      "alert": fc.record({
        alert: byte,
        isLate: fc.boolean(),
        ownCertificate,
        names: fc.constantFrom({}, { serverName: "a" }, { missingIssuer: "CN=a" }),
      }).map(({ names, ...alert }) => ({ kind: "alert", ...alert, ...names })),
      "not-tls": fc.uint8Array({ maxLength: 64, minLength: 1 }).map((head) => ({
        kind: "not-tls",
        head,
      })),
      "ended": fc.record({ how: fc.constantFrom("closed", "reset", "close-notify"), progress }).map(
        ({ how, progress }) => ({ kind: "ended", how, ...progress }),
      ),
      "timed-out": fc.record({ limit: fc.constantFrom("idle", "total"), progress }).map(
        ({ limit, progress }) => ({ kind: "timed-out", limit, seconds: 60, ...progress }),
      ),
      "too-long": fc.constant({ kind: "too-long" }),
      "unsupported-version": fc.constant({ kind: "unsupported-version" }),
      "nothing-in-common": fc.record({ offered: fc.array(text, { maxLength: 5 }), isHighest }).map(
        (lack) => ({ kind: "nothing-in-common", lacking: "TLS version", served: ["1.2"], ...lack }),
      ),
      "key-proof": fc.constant({ kind: "key-proof" }),
      "unusable-certificate": fc.constant({ kind: "unusable-certificate" }),
      "malformed": text.map((words) => ({ kind: "malformed", text: words })),
      "violation": fc.constantFrom("length", "finished", "dh-size").map((violation) => ({
        kind: "violation",
        violation,
      })),
    } satisfies Record<TlsProblem["kind"], fc.Arbitrary<TlsProblem>>,
  ),
);
