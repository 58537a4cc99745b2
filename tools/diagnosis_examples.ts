// data table
/** Failures for each situation of the diagnosis: what `docs/diagnosis.md` is made from and the tests try. */

import {
  AssociationRejected,
  type Check,
  type CheckFailure,
  ConnectionLost,
  DialFailed,
  EchoFailed,
  type EchoResult,
  type EndingFailure,
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
} from "../src/check/mod.ts";
import type { Stage } from "../src/errors.ts";
import type { DimseDefect } from "../src/dimse/mod.ts";
import {
  type ContextResult,
  type Pdu,
  PDU_TYPES,
  PduDecodeError,
  type PduDefect,
} from "../src/pdu/mod.ts";
import type {
  AcceptedAuthorities,
  OwnCertificate,
  TlsFacts,
  TlsProblem,
  TlsProgress,
  TlsRefusal,
} from "../src/tls/types.ts";
import type { DialReason } from "../src/transport/mod.ts";

/** A failure and what was known when it happened. */
export interface Example {
  /** What went wrong. */
  readonly failure: CheckFailure;
  /** What is special about the check. */
  readonly check?: Partial<Check>;
  /** How many echoes had been answered. */
  readonly answered?: number;
  /** Over TLS, what became of our own certificate. */
  readonly ownCertificate?: OwnCertificate;
  /** Over TLS, whose certificates the peer accepts. */
  readonly authorities?: AcceptedAuthorities;
}

const TLS_FACTS: TlsFacts = {
  engine: "runtime",
  protocol: "TLSv1.3",
  cipherSuite: "TLS_AES_128_GCM_SHA256",
  cipherBits: 128,
  weaknesses: [],
  profile: "bcp195-nd",
  fittingProfiles: ["bcp195-nd"],
  chain: [],
  path: [],
  trust: "not checked",
  revocation: { checked: "none", lists: [] },
  refusal: undefined,
  name: { wanted: "pacs", matches: false, required: false },
};

/** The check of all examples, where they do not say otherwise. */
export const EXAMPLE_CHECK: Check = {
  target: { host: "pacs", port: 104, family: "any", connectTimeoutSeconds: 5 },
  callingAeTitle: "MYSCU",
  calledAeTitle: "PACS1",
  contexts: 1,
  transferSyntaxes: ["1.2.840.10008.1.2"],
  maximumLength: 16_384,
  acseTimeoutSeconds: 30,
  dimseTimeoutSeconds: undefined,
  socketTimeoutSeconds: 60,
  repeat: 1,
  ending: "release",
};

/** The check of an example; a failure after all echoes leaves the peer verified. */
export function troubledCheck(
  { failure, check, answered = 0, ownCertificate, authorities }: Example,
): TroubledCheck {
  const echoes = Array.from({ length: answered }, (_, index): EchoResult => ({
    messageId: index + 1,
    status: 0,
    elapsedMs: 1,
  }));
  const known = {
    check: { ...EXAMPLE_CHECK, ...check },
    echoes,
    elapsedMs: 1,
    timings: [],
    ...(ownCertificate === undefined ? {} : {
      tls: { facts: TLS_FACTS, ownCertificate, ...(authorities && { authorities }) },
    }),
  };
  const isEnding = ["release", "abort"].includes(failure.stage) && failure.name !== "EchoFailed" &&
    failure.name !== "Interrupted";
  if (isEnding) return { outcome: "verified", endingError: failure, ...known };
  const endingError = abortError(failure);
  return {
    outcome: "failed",
    error: failure,
    ...known,
    ...(endingError === undefined ? {} : { endingError }),
  };
}

/** Why the association cannot be aborted any more after some failures of the echo. */
function abortError(failure: CheckFailure): EndingFailure | undefined {
  if (failure.stage !== "echo") return undefined;
  const already = new ProtocolViolation("abort", { kind: "already-aborted" });
  if (failure.name === "ProtocolViolation") {
    return failure.violation.kind === "unexpected-pdu" ? already : undefined;
  }
  if (failure.name !== "SendFailed") return undefined;
  if (failure.details.pdu === "A-ABORT") return already;
  return new SendFailed("abort", { ...failure.details, pdu: "A-ABORT" });
}

/** What went wrong in a check. */
export function errorIn(result: TroubledCheck): CheckFailure {
  return result.outcome === "failed" ? result.error : result.endingError;
}

function dial(reason: DialReason, systemText: string): CheckFailure {
  return new DialFailed(reason, { host: "pacs", port: 104, systemText, cause: undefined });
}

function family(name: "ipv4" | "ipv6"): Partial<Check> {
  return { target: { ...EXAMPLE_CHECK.target, family: name } };
}

/** `codes` are result, source and reason, as in `1/1/7`. */
function tls(problem: TlsProblem): CheckFailure {
  return new TlsFailed(problem);
}

const ENDINGS = ["closed", "reset", "close-notify"] as const;

const PROGRESS: TlsProgress = {
  isAnswered: true,
  ownCertificate: "not asked for",
  serverName: undefined,
};

/** A handshake that ended without a word. */
function tlsCut(how: typeof ENDINGS[number], progress: Partial<TlsProgress> = {}): CheckFailure {
  return tls({ kind: "ended", how, progress: { ...PROGRESS, ...progress } });
}

