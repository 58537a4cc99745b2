// data table
/** What each option of the table does, for its tests: which place it changes, and what is there with it and without. */

import type { LongName } from "./rows.ts";
import type { Effect } from "./testing_effect.ts";
import { TLS_EFFECTS } from "./testing_effects_tls.ts";

/** Another option that some need. */
export const NAGIOS = ["--report", "nagios"];

/** What options about notices need. */
export const NOTIFY = ["--watch", "1", "--notify", "https://h/"];

function token(kind: "jwt" | "saml" | "kerberos"): Effect {
  const given = { kind, path: "f" };
  return { words: ["f"], read: ({ user }) => user?.identity, given, absent: undefined };
}

function behaves(words: readonly string[], given: unknown): Effect {
  return {
    words,
    others: ["--listen", "1"],
    read: ({ mode }) => mode.kind === "listen" ? mode.behavior : mode,
    given,
    absent: undefined,
  };
}

/** Reads a member of the mode of a run of many checks. */
function plan(member: string): Pick<Effect, "others" | "read"> {
  return { others: ["--peers", "f"], read: ({ mode }) => Reflect.get(mode, member) };
}

/** A case for each row; not for those that print and end, and those whose own tests show their effect. */
export const EFFECTS: Readonly<Record<LongName, Effect | "prints" | "elsewhere">> = {
  ...TLS_EFFECTS,
  "--help": "prints",
  "--version": "prints",
  "--print-log-config": "prints",
  "--print-plan": "prints",
  "--print-plan-schema": "prints",
  "--completions": "prints",
  "--arguments": "elsewhere",
  "--quiet": { words: [], read: (o) => o.logging.level, given: "fatal", absent: "warn" },
  "--verbose": { words: [], read: (o) => o.logging.level, given: "info", absent: "warn" },
  "--debug": { words: [], read: (o) => o.logging.level, given: "debug", absent: "warn" },
  "--log-level": { words: ["TRace"], read: (o) => o.logging.level, given: "trace", absent: "warn" },
  "--log-config": {
    words: ["f"],
    read: (o) => o.logging.config?.path,
    given: "f",
    absent: undefined,
  },
  "--log-format": { words: ["json"], read: (o) => o.logging.format, given: "json", absent: "text" },
  "--ipv4": { words: [], read: (o) => o.family, given: "ipv4", absent: "any" },
  "--ipv6": { words: [], read: (o) => o.family, given: "ipv6", absent: "any" },
  "--ip-auto": { words: [], others: ["-i4"], read: (o) => o.family, given: "any", absent: "ipv4" },
  "--aetitle": { words: ["-v"], read: (o) => o.callingAeTitle, given: "-v", absent: "ECHOSCU" },
  "--call": { words: [""], read: (o) => o.calledAeTitle, given: "", absent: "ANY-SCP" },
  "--propose-ts": { words: ["53"], read: (o) => o.proposeTransferSyntaxes, given: 53, absent: 1 },
  "--propose-pc": {
    words: ["128"],
    read: (o) => o.proposePresentationContexts,
    given: 128,
    absent: 1,
  },
  "--timeout": { words: ["5"], read: (o) => o.connectTimeoutSeconds, given: 5, absent: undefined },
  "--socket-timeout": { words: ["-1"], read: (o) => o.socketTimeoutSeconds, given: -1, absent: 60 },
  "--acse-timeout": { words: ["7"], read: (o) => o.acseTimeoutSeconds, given: 7, absent: 30 },
  "--dimse-timeout": {
    words: ["8"],
    read: (o) => o.dimseTimeoutSeconds,
    given: 8,
    absent: undefined,
  },
  "--max-pdu": { words: ["4097"], read: (o) => o.maximumLength, given: 4097, absent: 16_384 },
  "--repeat": { words: ["100"], read: (o) => o.repeat, given: 100, absent: 1 },
  "--abort": { words: [], read: (o) => o.abort, given: true, absent: false },
  "--user": {
    words: ["alice"],
    read: ({ user }) => user,
    given: { identity: { kind: "name", name: "alice" }, wantsResponse: false },
    absent: undefined,
  },
  "--user-password-file": {
    words: ["f"],
    others: ["--user", "a"],
    read: ({ user }) => user?.identity.kind === "name" && user.identity.password,
    given: { kind: "file", path: "f" },
    absent: undefined,
  },
  "--user-password-env": {
    words: ["V"],
    others: ["--user", "a"],
    read: ({ user }) => user?.identity.kind === "name" && user.identity.password,
    given: { kind: "variable", name: "V" },
    absent: undefined,
  },
  "--jwt-file": token("jwt"),
  "--saml-file": token("saml"),
  "--kerberos-file": token("kerberos"),
  "--user-response": {
    words: [],
    others: ["--user", "a"],
    read: ({ user }) => user?.wantsResponse,
    given: true,
    absent: false,
  },
  "--listen": {
    words: ["[::1]:104"],
    read: (o) => o.mode,
    given: { kind: "listen", address: "::1", port: 104, maxAssociations: 50 },
    absent: { kind: "check", peer: "a", port: 1 },
  },
  "--max-associations": {
    words: ["3"],
    others: ["--listen", "1"],
    read: (o) => o.mode.kind === "listen" && o.mode.maxAssociations,
    given: 3,
    absent: 50,
  },
  "--since": {
    words: ["12h"],
    others: ["--history", "h"],
    read: ({ mode }) => mode.kind === "history" ? mode : mode.kind,
    given: { kind: "history", file: "h", since: { kind: "ago", ms: 43_200_000 }, until: undefined },
    absent: "check",
  },
  "--until": {
    words: ["2026-01-31"],
    others: ["--history", "h", "--since", "2w"],
    read: ({ mode }) => mode.kind === "history" && mode.until,
    given: { kind: "day", year: 2026, month: 1, day: 31 },
    absent: undefined,
  },
  "--selftest": {
    words: [],
    read: (o) => o.mode.kind,
    given: "selftest",
    absent: "check",
  },
  "--source-address": {
    words: ["[fd00::3]:11112"],
    read: (o) => o.sourceAddress,
    given: { address: "fd00::3", port: 11_112 },
    absent: undefined,
  },
  "--permissions": { words: [], read: (o) => o.permissions, given: true, absent: false },
  "--explain-code": {
    words: [],
    read: ({ mode }) => mode.kind === "explain-code" ? mode.words : mode.kind,
    given: ["a", "1"],
    absent: "check",
  },
  "--exporter": {
    words: ["127.0.0.1:9"],
    read: (o) => o.mode,
    given: {
      kind: "exporter",
      address: "127.0.0.1",
      port: 9,
      allow: [],
      hosts: [],
      plan: undefined,
      reloads: false,
      jobs: 32,
      jobsPerHost: 2,
    },
    absent: { kind: "check", peer: "a", port: 1 },
  },
  "--exporter-allow": {
    words: ["*.lan:104"],
    others: ["--exporter", "9"],
    read: (o) => o.mode.kind === "exporter" && o.mode.allow,
    given: [{ host: { kind: "text", text: "*.lan" }, firstPort: 104, lastPort: 104 }],
    absent: [],
  },
  "--exporter-host": {
    words: ["Exporter.lan,[::1]"],
    others: ["--exporter", "9"],
    read: (o) => o.mode.kind === "exporter" && o.mode.hosts,
    given: ["exporter.lan", "::1"],
    absent: [],
  },
  "--exporter-reload": {
    words: [],
    others: ["--exporter", "9", "--peers", "f"],
    read: (o) => o.mode.kind === "exporter" && o.mode.reloads,
    given: true,
    absent: false,
  },
  "--serve": {
    words: ["8080"],
    others: ["--peers", "f", "--watch", "5"],
    read: (o) => o.mode.kind === "plan" && o.mode.serve,
    given: { address: "127.0.0.1", port: 8080, hosts: [] },
    absent: undefined,
  },
  "--serve-host": {
    words: ["Status.lan,[::1]"],
    others: ["--peers", "f", "--watch", "5", "--serve", "8080"],
    read: (o) => o.mode.kind === "plan" && o.mode.serve?.hosts,
    given: ["status.lan", "::1"],
    absent: [],
  },
  "--serve-token-file": {
    words: ["t"],
    others: ["--peers", "f", "--watch", "5", "--serve", "8080"],
    read: (o) => o.mode.kind === "plan" && o.mode.serve?.tokenFile,
    given: "t",
    absent: undefined,
  },
  "--report": "elsewhere",
  "--json": {
    words: [],
    read: (o) => o.reports,
    given: [{ format: "json", file: undefined }],
    absent: [],
  },
  "--operator": {
    words: ["A. Miller"],
    read: (o) => o.operator,
    given: "A. Miller",
    absent: undefined,
  },
  "--pcap": { words: ["f"], read: (o) => o.pcap, given: "f", absent: undefined },
  "--trace": { words: ["-"], read: (o) => o.trace, given: "-", absent: undefined },
  "--bundle": { words: ["f"], read: (o) => o.bundle, given: "f", absent: undefined },
  "--redact": {
    words: [],
    others: ["--trace", "f"],
    read: (o) => o.redact,
    given: true,
    absent: false,
  },
  "--history": { words: ["f"], read: (o) => o.history, given: "f", absent: undefined },
  "--history-keep": {
    words: ["30"],
    others: ["--history", "f"],
    read: (o) => o.historyKeepDays,
    given: 30,
    absent: undefined,
  },
  "--notify": {
    words: ["slack+https://h/x?y#z"],
    others: ["--watch", "1"],
    read: (o) => o.notify,
    given: [{ kind: "web", format: "slack", url: "https://h/x?y", shown: "https://h" }],
    absent: [],
  },
  "--notify-after": {
    words: ["5"],
    others: NOTIFY,
    read: (o) => o.notifyAfter,
    given: 5,
    absent: 2,
  },
  "--notify-again": {
    words: ["3600"],
    others: NOTIFY,
    read: (o) => o.notifyAgainSeconds,
    given: 3600,
    absent: undefined,
  },
  "--notify-ca": {
    words: ["f"],
    others: NOTIFY,
    read: (o) => o.notifyCaFile,
    given: "f",
    absent: undefined,
  },
  "--notify-token-file": {
    words: ["f"],
    others: NOTIFY,
    read: (o) => o.notifyTokenFile,
    given: "f",
    absent: undefined,
  },
  "--warn-latency": {
    words: ["5"],
    others: NAGIOS,
    read: (o) => o.warnLatencyMs,
    given: 5,
    absent: undefined,
  },
  "--critical-latency": {
    words: ["7"],
    others: NAGIOS,
    read: (o) => o.criticalLatencyMs,
    given: 7,
    absent: undefined,
  },
  "--explain": { words: [], read: (o) => o.explain, given: true, absent: false },
  "--exit-codes": {
    words: ["detailed"],
    read: (o) => o.exitCodes,
    given: "detailed",
    absent: "default",
  },
  "--plan": {
    words: ["site.yaml"],
    read: ({ mode }) => mode.kind === "plan" ? mode.source : mode.kind,
    given: { form: "plan", path: "site.yaml" },
    absent: "check",
  },
  "--peers": {
    words: ["-"],
    read: ({ mode }) => mode.kind === "plan" ? mode.source : mode.kind,
    given: { form: "peers", path: "-" },
    absent: "check",
  },
  "--plan-check": { ...plan("checkOnly"), words: [], given: true, absent: false },
  "--only": { ...plan("only"), words: ["ct"], given: ["ct"], absent: [] },
  "--except": { ...plan("except"), words: ["ct"], given: ["ct"], absent: [] },
  "--jobs": { ...plan("jobs"), words: ["5"], given: 5, absent: 32 },
  "--jobs-per-host": { ...plan("jobsPerHost"), words: ["5"], given: 5, absent: 2 },
  "--peer-deadline": {
    words: ["0.5"],
    read: (o) => o.peerDeadlineSeconds,
    given: 0.5,
    absent: undefined,
  },
  "--deadline": { ...plan("deadlineSeconds"), words: ["60"], given: 60, absent: undefined },
  "--retries": { ...plan("retries"), words: ["3"], given: 3, absent: 0 },
  "--retry-delay": { ...plan("retryDelaySeconds"), words: ["0"], given: 0, absent: 1 },
  "--interval": {
    words: ["0.2"],
    others: ["--repeat", "2"],
    read: (o) => o.intervalSeconds,
    given: 0.2,
    absent: undefined,
  },
  "--watch": {
    words: ["30"],
    read: ({ mode }) => mode,
    given: { kind: "watch", peer: "a", port: 1, seconds: 30 },
    absent: { kind: "check", peer: "a", port: 1 },
  },
  "--diagnose": {
    words: [],
    read: ({ mode }) => mode,
    given: { kind: "diagnose", peer: "a", port: 1 },
    absent: { kind: "check", peer: "a", port: 1 },
  },
  "--probe-titles": {
    words: [],
    read: (o) => o.mode,
    given: { kind: "probe-titles", peer: "a", port: 1 },
    absent: { kind: "check", peer: "a", port: 1 },
  },
  "--accept-titles": behaves(["A, B"], { acceptTitles: ["A", "B"] }),
  "--reject": behaves(["1/1/7"], { reject: { result: 1, source: 1, reason: 7 } }),
  "--status": behaves(["0122"], { status: 0x0122 }),
  "--delay": behaves(["0.5"], { delaySeconds: 0.5 }),
  "--abort-after": behaves(["0"], { abortAfter: 0 }),
  "--drop": behaves([], { drop: true }),
  "--verify-back": {
    words: ["A@b:104"],
    others: ["--listen", "1"],
    read: ({ mode }) => mode.kind === "listen" ? mode.back : mode,
    given: { called: "A", host: "b", port: 104 },
    absent: undefined,
  },
  "--survey": {
    words: ["query,verification"],
    read: (o) => o.mode,
    given: { kind: "survey", peer: "a", port: 1, groups: ["verification", "query"] },
    absent: { kind: "check", peer: "a", port: 1 },
  },
  "--wait-until-up": {
    words: ["90"],
    read: ({ mode }) => mode,
    given: { kind: "wait", peer: "a", port: 1, seconds: 90 },
    absent: { kind: "check", peer: "a", port: 1 },
  },
  "--color": { words: ["never"], read: (o) => o.color, given: "never", absent: "auto" },
};
