/**
 * Path building as the reference's library does it with trusted certificates first, no partial chains and a
 * depth limit of 100.
 *
 * From the leaf upwards the issuer of the last certificate is looked for, first in the store, then among the
 * certificates that came with it (each used once). A certificate counts as an issuer by name, key identifiers
 * and key algorithm; neither its key usage nor the signature is looked at. Of several the first that is valid
 * now is taken, else the one that was valid last. Once the store gave one, only the store is asked. The path is
 * trusted when the store gave a self-signed certificate, or one whose own trust settings say so.
 */

import { type Certificate, identifies, sameCertificate, signatureFitsKey } from "./certificate.ts";
import { KEY_PURPOSE } from "./oids.ts";
import { type ReasonCode, UNREADABLE_KEY } from "./reasons.ts";
import type { TrustStore } from "./store.ts";
import { isLater, type X509Time } from "./time.ts";

/** What a certificate is used for: as a TLS server, as a TLS client, or not said (`+vc`). */
export type Purpose = "server" | "client" | "any";

/** A failed step: the reason, and the certificate it was found at. */
export interface PathFailure {
  /** The reason. */
  readonly code: ReasonCode;
  /** Its text, where the reference has none. */
  readonly text?: string;
  /** Place of the certificate in the path, 0 = leaf. */
  readonly depth: number;
}

/** A path from the leaf up. */
export interface BuiltPath {
  /** The certificates, leaf first. */
  readonly chain: readonly Certificate[];
  /** How many of them, counted from the leaf, did not come from the store. */
  readonly untrustedCount: number;
  /** Why it ends in nothing trusted. */
  readonly failure: PathFailure | undefined;
}

/** What building needs. */
export interface PathInput {
  /** The certificate in question. */
  readonly leaf: Certificate;
  /** Certificates that came with it; `undefined` = none are looked at. */
  readonly untrusted: readonly Certificate[] | undefined;
  /** What is trusted. */
  readonly store: TrustStore;
  /** What the leaf is used for. */
  readonly purpose: Purpose;
  /** The time to decide for, in seconds since 1970. */
  readonly nowSeconds: number;
}

/** Certificates above the leaf, the trusted one not counted (the library's default). */
const MAX_DEPTH = 100;

/** Builds the path; `failure` is set unless it is trusted. */
export function buildPath(input: PathInput): BuiltPath {
  const chain: Certificate[] = [input.leaf];
  const others = [...(input.untrusted ?? [])];
  let untrustedCount = 1;
  let searchesOthers = input.untrusted !== undefined;
  const finish = (failure: PathFailure | undefined): BuiltPath => {
    return { chain, untrustedCount, failure };
  };
  for (;;) {
    const last = chain[chain.length - 1] ?? input.leaf;
    const isFull = chain.length > MAX_DEPTH + 1;
    const trusted = isFull ? undefined : trustedIssuer(last, input);
    if (trusted !== undefined) {
      if (!last.publicKey.isUsable) return finish({ ...UNREADABLE_KEY, depth: chain.length - 1 });
      const step = takeTrusted(chain, trusted);
      if (step !== "mimic") {
        searchesOthers = false;
        if (step === "replaced") untrustedCount = chain.length - 1;
        const verdict = ownTrust(trusted, { purpose: input.purpose, allowSelfSigned: true });
        if (verdict === "trusted") return finish(undefined);
        if (verdict === "rejected") return finish({ code: 28, depth: chain.length - 1 });
        if (step === "grown" && !trusted.isSelfSigned) continue;
      }
    }
    if (!searchesOthers) return finish(endOfPath(chain, untrustedCount));
    const issuer = last.isSelfSigned || isFull ? undefined : otherIssuer(last, {
      candidates: others,
      chain,
      nowSeconds: input.nowSeconds,
    });
    if (issuer === undefined) {
      searchesOthers = false;
      continue;
    }
    others.splice(others.indexOf(issuer), 1);
    chain.push(issuer);
    untrustedCount++;
  }
}

/** Grows the path by a trusted issuer, or puts it in place of the same self-signed certificate. */
function takeTrusted(chain: Certificate[], trusted: Certificate): "grown" | "replaced" | "mimic" {
  const last = chain[chain.length - 1];
  if (last === undefined || !last.isSelfSigned) {
    chain.push(trusted);
    return "grown";
  }
  if (!sameCertificate(last, trusted)) return "mimic";
  chain[chain.length - 1] = trusted;
  return "replaced";
}

