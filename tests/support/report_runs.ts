/** Made-up runs to try reports with: every class of failures, odd texts, any number of peers. */

import {
  AssociationRejected,
  type Check,
  type CheckFailure,
  type CheckResult,
  ConnectionLost,
  DialFailed,
  EchoFailed,
  type FailedCheck,
  Interrupted,
  InvalidParameter,
  NoAcceptedContext,
  PeerAborted,
  ProtocolViolation,
  SendFailed,
  type StageTiming,
  TimedOut,
  type TimedStage,
  TlsFailed,
} from "../../src/check/mod.ts";
import type { ReportEntry, RunReport } from "../../src/runner/mod.ts";

/** 2026-01-31 08:00:00.123 UTC. */
export const STARTED_AT = Date.UTC(2026, 0, 31, 8, 0, 0, 123);

/** A check with all defaults. */
export function checkOf(changes: Partial<Check> = {}, host = "192.0.2.1"): Check {
  return {
    target: { host, port: 104, family: "any", connectTimeoutSeconds: undefined },
    callingAeTitle: "ECHOSCU",
    calledAeTitle: "ANY-SCP",
    contexts: 1,
    transferSyntaxes: ["1.2.840.10008.1.2"],
    maximumLength: 16_384,
    acseTimeoutSeconds: 30,
    dimseTimeoutSeconds: undefined,
    socketTimeoutSeconds: 60,
    repeat: 1,
    ending: "release",
    ...changes,
  };
}

const CAUSE = new Error("Connection refused (os error 111)");

/** One failure of every class. */
export const FAILURES: readonly CheckFailure[] = [
  new InvalidParameter("called AE title", ""),
  new DialFailed("refused", {
    host: "192.0.2.1",
    port: 104,
    systemText: "Connection refused",
    cause: CAUSE,
  }),
  new DialFailed("unknown-host", {
    host: "nowhere.example",
    port: 104,
    systemText: "Name or service not known",
    cause: CAUSE,
  }),
  new DialFailed("timed-out", {
    host: "192.0.2.1",
    port: 104,
    systemText: "Operation now in progress",
    cause: CAUSE,
  }),
  new AssociationRejected({ result: 1, source: 1, reason: 7 }),
  new AssociationRejected({ result: 2, source: 3, reason: 2 }),
  new PeerAborted("echo", { source: 2, reason: 0 }),
  new ConnectionLost("associate", { how: "reset", within: "idle" }),
  new SendFailed("echo", { pdu: "P-DATA-TF", systemText: "Broken pipe", cause: CAUSE }),
  new NoAcceptedContext([{ id: 1, result: "abstract-syntax-not-supported" }]),
  new ProtocolViolation("associate", { kind: "transfer-syntax", uid: "1.2\u0000\u001b[2J" }),
  new TimedOut("echo", { timer: "dimse", seconds: 5, within: "idle" }),
  new EchoFailed({ status: 0x0122, messageId: 1 }),
  new Interrupted("echo", "SIGINT"),
  new TlsFailed({
    kind: "refused",
    refusal: {
      kind: "certificate",
      code: 20,
      reason: "unable to get local issuer certificate",
      role: "leaf",
      sentence: "the issuer of the peer's certificate is not known",
      subject: "CN=pacs",
      issuer: "CN=ca",
    },
  }),
  new TlsFailed({ kind: "not-tls", head: new TextEncoder().encode("HTTP/1.1 400") }),
];

/** What a peer showed over TLS. */
export const TLS: NonNullable<CheckResult["tls"]> = {
  ownCertificate: "not asked for",
  facts: {
    engine: "runtime",
    protocol: "TLSv1.3",
    cipherSuite: "TLS_AES_256_GCM_SHA384",
    cipherBits: 256,
    weaknesses: [],
    profile: "bcp195-nd",
    fittingProfiles: ["bcp195-nd", "bcp195"],
    trust: "trusted",
    revocation: { checked: "none", lists: [] },
    refusal: undefined,
    name: { wanted: "pacs.lan", matches: true, required: false },
    path: [],
    chain: [{
      version: 3,
      subject: "CN=pacs.lan",
      issuer: "CN=Hospital CA",
      subjectLine: "CN=pacs.lan",
      issuerLine: "CN=Hospital CA",
      serial: "01",
      serialLine: "1",
      notBeforeMs: STARTED_AT - 86_400_000,
      notAfterMs: STARTED_AT + 29 * 86_400_000,
      notBeforeLine: "",
      notAfterLine: "",
      daysLeft: 29,
      publicKey: "RSA 2048",
      publicKeyLine: "RSA, 2048 bits",
      signatureAlgorithm: "RSA-SHA256",
      hostNames: ["pacs.lan", "192.0.2.1"],
      isCa: false,
      isSelfSigned: false,
      sha256: "ab".repeat(32),
    }],
  },
};

const PATH: readonly (readonly [TimedStage, number])[] = [
  ["connect", 0.6],
  ["associate", 1.8],
  ["echo", 2.125],
  ["release", 0.4],
];

/** The stages up to `last`, in about `scale` times the usual time. */
export function timingsTo(last: string, scale = 1): readonly StageTiming[] {
  const end = PATH.findIndex(([stage]) => stage === last);
  let startedMs = 0.1;
  return PATH.slice(0, end < 0 ? 1 : end + 1).map(([stage, ms]) => {
    const timing = { stage, startedMs, elapsedMs: ms * scale };
    startedMs += timing.elapsedMs;
    return timing;
  });
}

