/** Any failure that a check can end with, for properties: every class, every kind, hostile texts and codes. */

import fc from "fast-check";
import {
  AssociationRejected,
  type CheckFailure,
  ConnectionLost,
  DialFailed,
  EchoFailed,
  Interrupted,
  InvalidParameter,
  NoAcceptedContext,
  PeerAborted,
  ProtocolViolation,
  SendFailed,
  TimedOut,
  TlsFailed,
  type TroubledCheck,
  type Violation,
} from "../../src/check/mod.ts";
import type { Stage } from "../../src/errors.ts";
import type { DimseDefect } from "../../src/dimse/mod.ts";
import { type ContextResult, PduDecodeError, type PduDefect } from "../../src/pdu/mod.ts";
import type { DialReason } from "../../src/transport/mod.ts";
import { tlsProblem } from "./arbitrary_tls.ts";
import { EXAMPLE_CHECK, troubledCheck } from "../../tools/diagnosis_examples.ts";

const byte = fc.integer({ min: 0, max: 255 });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const within = fc.constantFrom("idle", "header", "body");
/** Stages in which something is awaited from the peer. */
const awaiting = fc.constantFrom<Stage>("associate", "echo", "release");
const byteString = fc.uint8Array({ maxLength: 64 }).map((bytes) => String.fromCharCode(...bytes));
const text = fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), byteString);
const title = fc.oneof(
  fc.constantFrom("ANY-SCP", "ECHOSCU", "PACS"),
  byteString.map((bytes) => bytes.slice(0, 16)),
);

/** All of a union, by a record that does not compile when one is forgotten. */
function allOf<K extends string>(all: Record<K, true>): fc.Arbitrary<K> {
  return fc.constantFrom(...Object.keys(all) as K[]);
}

function oneOf<K extends string, T>(all: Record<K, fc.Arbitrary<T>>): fc.Arbitrary<T> {
  return fc.oneof(...Object.values<fc.Arbitrary<T>>(all));
}

const dialReason = allOf<DialReason>({
  "unknown-host": true,
  "lookup-failed": true,
  "invalid-host": true,
  "refused": true,
  "reset": true,
  "host-unreachable": true,
  "host-unreachable-macos": true,
  "network-unreachable": true,
  "not-permitted": true,
  "timed-out": true,
  "timed-out-by-system": true,
  "no-descriptors": true,
  "not-allowed": true,
  "source-address": true,
  "other": true,
});

const refusal = allOf<Exclude<ContextResult["result"], "acceptance">>({
  "user-rejection": true,
  "no-reason": true,
  "abstract-syntax-not-supported": true,
  "transfer-syntaxes-not-supported": true,
  "reserved": true,
});

type Of<U extends { kind: string }> = { readonly [K in U["kind"]]: fc.Arbitrary<U> };

function kind<U extends { kind: string }>(
  name: U["kind"],
  fields: Readonly<Record<string, fc.Arbitrary<unknown>>> = {},
): fc.Arbitrary<U> {
  return fc.record({ kind: fc.constant(name), ...fields }) as unknown as fc.Arbitrary<U>;
}

const tag = { group: u16, element: fc.oneof(u16, fc.constantFrom(0, 0x100, 0x900, 0x902)) };

const pduDefect = oneOf<PduDefect["kind"], PduDefect>(
  {
    "ill-formed": kind("ill-formed", { item: text, got: u32 }),
    "subitem-too-long": kind("subitem-too-long", { length: u16, maximum: u16 }),
    "user-identity-too-short": kind("user-identity-too-short", { length: u16, minimum: u16 }),
    "user-identity-mismatch": kind("user-identity-mismatch", {
      length: u16,
      info: u16,
      response: u16,
    }),
    "protocol-version": kind("protocol-version", { version: u16 }),
    "transfer-syntax-count": kind("transfer-syntax-count", { count: u16 }),
    "unrecognized-type": kind("unrecognized-type", { typeCode: byte }),
    "too-long": kind("too-long", {
      typeCode: fc.integer({ min: 1, max: 7 }),
      length: u32,
      maximum: u32,
    }),
    "no-pdv": kind("no-pdv"),
    "pdv-length": kind("pdv-length", { length: u32 }),
    "pdv-sum": kind("pdv-sum", { pdvs: u16 }),
    "too-many-items": kind("too-many-items", { maximum: u16 }),
    "truncated": kind("truncated", { within: fc.constant("body"), got: u32, expected: u32 }),
  } satisfies Of<PduDefect>,
);