function endOfPath(chain: readonly Certificate[], untrustedCount: number): PathFailure {
  const depth = chain.length - 1;
  if (chain.length > MAX_DEPTH + 1) return { code: 22, depth };
  const isRoot = chain[depth]?.isSelfSigned && chain[depth]?.malformed === undefined;
  if (isRoot) return { code: depth === 0 ? 18 : 19, depth };
  return { code: untrustedCount < chain.length ? 2 : 20, depth };
}

/** Whether `issuer` looks like the issuer of `subject`: names, identifiers, kind of key. */
export function isLikelyIssuer(issuer: Certificate, subject: Certificate): boolean {
  return issuer.subject.canonical === subject.issuer.canonical &&
    issuer.malformed === undefined && subject.malformed === undefined &&
    identifies(issuer, subject.authorityKeyIdentifier) &&
    signatureFitsKey(subject.innerAlgorithm, issuer.publicKey);
}

function trustedIssuer(subject: Certificate, input: PathInput): Certificate | undefined {
  const candidates = input.store.certificatesOf(subject.issuer);
  return firstValid(
    candidates.filter((issuer) => isLikelyIssuer(issuer, subject)),
    input.nowSeconds,
  );
}

function otherIssuer(
  subject: Certificate,
  search: {
    readonly candidates: readonly Certificate[];
    readonly chain: readonly Certificate[];
    readonly nowSeconds: number;
  },
): Certificate | undefined {
  const mayRepeat = subject.isSelfIssued && search.chain.length === 1;
  const isFree = (issuer: Certificate): boolean =>
    mayRepeat || !search.chain.some((used) => sameCertificate(used, issuer));
  return firstValid(
    search.candidates.filter((issuer) => isLikelyIssuer(issuer, subject) && isFree(issuer)),
    search.nowSeconds,
  );
}

function firstValid(
  candidates: readonly Certificate[],
  nowSeconds: number,
): Certificate | undefined {
  let latest: Certificate | undefined;
  for (const candidate of candidates) {
    if (checkValidity(candidate, nowSeconds) === undefined) return candidate;
    if (latest === undefined || isLater(candidate.notAfter, latest.notAfter)) latest = candidate;
  }
  return latest;
}

/** How a time relates to now: `past` includes now itself. */
export function compareToNow(
  time: X509Time,
  nowSeconds: number,
): "past" | "future" | "unreadable" {
  if (time.epochSeconds === undefined) return "unreadable";
  return time.epochSeconds <= nowSeconds ? "past" : "future";
}

/** What is wrong with the validity of a certificate now, if anything. */
export function checkValidity(
  certificate: Certificate,
  nowSeconds: number,
): ReasonCode | undefined {
  const start = compareToNow(certificate.notBefore, nowSeconds);
  if (start !== "past") return start === "future" ? 9 : 13;
  const end = compareToNow(certificate.notAfter, nowSeconds);
  if (end !== "future") return end === "past" ? 10 : 14;
  return undefined;
}

/** What a certificate of the store says about trust in itself. */
export function ownTrust(
  certificate: Certificate,
  options: { readonly purpose: Purpose; readonly allowSelfSigned: boolean },
): "trusted" | "rejected" | "unknown" {
  const uses: readonly string[] = USES[options.purpose];
  const { trust } = certificate;
  if (trust?.rejected.some((use) => uses.includes(use))) return "rejected";
  if (trust?.trusted !== undefined) {
    return trust.trusted.some((use) => uses.includes(use)) ? "trusted" : "rejected";
  }
  const isAnchor = options.allowSelfSigned && certificate.isSelfSigned &&
    certificate.malformed === undefined;
  return isAnchor ? "trusted" : "unknown";
}

const USES: Readonly<Record<Purpose, readonly string[]>> = {
  server: [KEY_PURPOSE.serverAuth, KEY_PURPOSE.any],
  client: [KEY_PURPOSE.clientAuth, KEY_PURPOSE.any],
  any: [KEY_PURPOSE.any],
};