/** A check that went well. */
export function verified(check: Check = checkOf(), scale = 1): CheckResult {
  const timings = timingsTo("release", scale);
  return {
    outcome: "verified",
    check,
    elapsedMs: sum(timings),
    timings,
    echoes: Array.from({ length: check.repeat }, (_, at) => ({
      messageId: at + 1,
      status: 0,
      elapsedMs: (2.125 + at % 5 / 10) * scale,
    })),
    remote: { host: check.target.host, port: check.target.port },
    association: {
      implementationClassUid: "1.2.276.0.7230010.3.0.3.6.7",
      implementationVersionName: "OFFIS_DCMTK_367",
      peerMaximumLength: 16_384,
      contexts: [{ id: 1, result: "acceptance", transferSyntax: "1.2.840.10008.1.2" }],
    },
  };
}

/** A check that failed with `error`. */
export function failed(error: CheckFailure, check: Check = checkOf()): FailedCheck {
  const scale = error.name === "TimedOut" ? 1000 : 1;
  const timings = timingsTo(error.stage, scale);
  return {
    outcome: "failed",
    check,
    error,
    elapsedMs: sum(timings),
    timings,
    echoes: error.name === "EchoFailed" ? [{ messageId: 1, status: 0x0122, elapsedMs: 3 }] : [],
  };
}

/** An entry that passed or failed as its result did. */
export function entryOf(result: CheckResult, changes: Partial<ReportEntry> = {}): ReportEntry {
  const { host, port } = result.check.target;
  return {
    name: `${host}:${port}`,
    tags: [],
    verdict: result.outcome === "verified" ? "passed" : "failed",
    unmet: [],
    attempts: 1,
    startedAt: STARTED_AT,
    result,
    ...changes,
  };
}

/** A run. */
export function runOf(
  entries: readonly ReportEntry[],
  changes: Partial<RunReport> = {},
): RunReport {
  return { startedAt: STARTED_AT, elapsedMs: 1234.5678, entries, ...changes };
}

/** Texts that break whatever is careless with them. */
export const ODD_TEXTS: readonly string[] = [
  `<script>alert("1")</script>&amp;'`,
  '=HYPERLINK("http://evil.example","x")',
  "a,b;c\td|e",
  'say "no"',
  "line one\nline two\r\nline three",
  "\u001b[31mred\u001b[0m \u0000 \u0007",
  "\u202etxt.exe \u2066x\u2069 \ud800 \uffff",
  "Zürich ✓ 日本 🙂",
  "back\\slash {brace} $dollar `tick` %n",
  "-1+1",
  "@SUM(A1)",
  " leading and trailing ",
  "",
  "--><!-- ]]> </style></title>",
];

/** A run whose every text is odd. */
export function oddRun(): RunReport {
  const entries = ODD_TEXTS.map((odd, at) => {
    const check = checkOf({ calledAeTitle: odd, callingAeTitle: odd }, odd);
    const result = at % 2 === 0 ? withOddPeer(verified(check), odd) : failed(
      new ProtocolViolation("associate", { kind: "context-not-proposed", abstractSyntax: odd }),
      check,
    );
    return entryOf(result, {
      name: odd,
      group: odd,
      tags: [odd, "tag"],
      note: odd,
      contact: odd,
      unmet: at % 3 === 0 ? [{ name: odd, message: odd }] : [],
    });
  });
  return runOf(entries, { title: ODD_TEXTS.join(" ") });
}

function withOddPeer(result: CheckResult, odd: string): CheckResult {
  const association = {
    implementationClassUid: odd,
    implementationVersionName: odd,
    peerMaximumLength: 0,
    contexts: [
      { id: 1, result: "acceptance", transferSyntax: odd },
      { id: 3, result: "reserved", code: 99 },
    ] as const,
  };
  return { ...result, association };
}

/** A run of `count` peers such as a hospital has, the same for the same number. */
export function hospitalRun(count: number): RunReport {
  const groups = ["CT and MR", "Ultrasound", "Archive", "Workstations"];
  const entries = Array.from({ length: count }, (_, at) => {
    const group = groups[at % groups.length] ?? "";
    const check = checkOf(
      { calledAeTitle: `DEV${at}`, callingAeTitle: "MONITOR", repeat: at % 7 === 0 ? 25 : 1 },
      `10.1.${Math.floor(at / 250)}.${at % 250 + 1}`,
    );
    const more = {
      name: `${group.split(" ")[0]?.toUpperCase()}_${at}`,
      group,
      tags: ["site-north", at % 2 === 0 ? "old" : "new"],
      ...(at % 5 === 0 ? { note: "room 3.12, after the firewall of radiology" } : {}),
      ...(at % 4 === 0 ? { contact: "PACS team, telephone 4711" } : {}),
    };
    if (at === count - 1 && count > 10) {
      return { ...more, verdict: "skipped" as const, unmet: [], attempts: 0, check };
    }
    const failure = FAILURES[at % FAILURES.length];
    if (at % 10 === 1 && failure !== undefined) return entryOf(failed(failure, check), more);
    const unmet = at % 25 === 3
      ? [{ name: "maxLatency", message: "an echo took 41 ms, at most 20 ms were expected" }]
      : [];
    const verdict = unmet.length > 0 ? "failed" as const : "passed" as const;
    const result = verified(check, 1 + at % 17 * 3);
    const secured = at % 6 === 0 ? { ...result, tls: TLS } : result;
    return entryOf(secured, { ...more, unmet, verdict });
  });
  return runOf(entries, { title: "Radiology, site north", elapsedMs: count * 41.7 });
}

function sum(timings: readonly StageTiming[]): number {
  return timings.reduce((total, { elapsedMs }) => total + elapsedMs, 0.1);
}
