/**
 * Which question comes next: a generator that yields probes and is fed with answers.
 *
 * Suites and their order are found as other scanners do: all are offered, the chosen one is left out, and so on until
 * nothing is chosen any more.
 */

import { VERSION } from "../tls_engine/mod.ts";
import type { Answer } from "./answer.ts";
import {
  ask,
  GROUPS,
  GROUPS13,
  helloOf,
  MOST_OFFERED,
  type One,
  probeFor,
  type Questions,
} from "./asking.ts";
import { CATALOGUE, suiteGroups } from "./catalogue.ts";
import type { Findings } from "./findings.ts";
import type { Probe } from "./probe.ts";
import { everyVersion } from "./versions.ts";

/** Groups of which we can make a share. */
const OWN_GROUPS13 = [0x1d, 0x17, 0x18, 0x19, 0x1e];

/** What is asked for, and under which name. */
export interface Asking {
  /** What is known; grows. */
  readonly findings: Findings;
  /** The host, when it is a name that can be asked for. */
  readonly hostName: string | undefined;
}

/** All questions. */
export function* questions({ findings, hostName }: Asking): Questions {
  yield* everyVersion(findings);
  const { lastFailure } = findings;
  const isRefused = lastFailure?.kind === "alert" || lastFailure?.kind === "closed";
  if (!findings.hasTls && isRefused) yield* otherName(findings, hostName);
  if (!findings.hasTls) {
    if (isSpeechless(findings.lastFailure)) yield* ask(findings, { kind: "plain" });
    return;
  }
  yield* everyGroup(findings);
  yield* handshakes(findings);
  yield* habits(findings);
  if (findings.nameEffect === "not tried" && findings.serverName !== undefined) {
    yield* withoutName(findings);
  }
}

/** Asks everything once more: by the name of the host where none was asked for, and by none where one was. */
function* otherName(findings: Findings, hostName: string | undefined): Questions {
  const asked = findings.serverName;
  const other = asked === undefined ? hostName : undefined;
  if (asked === other) return;
  findings.serverName = other;
  yield* everyVersion(findings);
  if (findings.hasTls) findings.nameEffect = asked === undefined ? "needed" : "refused";
  else findings.serverName = asked;
}

/** Who says nothing to a hello may wait for DICOM. */
function isSpeechless(last: Answer | undefined): boolean {
  return last?.kind === "closed" || last?.kind === "silent";
}

function* everyGroup(findings: Findings): Questions {
  const older = findings.highest(VERSION.tls12);
  for (const version of [VERSION.tls13, older]) {
    const state = version === undefined ? undefined : findings.versions.get(version);
    if (version === undefined || state === undefined || !state.isOffered) continue;
    yield* groupsOf(findings, { version, state });
  }
}

function* groupsOf(findings: Findings, { version, state }: One): Questions {
  const is13 = version === VERSION.tls13;
  const suites = state.suites.filter((code) => is13 || CATALOGUE.get(code)?.exchange === "ecdhe");
  if (suites.length === 0) return;
  for (let left: readonly number[] = is13 ? GROUPS13 : GROUPS; left.length > 0;) {
    // Without a share a server of TLS 1.3 must say which group it wants.
    const probe = probeFor(findings, { version, suites, groups: left, shares: [] });
    const answer = yield* ask(findings, probe);
    const group = groupOf(answer, { version, offer: left });
    if (group === undefined) break;
    state.groups = [...state.groups, group];
    left = left.filter((code) => code !== group);
  }
  if (!is13 || state.groups.length > 0) return;
  for (const group of OWN_GROUPS13) {
    const probe = probeFor(findings, { version, suites, groups: [group], shares: [group] });
    const found = groupOf(yield* ask(findings, probe), { version, offer: [group] });
    if (found !== undefined) state.groups = [...state.groups, found];
  }
}

function groupOf(
  answer: Answer,
  { version, offer }: { readonly version: number; readonly offer: readonly number[] },
): number | undefined {
  if (answer.kind !== "hello" || answer.version !== version) return undefined;
  const { group } = answer;
  return group !== undefined && offer.includes(group) ? group : undefined;
}

const PKCS1 = [0x0401, 0x0501, 0x0601];
/** Kinds of keys in TLS 1.3, each with what may have signed the certificate. */
const SCHEMES13 = [
  [0x0403, 0x0503, 0x0603],
  [0x0804, 0x0805, 0x0806],
  [0x0807, 0x0808],
  [0x0809, 0x080a, 0x080b],
];

/** Complete handshakes: what TLS 1.3 encrypts, and whether a certificate of ours must be. */
function* handshakes(findings: Findings): Questions {
  const version = findings.highest();
  const state = version === undefined ? undefined : findings.versions.get(version);
  if (version === undefined || state === undefined || version < VERSION.tls10) return;
  const is13 = version === VERSION.tls13;
  if (!is13 && findings.certificate === "not asked for") return;
  const suites = state.suites.filter((code) => CATALOGUE.get(code)?.logName !== undefined);
  if (suites.length === 0) return;
  const known = state.groups.filter((group) => !is13 || OWN_GROUPS13.includes(group));
  const groups = known.length > 0 ? known : GROUPS;
  const all = { ...probeFor(findings, { version, suites, groups }), kind: "handshake" } as const;
  const probe = is13 ? { ...all, shares: groups.slice(0, 1) } : all;
  yield* ask(findings, probe);
  if (!is13) return;
  for (const schemes of SCHEMES13) {
    const isSeen = [...findings.schemes].some((scheme) => schemes.includes(scheme));
    if (!isSeen) yield* ask(findings, { ...probe, schemes: [...schemes, ...PKCS1] });
  }
}

const SHA1_SCHEMES = [0x0201, 0x0202, 0x0203];

/** Old habits, in the highest version that can have them. */
function* habits(findings: Findings): Questions {
  const version = findings.highest(VERSION.tls12);
  const state = version === undefined ? undefined : findings.versions.get(version);
  if (version === undefined || state === undefined || version < VERSION.tls10) return;
  const { suites } = state;
  const compressing = yield* ask(
    findings,
    probeFor(findings, { version, suites: suites.slice(0, MOST_OFFERED), compresses: true }),
  );
  const hello = helloOf(compressing, version);
  if (hello !== undefined) findings.habits.set("compression", hello.compresses);
  if (version !== VERSION.tls12) return;
  const signed = suites.filter((code) => {
    const suite = CATALOGUE.get(code);
    return (suite?.exchange === "ecdhe" || suite?.exchange === "dhe") && !suite.isAnonymous;
  });
  if (signed.length === 0) return;
  const probe = probeFor(findings, { version, suites: signed, schemes: SHA1_SCHEMES });
  const scheme = helloOf(yield* ask(findings, probe), version)?.scheme;
  findings.habits.set("sha1", scheme !== undefined && SHA1_SCHEMES.includes(scheme));
}

/** Whether the name that was asked for changes anything. */
function* withoutName(findings: Findings): Questions {
  const version = findings.highest(VERSION.tls12) ?? VERSION.tls13;
  // The other certificate may have another kind of key, with other suites.
  const [suites = []] = suiteGroups(version);
  const before = findings.chains.size;
  const hello = probeFor(findings, { version, suites });
  const probe: Probe = version === VERSION.tls13
    ? { ...hello, kind: "handshake", serverName: undefined }
    : { ...hello, serverName: undefined };
  const answer = yield* ask(findings, probe);
  const isTaken = answer.kind === "hello" ||
    (answer.kind === "handshake" && answer.certificates.length > 0);
  findings.nameEffect = !isTaken ? "needed" : findings.chains.size > before ? "changes" : "none";
}