const dimseDefect = oneOf<DimseDefect["kind"], DimseDefect>(
  {
    "element-too-long": kind("element-too-long", { length: u32, remaining: u32, ...tag }),
    "undefined-length": kind("undefined-length", tag),
    "sequence": kind("sequence", tag),
    "unexpected-tag": kind("unexpected-tag", tag),
    "missing-command-field": kind("missing-command-field"),
    "unknown-command": kind("unknown-command", { commandField: u16 }),
    "missing-element": kind("missing-element", { keyword: fc.constant("Status"), ...tag }),
    "data-set-type": kind("data-set-type", {
      command: fc.constant("C-Echo RSP"),
      expected: fc.constant("absent"),
      dataSetType: u16,
    }),
    "unexpected-command": kind("unexpected-command", {
      commandField: fc.oneof(u16, fc.constant(0x30)),
    }),
    "unexpected-message-id": kind("unexpected-message-id", { messageId: u16, expected: u16 }),
    "different-contexts": kind("different-contexts", { first: byte, other: byte }),
    "context-not-accepted": kind("context-not-accepted", { contextId: byte }),
    "command-pdv-expected": kind("command-pdv-expected", { contextId: byte }),
    "command-too-long": kind("command-too-long", { maximum: u32 }),
    "too-many-fragments": kind("too-many-fragments", { maximum: u16 }),
    "maximum-length-too-small": kind("maximum-length-too-small", { maximumLength: u16 }),
  } satisfies Of<DimseDefect>,
);

/** Foreign first bytes: noise, text, or the beginning of something well known with noise after it. */
const head = fc.tuple(
  fc.constantFrom("", "HTTP/1.1 ", "SSH-2.0-", "\x0bMSH|", "220 ", "220 x ESMTP ", "\x15\x03\x03"),
  fc.oneof(byteString, text),
).map(([start, rest]) => new TextEncoder().encode(start + rest).subarray(0, 64));

const place = fc.record({
  pdu: fc.constantFrom("PDU", "A-ASSOCIATE-AC", "P-DATA-TF"),
  field: fc.constantFrom("PDU type", "maximum length", "an item of the future"),
  offset: fc.integer({ min: 0, max: 0x10_0000 }),
  head,
});

/** Each kind of violation with the stages in which it can happen. */
const violation = oneOf<Violation["kind"], CheckFailure>(
  {
    "pdu": fc.tuple(awaiting, pduDefect, place).map(([stage, defect, at]) =>
      new ProtocolViolation(stage, { kind: "pdu", defect }, new PduDecodeError({ ...at, defect }))
    ),
    "unexpected-pdu": violated(["associate", "echo", "release"], {
      kind: "unexpected-pdu",
      header: { typeCode: 6, length: 4 },
    }),
    "release-requested": violated(["echo"], { kind: "release-requested" }),
    "late-data": violated(["release"], { kind: "late-data" }),
    "dimse": dimseDefect.map((defect) => new ProtocolViolation("echo", { kind: "dimse", defect })),
    "context-not-proposed": text.map((abstractSyntax) =>
      new ProtocolViolation("echo", { kind: "context-not-proposed", abstractSyntax })
    ),
    "context-contradicted": byte.map((id) =>
      new ProtocolViolation("echo", { kind: "context-contradicted", id })
    ),
    "transfer-syntax": text.map((uid) =>
      new ProtocolViolation("echo", { kind: "transfer-syntax", uid })
    ),
    // Never the first error: it says that an abort after a failed echo was one too many.
    "already-aborted": violated(["echo"], { kind: "release-requested" }),
  } satisfies Record<Violation["kind"], fc.Arbitrary<CheckFailure>>,
);

function violated(stages: readonly Stage[], what: Violation): fc.Arbitrary<CheckFailure> {
  return fc.constantFrom(...stages).map((stage) => new ProtocolViolation(stage, what));
}

/** What TLS may have broken. */
const brokenTls = {
  tls: fc.oneof(
    fc.record({ kind: fc.constant("malformed" as const), text }),
    fc.constant({ kind: "too-long" } as const),
    fc.record({
      kind: fc.constant("alert" as const),
      alert: byte,
      isLate: fc.constant(true),
      ownCertificate: fc.constantFrom("not asked for", "sent", "asked for, none sent"),
    }),
  ),
};