function tlsSilent(progress: Partial<TlsProgress> = {}): CheckFailure {
  return tls({
    kind: "timed-out",
    limit: "idle",
    seconds: 60,
    progress: { ...PROGRESS, ...progress },
  });
}

function tlsRefused(refusal: TlsRefusal): CheckFailure {
  return tls({ kind: "refused", refusal });
}

/** What the own engine reports of a peer that wants a certificate. */
const CAS: AcceptedAuthorities = { names: ["CN=Hospital Device CA"], more: 0 };
const MANY_CAS: AcceptedAuthorities = { names: ["CN=A", "CN=B", "CN=C", "CN=D"], more: 7 };
const ANY_CA: AcceptedAuthorities = { names: [], more: 0 };

const UNKNOWN_ISSUER: TlsRefusal = {
  kind: "certificate",
  code: 20,
  reason: "",
  role: "leaf",
  sentence: "issuer of the server certificate is not trusted: CN=pacs",
  subject: "CN=pacs",
  issuer: "CN=CA",
};

function uncertified(code: number, sentence: string): CheckFailure {
  const names = { subject: "CN=pacs", issuer: "CN=CA" };
  return tlsRefused({ kind: "certificate", code, reason: "", role: "leaf", sentence, ...names });
}

function alerted(
  alert: number,
  { ownCertificate = "not asked for", ...more }: Partial<Extract<TlsProblem, { kind: "alert" }>> =
    {},
): CheckFailure {
  return tls({ kind: "alert", alert, isLate: false, ownCertificate, ...more });
}

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.split(" "), (byte) => Number.parseInt(byte, 16));
}

function rejected(codes: string): CheckFailure {
  const [result = 0, source = 0, reason = 0] = codes.split("/").map(Number);
  return new AssociationRejected({ result, source, reason });
}

/** `codes` are source and reason. */
function aborted(stage: Stage, codes: string): CheckFailure {
  const [source = 0, reason = 0] = codes.split("/").map(Number);
  return new PeerAborted(stage, { source, reason });
}

type Within = "idle" | "header" | "body";

function lost(stage: Stage, how: "closed" | "reset", within: Within = "idle"): CheckFailure {
  return new ConnectionLost(stage, { how, within });
}

function timedOut(
  stage: Stage,
  timer: "acse" | "dimse" | "socket" | "deadline",
  within: Within = "idle",
): CheckFailure {
  return new TimedOut(stage, { timer, seconds: 30, within });
}

/** What TLS broke: while something was awaited, and while something was sent. */
function brokenTls(stage: Stage, pdu: Pdu["type"]): readonly Example[] {
  const malformed = { kind: "malformed", text: "cannot decrypt peer's message" } as const;
  const late = { isLate: true, ownCertificate: "not asked for" } as const;
  const at = { pdu, systemText: "Broken pipe", cause: undefined };
  const answered = stage === "associate" ? 0 : 1;
  return [
    new ConnectionLost(stage, { how: "reset", within: "idle", tls: malformed }),
    new ConnectionLost(stage, { how: "reset", within: "body", tls: { kind: "too-long" } }),
    new ConnectionLost(stage, {
      how: "reset",
      within: "idle",
      tls: { kind: "alert", alert: 80, ...late },
    }),
    new SendFailed(stage, { ...at, tls: malformed }),
  ].map((failure) => ({ failure, answered, ownCertificate: "not asked for" as const }));
}

/** No limit for the connection. */
const UNLIMITED: Partial<Check> = {
  target: { host: "pacs", port: 104, family: "any", connectTimeoutSeconds: undefined },
};

function unsent(stage: Stage, pdu: Pdu["type"], systemText = "Broken pipe"): CheckFailure {
  return new SendFailed(stage, { pdu, systemText, cause: undefined });
}

/** More transfer syntaxes than DCMTK's own SCPs take. */
const MANY_SYNTAXES: Partial<Check> = {
  transferSyntaxes: Array.from({ length: 53 }, () => "1.2.840.10008.1.2"),
};

const STALLED = "Resource temporarily unavailable";

function refused(...results: readonly ContextResult["result"][]): CheckFailure {
  return new NoAcceptedContext(
    results.map((result, index) => ({ id: 2 * index + 1, result, code: 9 }) as ContextResult),
  );
}

function violation(stage: Stage, what: Violation): CheckFailure {
  return new ProtocolViolation(stage, what);
}

function unexpected(stage: Stage, typeCode: number): CheckFailure {
  return violation(stage, { kind: "unexpected-pdu", header: { typeCode, length: 4 } });
}

interface Place {
  readonly pdu?: string;
  readonly field?: string;
  readonly offset?: number;
  readonly head?: Uint8Array;
}

function defective(stage: Stage, defect: PduDefect, place: Place = {}): CheckFailure {
  const { pdu = "A-ASSOCIATE-AC", field = "presentation context", offset = 99, head } = place;
  const fault = { pdu, field, offset, defect, ...(head === undefined ? {} : { head }) };
  return new ProtocolViolation(stage, { kind: "pdu", defect }, new PduDecodeError(fault));
}

/** An answer to the association request that begins with `head`, which is not a PDU. */
function foreign(head: string | readonly number[]): CheckFailure {
  const bytes = typeof head === "string" ? new TextEncoder().encode(head) : Uint8Array.from(head);
  const defect: PduDefect = { kind: "unrecognized-type", typeCode: bytes[0] ?? 0 };
  return defective("associate", defect, { pdu: "PDU", field: "PDU type", offset: 0, head: bytes });
}

