/** How a scan asks: the hello of a question, and asking again where a peer may only be tired. */

import { VERSION } from "../tls_engine/mod.ts";
import { ownOffer, profileOf } from "../tls/mod.ts";
import type { Answer, HelloAnswer } from "./answer.ts";
import type { Findings, VersionState } from "./findings.ts";
import type { HelloProbe, Probe } from "./probe.ts";

/** Questions and answers. */
export type Questions<Result = void> = Generator<Probe, Result, Answer>;

/** Thrown when a peer that spoke TLS does so no more. */
export class PeerGone extends Error {
  /** Stable code. */
  override readonly name = "PeerGone";
}

/** A version and what is known of it. */
export interface One {
  /** As on the wire. */
  readonly version: number;
  /** Grows. */
  readonly state: VersionState;
}

/** SSL 3.0, as on the wire. */
export const SSL30 = 0x0300;

/** More suites than this are not offered at once. */
export const MOST_OFFERED = 60;

/** What is offered besides versions and suites. */
const OFFER = ownOffer(profileOf("8996"), []);
/** Those of the hellos that DICOM clients send, the usual ones first. */
export const GROUPS = [0x1d, ...OFFER.groups.filter((group) => group !== 0x1d)];
const SHARES = [0x1d, 0x17];
/** Groups for TLS 1.3: with finite fields, curves of brainpool and those that withstand quantum computers. */
export const GROUPS13 = [
  ...[0x1d, 0x17, 0x18, 0x19, 0x1e, 0x1f, 0x20, 0x21],
  ...[0x0100, 0x0101, 0x0102, 0x0103, 0x0104, 0x11ec, 0x11eb, 0x11ed],
];
/** A hello like that of a DICOM client, but for what is asked. */
export function probeFor(
  findings: Findings,
  about: Partial<HelloProbe> & Pick<HelloProbe, "version" | "suites">,
): HelloProbe {
  const is13 = about.version === VERSION.tls13;
  return {
    kind: "hello",
    groups: is13 ? GROUPS13 : GROUPS,
    shares: is13 ? SHARES : [],
    schemes: OFFER.schemes,
    serverName: findings.serverName,
    ...about,
  };
}

/**
 * Asks one question; once more where a peer that spoke TLS gave no answer, because it may limit how fast connections
 * may come. Throws `PeerGone` when it cannot be reached any more.
 */
export function* ask(findings: Findings, probe: Probe): Questions<Answer> {
  const hadTls = findings.hasTls;
  for (let tries = 0;; tries++) {
    const answer = yield probe;
    findings.learn(probe, answer);
    const isLost = answer.kind === "silent" || answer.kind === "unreachable";
    if (!hadTls || !isLost) return answer;
    if (tries === 1) throw new PeerGone();
  }
}

/** The suite of an answer that is one to the question. */
export function choice(
  answer: Answer,
  { version, offer }: { readonly version: number; readonly offer: readonly number[] },
): number | undefined {
  if (answer.kind !== "hello" || answer.version !== version) return undefined;
  return offer.includes(answer.suite) ? answer.suite : undefined;
}

/** The answer as a ServerHello of that version. */
export function helloOf(answer: Answer, version: number): HelloAnswer | undefined {
  return answer.kind === "hello" && answer.version === version ? answer : undefined;
}