/** Every class of failures. */
const failure = oneOf<CheckFailure["name"], CheckFailure>(
  {
    InvalidParameter: fc.constantFrom(
      new InvalidParameter("peer", ":104"),
      new InvalidParameter("called AE title", ""),
      new InvalidParameter("calling AE title", ""),
    ),
    DialFailed: fc.tuple(dialReason, text).map(([reason, systemText]) =>
      new DialFailed(reason, { host: "pacs", port: 104, systemText, cause: undefined })
    ),
    TlsFailed: tlsProblem.map((problem) => new TlsFailed(problem)),
    AssociationRejected: fc.record({
      result: fc.oneof(byte, fc.constantFrom(1, 2)),
      source: fc.oneof(byte, fc.constantFrom(1, 2, 3)),
      reason: fc.oneof(byte, fc.integer({ min: 1, max: 10 })),
    }).map((codes) => new AssociationRejected(codes)),
    PeerAborted: fc.tuple(
      awaiting,
      fc.record({ source: fc.oneof(byte, fc.constantFrom(0, 1, 2)), reason: byte }),
    ).map(([stage, codes]) => new PeerAborted(stage, codes)),
    ConnectionLost: fc.tuple(
      awaiting,
      fc.record({ how: fc.constantFrom("closed", "reset"), within, ...brokenTls }, {
        requiredKeys: ["how", "within"],
      }),
    ).map(([stage, details]) => new ConnectionLost(stage, details)),
    SendFailed: fc.tuple(
      fc.constantFrom(
        ["associate", "A-ASSOCIATE-RQ"] as const,
        ["echo", "P-DATA-TF"] as const,
        ["release", "A-RELEASE-RQ"] as const,
        ["abort", "A-ABORT"] as const,
        ["associate", "A-ABORT"] as const,
        ["echo", "A-ABORT"] as const,
        ["release", "A-ABORT"] as const,
      ),
      fc.oneof(text, fc.constant("Resource temporarily unavailable")),
      fc.record(brokenTls, { requiredKeys: [] }),
    ).map(([[stage, pdu], systemText, more]) =>
      new SendFailed(stage, { pdu, systemText, cause: undefined, ...more })
    ),
    NoAcceptedContext: fc.array(
      fc.tuple(byte, refusal).map(([id, result]) => ({ id, result, code: 9 }) as ContextResult),
    ).map((contexts) => new NoAcceptedContext(contexts)),
    ProtocolViolation: violation,
    TimedOut: fc.oneof(
      fc.tuple(
        awaiting,
        fc.record({
          timer: fc.constantFrom("acse", "dimse", "socket", "deadline", "wait"),
          seconds: u16,
          within,
        }),
      ).map(([stage, details]) => new TimedOut(stage, details)),
      fc.record({
        timer: fc.constantFrom("dimse", "socket"),
        seconds: u16,
        within,
        fragments: fc.integer({ min: 1, max: 1024 }),
      }).map((details) => new TimedOut("echo", details)),
      fc.tuple(u16, fc.constantFrom("connect", "tls"), fc.constantFrom("deadline", "wait")).map((
        [seconds, stage, timer],
      ) => new TimedOut(stage, { timer, seconds, within: "idle" })),
    ),
    EchoFailed: fc.record({
      status: fc.integer({ min: 1, max: 0xffff }),
      messageId: fc.constant(1),
      comment: byteString,
    }, { requiredKeys: ["status", "messageId"] }).map((details) => new EchoFailed(details)),
    Interrupted: fc.tuple(
      fc.constantFrom<Stage>("connect", "tls", "associate", "echo", "release"),
      fc.constantFrom("SIGINT", "SIGTERM"),
    ).map(([stage, reason]) => new Interrupted(stage, reason)),
  } satisfies Record<CheckFailure["name"], fc.Arbitrary<CheckFailure>>,
);

const check = fc.record({
  target: fc.record({
    host: text,
    port: u16,
    family: fc.constantFrom("any", "ipv4", "ipv6"),
    connectTimeoutSeconds: fc.constantFrom(undefined, 5),
  }),
  callingAeTitle: title,
  calledAeTitle: title,
  transferSyntaxes: fc.array(text, { minLength: 1, maxLength: 60 }),
  socketTimeoutSeconds: fc.constantFrom(undefined, 0, 60),
  dimseTimeoutSeconds: fc.constantFrom(undefined, 30),
  intervalSeconds: fc.constantFrom(0, 2),
});

/** Any check in which something went wrong. */
export const anyTroubledCheck: fc.Arbitrary<TroubledCheck> = fc.record({
  failure,
  check: check.map((part) => ({ ...EXAMPLE_CHECK, ...part })),
  answered: fc.integer({ min: 0, max: 3 }),
}).map(troubledCheck);