function tooLong(stage: Stage, typeCode: keyof typeof PDU_TYPES): CheckFailure {
  const head = Uint8Array.of(typeCode, 0, 0xff, 0xff, 0xff, 0xff);
  const defect: PduDefect = { kind: "too-long", typeCode, length: 0xffff_ffff, maximum: 128 };
  return defective(stage, defect, {
    pdu: PDU_TYPES[typeCode],
    field: "PDU length",
    offset: 2,
    head,
  });
}

const PDV = { pdu: "P-DATA-TF", field: "presentation data value", offset: 6 };

function response(defect: DimseDefect): CheckFailure {
  return violation("echo", { kind: "dimse", defect });
}

function status(code: number): CheckFailure {
  return new EchoFailed({ status: code, messageId: 1 });
}

/** At least one example for each situation, by its name. */
export const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  "peer-empty": [{ failure: new InvalidParameter("peer", ":104") }],
  "name-unknown": [{ failure: dial("unknown-host", "Name or service not known") }],
  "name-without-family": [
    { failure: dial("unknown-host", "Name or service not known"), check: family("ipv6") },
    { failure: dial("unknown-host", "Name or service not known"), check: family("ipv4") },
  ],
  "name-service-silent": [{ failure: dial("lookup-failed", "Temporary failure") }],
  "name-invalid": [{ failure: dial("invalid-host", "") }],
  "source-address-unusable": [
    { failure: dial("source-address", "192.0.2.7 is not an address of this machine") },
  ],
  "port-refused": [{ failure: dial("refused", "Connection refused") }],
  "connection-broken-off": [{ failure: dial("reset", "Connection reset by peer") }],
  "host-unreachable": [{ failure: dial("host-unreachable", "No route to host") }],
  "host-unreachable-macos": [{ failure: dial("host-unreachable-macos", "No route to host") }],
  "network-unreachable": [{ failure: dial("network-unreachable", "Network is unreachable") }],
  "connect-timeout": [{ failure: dial("timed-out", "Operation now in progress") }],
  "connect-deadline": [{ failure: timedOut("connect", "deadline") }],
  "connect-timeout-system": [
    { failure: dial("timed-out-by-system", "Connection timed out"), check: UNLIMITED },
  ],
  "connect-timeout-system-first": [
    { failure: dial("timed-out-by-system", "Connection timed out") },
  ],
  "connect-forbidden": [{ failure: dial("not-permitted", "Permission denied") }],
  "permission-missing": [{ failure: dial("not-allowed", "Requires net access") }],
  "descriptors-used-up": [{ failure: dial("no-descriptors", "Too many open files") }],
  "zone-missing": [
    {
      failure: dial("other", "Invalid argument"),
      check: { target: { ...EXAMPLE_CHECK.target, host: "fe80::5054:ff:fe12:3456" } },
    },
  ],
  "connect-failed": [{ failure: dial("other", "Invalid argument") }],
  "interrupted-connecting": [
    { failure: new Interrupted("connect", "SIGINT"), check: UNLIMITED },
    { failure: new Interrupted("connect", "SIGTERM"), check: UNLIMITED },
  ],
  "interrupted-connecting-limited": [
    { failure: new Interrupted("connect", "SIGINT") },
    { failure: new Interrupted("connect", "SIGTERM") },
  ],

  "tls-plain-dicom": [{ failure: tls({ kind: "not-tls", head: bytes("07 00 00 00 00 04") }) }],
  "tls-plain": [
    { failure: tls({ kind: "not-tls", head: bytes("53 53 48 2d 32 2e 30") }) },
    // TPKT (RFC 2126), as of remote desktops: begins as A-ASSOCIATE-RJ does.
    { failure: tls({ kind: "not-tls", head: bytes("03 00 00 13 0e d0") }) },
  ],
  "tls-record-too-long": [{ failure: tls({ kind: "too-long" }) }],
  "tls-version-unsupported": [{ failure: tls({ kind: "unsupported-version" }) }],
  "tls-key-not-proved": [{ failure: tls({ kind: "key-proof" }) }],
  "tls-certificate-unusable": [{ failure: tls({ kind: "unusable-certificate" }) }],
  "tls-malformed": [{ failure: tls({ kind: "malformed", text: "cannot decrypt a message" }) }],
  "tls-closed": [
    { failure: tls({ kind: "ended", how: "closed" }) },
    { failure: tlsCut("closed", { isAnswered: false }) },
  ],
  "tls-closed-named": [{ failure: tlsCut("closed", { isAnswered: false, serverName: "gate" }) }],
  "tls-reset": [
    { failure: tls({ kind: "ended", how: "reset" }) },
    { failure: tlsCut("reset", { isAnswered: false, serverName: "gate" }) },
  ],
  "tls-goodbye": [{ failure: tls({ kind: "ended", how: "close-notify" }) }],
  "tls-closed-certificate-wanted": ENDINGS.map((how) => ({
    failure: tlsCut(how, { ownCertificate: "asked for, none sent", authorities: CAS }),
  })),
  "tls-closed-certificate-sent": ENDINGS.map((how) => ({
    failure: tlsCut(how, { ownCertificate: "sent", authorities: CAS }),
  })),
  "tls-closed-answered": ENDINGS.map((how) => ({ failure: tlsCut(how) })),
  "tls-silent": [
    { failure: tls({ kind: "timed-out", limit: "idle", seconds: 60 }) },
    { failure: tlsSilent({ isAnswered: false }) },
  ],
  "tls-silent-answered": [{ failure: tlsSilent() }],
  "tls-overdue": [
    { failure: new TimedOut("tls", { timer: "deadline", seconds: 5, within: "idle" }) },
  ],
  "tls-slow": [{ failure: tls({ kind: "timed-out", limit: "total", seconds: 60 }) }],
  "tls-own-certificate-wanted": [
    { failure: alerted(116, { ownCertificate: "asked for, none sent", authorities: CAS }) },
    { failure: alerted(116, { ownCertificate: "asked for, none sent", authorities: MANY_CAS }) },
    { failure: alerted(116, { ownCertificate: "asked for, none sent", authorities: ANY_CA }) },
    { failure: alerted(40, { ownCertificate: "asked for, none sent" }) },
  ],
  "tls-own-certificate-refused": [
    { failure: alerted(48, { ownCertificate: "sent", authorities: CAS }) },
    { failure: alerted(45, { ownCertificate: "sent" }) },
  ],
  "tls-version-refused": [{ failure: alerted(70) }],
  "tls-nothing-shared": [{ failure: alerted(40) }, {
    failure: alerted(71, { ownCertificate: "sent" }),
  }],
  "tls-name-unknown": [{ failure: alerted(112, { serverName: "gate" }) }],
  "tls-name-wanted": [{ failure: alerted(112) }],
  "tls-own-chain-incomplete": [{
    failure: alerted(48, {
      isLate: true,
      ownCertificate: "sent",
      missingIssuer: "CN=Hospital Device CA",
      authorities: CAS,
    }),
  }],
  "tls-alert": [{ failure: alerted(80) }, { failure: alerted(48) }],
  "tls-certificate-expired": [
    {
      failure: uncertified(10, "server certificate expired 12 days ago: CN=pacs, issued by CN=CA"),
    },
  ],
  "tls-certificate-not-yet-valid": [
    { failure: uncertified(9, "server certificate is valid only in 3 days from now: CN=pacs") },
  ],
  "tls-certificate-self-signed": [
    { failure: uncertified(18, "server certificate is self-signed: CN=pacs, issued by itself") },
  ],
  "tls-ca-unknown": [
    { failure: uncertified(20, "issuer of the server certificate is not trusted: CN=pacs") },
    { failure: uncertified(19, "the root that the peer names is not among the trusted ones") },
  ],
  "tls-trust-not-loaded": [
    {
      failure: tlsRefused({
        ...UNKNOWN_ISSUER,
        unloaded: { path: "ca.pem", option: "+cf", trouble: { kind: "missing" } },
      }),
    },
    {
      failure: tlsRefused({
        ...UNKNOWN_ISSUER,
        code: 3,
        unloaded: {
          path: "ca.crl",
          option: "+crl",
          trouble: { kind: "contents", found: { format: "der", holds: ["CRL"] }, wanted: "pem" },
        },
      }),
    },
  ],
  "tls-certificate-revoked": [
    { failure: uncertified(23, "server certificate was revoked 5 days ago: CN=pacs") },
  ],
  "tls-purpose-wrong": [
    { failure: uncertified(26, "server certificate is not made for this use: CN=pacs") },
  ],
  "tls-crl-unusable": [
    { failure: uncertified(3, "no usable CRL for the server certificate: CN=pacs") },
    { failure: uncertified(12, "the CRL for the server certificate expired 2 days ago: CN=pacs") },
  ],
  "tls-certificate-refused": [
    { failure: uncertified(7, "signature of the server certificate is not that of its issuer") },
  ],
  "tls-trust-file-unusable": [
    {
      failure: tlsRefused({
        kind: "trust-file",
        path: "certs/0a1b2c3d.0",
        error: { code: 0x0480006c, reason: "no start line" },
      }),
    },
  ],
  "tls-host-name-wrong": [
    { failure: tlsRefused({ kind: "host-name", wanted: "pacs", names: ["a.example"] }) },
    { failure: tlsRefused({ kind: "host-name", wanted: "pacs", names: [] }) },
  ],
  "tls-outside-profile": [
    {
      failure: tlsRefused({
        kind: "outside-profile",
        protocol: "TLSv1.2",
        cipherSuite: "ECDHE-RSA-CHACHA20-POLY1305",
        profile: "bcp195-nd",
        cipherOption: "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        fittingProfiles: ["8996-mod"],
      }),
    },
    {
      failure: tlsRefused({
        kind: "outside-profile",
        protocol: "TLSv1.3",
        cipherSuite: "TLS_AES_128_GCM_SHA256",
        profile: "bcp195-ex",
        fittingProfiles: ["bcp195-nd", "bcp195"],
      }),
    },
    {
      failure: tlsRefused({
        kind: "outside-profile",
        protocol: "TLSv1.2",
        cipherSuite: "ANOTHER",
        profile: "bcp195-ex",
        fittingProfiles: [],
      }),
    },
  ],
  "tls-certificate-missing": [{ failure: tlsRefused({ kind: "no-certificate" }) }],
  "tls-certificate-unreadable": [{ failure: tlsRefused({ kind: "unreadable" }) }],
  "interrupted-securing": [{ failure: new Interrupted("tls", "SIGINT") }],

  "called-title-empty": [{ failure: new InvalidParameter("called AE title", "") }],
  "calling-title-empty": [{ failure: new InvalidParameter("calling AE title", "") }],
  "request-not-sent": [
    { failure: unsent("associate", "A-ASSOCIATE-RQ") },
    { failure: unsent("associate", "A-ASSOCIATE-RQ", "Connection reset by peer") },
  ],
  "request-not-taken": [{ failure: unsent("associate", "A-ASSOCIATE-RQ", STALLED) }],
  "closed-certificate-wanted": [
    {
      failure: lost("associate", "closed"),
      ownCertificate: "asked for, none sent",
      authorities: CAS,
    },
  ],
  "closed-certificate-sent": [
    { failure: lost("associate", "closed"), ownCertificate: "sent", authorities: CAS },
  ],
  "reset-certificate-wanted": [
    {
      failure: lost("associate", "reset"),
      ownCertificate: "asked for, none sent",
      authorities: CAS,
    },
    { failure: unsent("associate", "A-ASSOCIATE-RQ"), ownCertificate: "asked for, none sent" },
  ],
  "reset-certificate-sent": [
    { failure: lost("associate", "reset"), ownCertificate: "sent", authorities: CAS },
    { failure: unsent("associate", "A-ASSOCIATE-RQ"), ownCertificate: "sent" },
  ],
  "closed-over-tls": [
    { failure: lost("associate", "closed"), ownCertificate: "not asked for" },
  ],
  "closed-many-syntaxes": [{ failure: lost("associate", "closed"), check: MANY_SYNTAXES }],
  "reset-many-syntaxes": [{ failure: lost("associate", "reset"), check: MANY_SYNTAXES }],
  "closed-without-answer": [{ failure: lost("associate", "closed") }],
  "reset-over-tls": [{ failure: lost("associate", "reset"), ownCertificate: "not asked for" }],
  "association-tls-broken": brokenTls("associate", "A-ASSOCIATE-RQ"),
  "reset-without-answer": [{ failure: lost("associate", "reset") }],
  "association-answer-closed": [
    { failure: lost("associate", "closed", "header") },
    { failure: lost("associate", "closed", "body") },
  ],
  "association-answer-reset": [
    { failure: lost("associate", "reset", "header") },
    { failure: lost("associate", "reset", "body") },
  ],
  "association-answer-unexpected-lost": [{ failure: unsent("associate", "A-ABORT") }],
  "association-silent": [{ failure: timedOut("associate", "acse") }],
  "association-silent-over-tls": [
    { failure: timedOut("associate", "acse"), ownCertificate: "sent" },
  ],
  "association-silent-many-syntaxes": [
    {
      failure: timedOut("associate", "acse"),
      check: MANY_SYNTAXES,
    },
  ],
  "association-answer-slow": [{ failure: timedOut("associate", "acse", "header") }],
  "association-answer-stalled": [{ failure: timedOut("associate", "socket", "body") }],
  "association-aborted-by-application": [{ failure: aborted("associate", "0/0") }],
  "association-aborted-by-provider": [
    { failure: aborted("associate", "2/6") },
    { failure: aborted("associate", "2/3") },
  ],
  "association-aborted-source-reserved": [{ failure: aborted("associate", "1/0") }],
  "association-aborted-source-undefined": [
    { failure: aborted("associate", "3/0") },
    { failure: aborted("associate", "255/255") },
  ],
  "interrupted-associating": [
    { failure: new Interrupted("associate", "SIGINT") },
    { failure: new Interrupted("associate", "SIGTERM") },
  ],

  "called-title-default": [
    { failure: rejected("1/1/7"), check: { calledAeTitle: "ANY-SCP" } },
    { failure: rejected("2/1/7"), check: { calledAeTitle: "ANY-SCP" } },
  ],
  "called-title-full": [{
    failure: rejected("1/1/7"),
    check: { calledAeTitle: "SIXTEEN-BYTES-16" },
  }],
  "called-title-unknown": [{ failure: rejected("1/1/7") }],
  "calling-title-default": [
    { failure: rejected("1/1/3"), check: { callingAeTitle: "ECHOSCU" } },
  ],
  "calling-title-unknown": [{ failure: rejected("1/1/3") }],
  "rejected-for-now": [{ failure: rejected("2/1/1") }, { failure: rejected("2/2/1") }],
  "rejected-by-application": [{ failure: rejected("1/1/1") }, { failure: rejected("0/1/1") }],
  "rejected-by-provider": [{ failure: rejected("1/2/1") }],
  "application-context-unsupported": [{ failure: rejected("1/1/2") }],
  "protocol-version-unsupported": [{ failure: rejected("1/2/2") }],
  "temporary-congestion": [{ failure: rejected("2/3/1") }, { failure: rejected("1/3/1") }],
  "local-limit-exceeded": [{ failure: rejected("2/3/2") }, { failure: rejected("1/3/2") }],
  "rejected-reason-reserved": [
    { failure: rejected("1/1/4") },
    { failure: rejected("1/1/5") },
    { failure: rejected("1/1/10") },
    { failure: rejected("2/3/0") },
    { failure: rejected("2/3/7") },
  ],
  "rejected-reason-undefined": [
    { failure: rejected("1/1/0") },
    { failure: rejected("1/1/11") },
    { failure: rejected("1/2/3") },
    { failure: rejected("2/3/8") },
  ],
  "rejected-source-undefined": [{ failure: rejected("1/0/0") }, { failure: rejected("1/4/7") }],

  "foreign-http": [
    { failure: foreign("HTTP/1.1 400 Bad Request\r\n") },
    { failure: foreign("<html><body>Bad Request</body>") },
  ],
  "foreign-tls": [
    { failure: foreign([0x15, 3, 3, 0, 2, 2, 0x46]) },
    { failure: foreign([0x16, 3, 1, 0, 0x40]) },
  ],
  "foreign-tls-inside": [
    { failure: foreign([0x16, 3, 1, 0, 0x40]), ownCertificate: "not asked for" },
  ],
  "foreign-ssh": [{ failure: foreign("SSH-2.0-OpenSSH_9.2\r\n") }],
  "foreign-hl7": [
    { failure: foreign("\x0bMSH|^~\\&|RIS|HOSP|||2026||ACK|1|P|2.3\r") },
    { failure: foreign("MSH|^~\\&|RIS") },
  ],
  "foreign-smtp": [{ failure: foreign("220 mail.example ESMTP Postfix\r\n") }],
  "foreign-ftp": [{ failure: foreign("220 ProFTPD Server ready\r\n") }],
  "foreign-service": [
    { failure: foreign("RFB 003.008\n") },
    { failure: foreign("220 ready\r\n") },
    { failure: foreign("+OK POP3 ready\r\n") },
    { failure: foreign("-ERR wrong number of arguments\r\n") },
    { failure: foreign("* OK IMAP4rev1\r\n") },
    { failure: foreign("RTSP/1.0 400 Bad Request\r\n") },
    { failure: foreign("<?xml version='1.0'?>") },
    { failure: foreign("AMQP\0\0\x09\x01") },
    { failure: foreign([0xff, 0xfd, 0x18]) },
    { failure: foreign([0x4a, 0, 0, 0, 0x0a, 0x38]) },
    { failure: foreign([0, 0, 0x12, 4, 0, 0, 0, 0, 0, 0]) },
  ],
  "foreign-text": [{ failure: foreign("hello, who is there?\r\n") }],
  "foreign-bytes": [
    { failure: foreign([0, 0, 0, 0, 0, 0]) },
    { failure: foreign([0x99, 0x1b, 0x5b, 0x32, 0x4a, 0x0a]) },
  ],

  "association-answer-ill-formed": [
    {
      failure: defective("associate", { kind: "ill-formed", item: "presentation context", got: 6 }),
    },
    {
      failure: defective("associate", { kind: "user-identity-too-short", length: 5, minimum: 6 }, {
        field: "user identity answer",
      }),
    },
    {
      failure: defective(
        "associate",
        { kind: "user-identity-mismatch", length: 8, info: 4, response: 50 },
        { field: "user identity answer" },
      ),
    },
  ],
  "association-answer-name-too-long": [
    {
      failure: defective("associate", { kind: "subitem-too-long", length: 65, maximum: 64 }, {
        field: "transfer syntax",
      }),
    },
  ],
  "association-answer-version": [
    {
      failure: defective("associate", { kind: "protocol-version", version: 2 }, {
        field: "protocol version",
        offset: 6,
      }),
    },
  ],
  "association-answer-transfer-syntaxes": [
    {
      failure: defective("associate", { kind: "transfer-syntax-count", count: 2 }, {
        field: "transfer syntax",
      }),
    },
  ],
  "association-answer-too-long": [{ failure: tooLong("associate", 2) }],
  "association-answer-too-many-items": [
    {
      failure: defective("associate", { kind: "too-many-items", maximum: 2048 }, {
        field: "items",
      }),
    },
  ],
  "association-answer-length": [
    { failure: tooLong("associate", 3) },
    { failure: tooLong("associate", 7) },
    { failure: tooLong("associate", 4) },
  ],
  "association-request-mirrored": [{ failure: unexpected("associate", 1) }],
  "association-answer-unexpected": [
    { failure: unexpected("associate", 4) },
    { failure: unexpected("associate", 5) },
    { failure: unexpected("associate", 6) },
  ],

  "no-context-answered": [{ failure: refused() }],
  "verification-unsupported": [
    { failure: refused("abstract-syntax-not-supported") },
    { failure: refused("abstract-syntax-not-supported", "abstract-syntax-not-supported") },
  ],
  "transfer-syntaxes-unsupported": [{ failure: refused("transfer-syntaxes-not-supported") }],
  "many-transfer-syntaxes-unsupported": [
    {
      failure: refused("transfer-syntaxes-not-supported"),
      check: {
        transferSyntaxes: ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2"],
      },
    },
  ],
  "context-refused-by-user": [{ failure: refused("user-rejection") }],
  "context-refused-without-reason": [{ failure: refused("no-reason") }],
  "context-result-undefined": [{ failure: refused("reserved") }],
  "contexts-refused-variously": [
    { failure: refused("abstract-syntax-not-supported", "transfer-syntaxes-not-supported") },
  ],

  "context-not-proposed": [
    {
      failure: violation("echo", {
        kind: "context-not-proposed",
        abstractSyntax: "1.2.840.10008.1.1",
      }),
    },
  ],
  "context-contradicted": [{ failure: violation("echo", { kind: "context-contradicted", id: 1 }) }],
  "transfer-syntax-unusable": [
    { failure: violation("echo", { kind: "transfer-syntax", uid: "1.2.3" }) },
  ],
  "maximum-length-too-small": [
    { failure: response({ kind: "maximum-length-too-small", maximumLength: 12 }) },
  ],
  "echo-not-sent": [
    { failure: unsent("echo", "P-DATA-TF") },
    { failure: unsent("echo", "P-DATA-TF", "Connection reset by peer") },
  ],
  "echo-not-taken": [{ failure: unsent("echo", "P-DATA-TF", STALLED) }],
  "echo-aborted": [{ failure: aborted("echo", "0/0") }],
  "echo-aborted-by-provider": [{ failure: aborted("echo", "2/1") }],
  "echo-aborted-source-reserved": [{ failure: aborted("echo", "1/0") }],
  "echo-aborted-source-undefined": [{ failure: aborted("echo", "3/0") }],
  "echo-tls-broken": brokenTls("echo", "P-DATA-TF"),
  "idle-ended-by-peer": [
    { failure: aborted("echo", "0/0"), answered: 1, check: { intervalSeconds: 2 } },
    { failure: lost("echo", "closed"), answered: 1, check: { intervalSeconds: 2 } },
    {
      failure: violation("echo", { kind: "release-requested" }),
      answered: 1,
      check: { intervalSeconds: 2 },
    },
  ],
  "idle-connection-gone": [
    { failure: lost("echo", "reset"), answered: 1, check: { intervalSeconds: 2 } },
    { failure: unsent("echo", "P-DATA-TF"), answered: 1, check: { intervalSeconds: 2 } },
  ],
  "echo-not-sent-later": [{ failure: unsent("echo", "P-DATA-TF"), answered: 1 }],
  "echo-aborted-later": [
    { failure: aborted("echo", "0/0"), answered: 3 },
    { failure: aborted("echo", "2/2"), answered: 1 },
  ],
  "echo-closed": [
    { failure: lost("echo", "closed") },
    { failure: lost("echo", "closed") },
  ],
  "echo-reset": [{ failure: lost("echo", "reset") }],
  "echo-closed-later": [{ failure: lost("echo", "closed"), answered: 3 }],
  "echo-reset-later": [{ failure: lost("echo", "reset"), answered: 3 }],
  "echo-response-closed": [
    { failure: lost("echo", "closed", "header") },
    { failure: lost("echo", "closed", "body"), answered: 2 },
  ],
  "echo-response-reset": [
    { failure: lost("echo", "reset", "header") },
    { failure: lost("echo", "reset", "body"), answered: 2 },
  ],
  "echo-silent": [{ failure: timedOut("echo", "dimse") }],
  "echo-silent-socket": [{ failure: timedOut("echo", "socket") }],
  "echo-response-unfinished": [
    {
      failure: new TimedOut("echo", { timer: "dimse", seconds: 30, within: "idle", fragments: 12 }),
    },
    {
      failure: new TimedOut("echo", { timer: "socket", seconds: 30, within: "idle", fragments: 1 }),
    },
  ],
  "echo-response-slow": [
    { failure: timedOut("echo", "dimse", "header") },
    { failure: timedOut("echo", "socket", "header") },
  ],
  "echo-response-stalled": [{ failure: timedOut("echo", "socket", "body") }],
  "interrupted-echoing": [
    { failure: new Interrupted("echo", "SIGINT"), answered: 7 },
    { failure: new Interrupted("echo", "SIGTERM") },
  ],
  "interrupted-echoing-limited": [
    {
      failure: new Interrupted("echo", "SIGINT"),
      answered: 7,
      check: { dimseTimeoutSeconds: 30 },
    },
    { failure: new Interrupted("echo", "SIGTERM"), check: { dimseTimeoutSeconds: 30 } },
  ],
  "echo-release-requested": [{ failure: violation("echo", { kind: "release-requested" }) }],
  "echo-answer-unexpected": [
    { failure: unexpected("echo", 2) },
    { failure: unexpected("echo", 6) },
  ],
  "echo-answer-unexpected-lost": [{ failure: unsent("echo", "A-ABORT") }],
  "echo-response-no-pdu": [
    {
      failure: defective("echo", { kind: "unrecognized-type", typeCode: 8 }, {
        pdu: "PDU",
        field: "PDU type",
        offset: 0,
        head: Uint8Array.of(8, 0, 0, 0, 0, 4),
      }),
    },
  ],
  "echo-response-too-long": [{ failure: tooLong("echo", 4) }],
  "echo-pdu-length": [
    { failure: tooLong("echo", 7) },
    { failure: tooLong("echo", 5) },
  ],
  "echo-response-pdvs": [
    { failure: defective("echo", { kind: "no-pdv" }, PDV) },
    { failure: defective("echo", { kind: "pdv-length", length: 1 }, PDV) },
    { failure: defective("echo", { kind: "pdv-sum", pdvs: 1 }, PDV) },
  ],
  "echo-pdu-ill-formed": [
    {
      failure: defective("echo", { kind: "ill-formed", item: "A-RELEASE-RQ", got: 2 }, {
        pdu: "A-RELEASE-RQ",
        field: "PDU length",
        offset: 2,
      }),
    },
  ],

  "response-encoding": [
    {
      failure: response({
        kind: "element-too-long",
        group: 0,
        element: 0,
        length: 281_685,
        remaining: 70,
      }),
    },
  ],
  "response-corrupt": [
    { failure: response({ kind: "undefined-length", group: 0, element: 0x902 }) },
    { failure: response({ kind: "sequence", group: 9, element: 0x10 }) },
    { failure: response({ kind: "unexpected-tag", group: 0xfffe, element: 0xe0dd }) },
  ],
  "response-without-command": [{ failure: response({ kind: "missing-command-field" }) }],
  "response-command-undefined": [
    { failure: response({ kind: "unknown-command", commandField: 0x1234 }) },
  ],
  "response-incomplete": [
    {
      failure: response({ kind: "missing-element", keyword: "Status", group: 0, element: 0x900 }),
    },
  ],
  "response-with-data-set": [
    {
      failure: response({
        kind: "data-set-type",
        command: "C-Echo RSP",
        expected: "absent",
        dataSetType: 0x102,
      }),
    },
  ],
  "response-is-request": [
    { failure: response({ kind: "unexpected-command", commandField: 0x30 }) },
  ],
  "response-of-other-command": [
    { failure: response({ kind: "unexpected-command", commandField: 0x8020 }) },
  ],
  "response-to-other-message": [
    { failure: response({ kind: "unexpected-message-id", messageId: 2, expected: 1 }) },
  ],
  "response-on-two-contexts": [
    { failure: response({ kind: "different-contexts", first: 1, other: 3 }) },
  ],
  "response-on-other-context": [
    { failure: response({ kind: "context-not-accepted", contextId: 3 }) },
  ],
  "response-is-data": [{ failure: response({ kind: "command-pdv-expected", contextId: 1 }) }],
  "response-endless": [{ failure: response({ kind: "command-too-long", maximum: 65_536 }) }],
  "response-in-too-many-fragments": [
    { failure: response({ kind: "too-many-fragments", maximum: 1024 }) },
  ],

  "status-sop-class-unsupported": [{ failure: status(0x0122) }],
  "status-duplicate-invocation": [{ failure: status(0x0210) }],
  "status-unrecognized-operation": [{ failure: status(0x0211) }],
  "status-mistyped-argument": [{ failure: status(0x0212) }],
  "status-resource-limitation": [{ failure: status(0x0213) }],
  "status-processing-failure": [
    { failure: status(0x0110) },
    { failure: new EchoFailed({ status: 0x0110, messageId: 1, comment: "disk full" }) },
  ],
  "status-no-such-sop-class": [{ failure: status(0x0118) }],
  "status-not-authorized": [{ failure: status(0x0124) }],
  "status-out-of-resources": [{ failure: status(0xa700) }, { failure: status(0xa900) }],
  "status-cannot-process": [{ failure: status(0xc000) }, { failure: status(0xcfff) }],
  "status-warning": [{ failure: status(0xb000) }, { failure: status(1) }, {
    failure: status(0x107),
  }],
  "status-cancelled": [{ failure: status(0xfe00) }],
  "status-pending": [{ failure: status(0xff00) }, { failure: status(0xff01) }],
  "status-failure": [{ failure: status(0x0105) }, { failure: status(0x0123) }],
  "status-undefined": [{ failure: status(0x1234) }, { failure: status(2) }, {
    failure: status(0xfe01),
  }],

  "release-not-sent": [
    { failure: unsent("release", "A-RELEASE-RQ"), answered: 1 },
    { failure: unsent("release", "A-RELEASE-RQ", STALLED), answered: 1 },
  ],
  "release-silent": [{ failure: timedOut("release", "acse"), answered: 1 }],
  "release-answer-stalled": [
    { failure: timedOut("release", "acse", "header"), answered: 1 },
    { failure: timedOut("release", "socket", "body"), answered: 1 },
  ],
  "release-closed": [{ failure: lost("release", "closed"), answered: 1 }],
  "release-reset": [{ failure: lost("release", "reset"), answered: 1 }],
  "release-answer-closed": [
    { failure: lost("release", "closed", "header"), answered: 1 },
    { failure: lost("release", "closed", "body"), answered: 1 },
  ],
  "release-answer-reset": [
    { failure: lost("release", "reset", "header"), answered: 1 },
    { failure: lost("release", "reset", "body"), answered: 1 },
  ],
  "release-tls-broken": brokenTls("release", "A-RELEASE-RQ"),
  "release-aborted": [{ failure: aborted("release", "0/0"), answered: 1 }],
  "release-answer-unexpected": [
    { failure: unexpected("release", 2), answered: 1 },
    { failure: unexpected("release", 5), answered: 1 },
  ],
  "release-late-data": [{ failure: violation("release", { kind: "late-data" }), answered: 1 }],
  "release-answer-illegal": [
    { failure: tooLong("release", 6), answered: 1 },
    {
      failure: defective("release", { kind: "unrecognized-type", typeCode: 0x48 }, {
        pdu: "PDU",
        field: "PDU type",
        offset: 0,
      }),
      answered: 1,
    },
  ],
  "release-answer-unexpected-lost": [{ failure: unsent("release", "A-ABORT"), answered: 1 }],
  "interrupted-releasing": [
    { failure: new Interrupted("release", "SIGINT"), answered: 1 },
    { failure: new Interrupted("release", "SIGTERM"), answered: 1 },
  ],
  "abort-tls-broken": brokenTls("abort", "A-ABORT").slice(-1),
  "abort-not-sent": [{ failure: unsent("abort", "A-ABORT"), answered: 1 }],
};
