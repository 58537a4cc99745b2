/**
 * The decision on a peer, made on everything it showed and before a byte of data is sent.
 *
 * In this order: version and suite against the profile (the reference's server would not have agreed to others),
 * the certificate against what is trusted, the host name where it is asked for. The runtime's own verification is
 * switched off: it has other rules than the reference, adds roots that nobody named, and cannot say why it refuses.
 */

import {
  type Certificate,
  type Crl,
  type CrlCheck,
  DerError,
  explainRefusal,
  matchHost,
  parseCertificate,
  type Refused,
  renderName,
  type TrustStore,
  verifyPeerChain,
} from "../x509/mod.ts";
import { certificateFacts } from "./facts.ts";
import { isAllowed, PROFILES, suiteByLogName, SUITES, type TlsProfileRow } from "./suites.ts";
import type {
  RevocationFacts,
  TlsFacts,
  TlsJudgement,
  TlsProfileName,
  TlsRefusal,
  TlsRequest,
  TlsSeen,
  UnloadedFile,
} from "./types.ts";
import { weaknessesOf } from "./weaknesses.ts";

/** What the decision is made with. */
export interface Criteria {
  /** What was asked for. */
  readonly request: TlsRequest;
  /** Its profile. */
  readonly profile: TlsProfileRow;
  /** Code points of the further suites. */
  readonly furtherSuites: readonly number[];
  /** What is trusted. */
  readonly store: TrustStore;
  /** Files that were to be trusted and could not be loaded. */
  readonly unloaded: readonly UnloadedFile[];
  /** Reads the clock. */
  readonly now: () => number;
  /** Whose certificate it is; what a client shows may be missing unless it is required. */
  readonly side: "server" | "client";
}

/** Decides on what a handshake brought. */
export function judgePeer(seen: TlsSeen, criteria: Criteria): TlsJudgement {
  const nowMs = criteria.now();
  const chain = readChain(seen.chain);
  const trust = chain === undefined ? { refusal: UNREADABLE, path: [], crls: [] } : trustIn(chain, {
    ...criteria,
    nowMs,
  });
  const name = nameOf(seen, { criteria, leaf: chain?.[0] });
  const refusal = profileRefusal(seen, criteria) ?? trust.refusal ?? name.refusal;
  const facts: TlsFacts = {
    engine: seen.engine,
    protocol: seen.protocol,
    cipherSuite: seen.cipherSuite,
    cipherBits: suiteByLogName(seen.cipherSuite)?.bits ?? 0,
    weaknesses: weaknessesOf(seen, chain?.[0] && certificateFacts(chain[0], nowMs)),
    profile: criteria.profile.option,
    fittingProfiles: fittingProfiles(seen),
    chain: (chain ?? []).map((one) => certificateFacts(one, nowMs)),
    path: trust.path.map((one) => certificateFacts(one, nowMs)),
    trust: trust.refusal !== undefined
      ? "refused"
      : criteria.request.peerCertificate === "ignore" || chain?.[0] === undefined
      ? "not checked"
      : "trusted",
    revocation: revocationFacts(trust, criteria.request),
    refusal,
    name: name.facts,
  };
  return { refusal, facts };
}

const UNREADABLE: TlsRefusal = { kind: "unreadable" };

function readChain(chain: readonly Uint8Array[]): readonly Certificate[] | undefined {
  try {
    return chain.map((der) => parseCertificate(der));
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

function profileRefusal(seen: TlsSeen, criteria: Criteria): TlsRefusal | undefined {
  if (isAllowed(criteria.profile, seen, criteria.furtherSuites)) return undefined;
  const { protocol, cipherSuite } = seen;
  const further = SUITES.find(({ logName }) => logName === cipherSuite);
  return {
    kind: "outside-profile",
    protocol,
    cipherSuite,
    profile: criteria.profile.option,
    ...(further === undefined || !takesFurther(criteria.profile, protocol)
      ? {}
      : { cipherOption: further.name }),
    fittingProfiles: fittingProfiles(seen),
  };
}

function fittingProfiles(seen: TlsSeen): readonly TlsProfileName[] {
  return PROFILES.filter((row) => isAllowed(row, seen)).map(({ option }) => option);
}

/** Profiles to which `+cs` adds nothing. */
const CLOSED_PROFILES: readonly TlsProfileName[] = ["8996-mod", "bcp195-ex"];

/** Whether `+cs` may add suites of this version to a profile. */
function takesFurther({ option, versions }: TlsProfileRow, protocol: TlsSeen["protocol"]): boolean {
  return versions.includes(protocol) && !CLOSED_PROFILES.includes(option);
}

interface Trust {
  readonly refusal: TlsRefusal | undefined;
  readonly path: readonly Certificate[];
  readonly crls: readonly Crl[];
}

function revocationFacts({ path, refusal, crls }: Trust, request: TlsRequest): RevocationFacts {
  const isAccepted = path.length > 0 && refusal === undefined;
  return {
    checked: isAccepted ? request.crlCheck : "none",
    lists: crls.map(({ issuer, nextUpdate }) => {
      const seconds = nextUpdate?.epochSeconds;
      return {
        issuer: renderName(issuer),
        nextUpdateMs: seconds === undefined ? undefined : seconds * 1000,
      };
    }),
  };
}

function trustIn(
  chain: readonly Certificate[],
  criteria: Criteria & { readonly nowMs: number },
): Trust {
  const { request, store, nowMs, side } = criteria;
  const [leaf, ...others] = chain;
  const isRequired = request.peerCertificate === "require";
  if (leaf === undefined) {
    return { refusal: isRequired ? { kind: "no-certificate" } : undefined, path: [], crls: [] };
  }
  if (!isRequired) return { refusal: undefined, path: [], crls: [] };
  const verdict = verifyPeerChain([leaf, ...others], {
    store,
    nowMs,
    purpose: side,
    crlCheck: crlCheckOf(request),
  });
  if (verdict.ok) return { refusal: undefined, path: verdict.chain, crls: verdict.crls };
  return { refusal: refusalOf(verdict, criteria), path: verdict.chain, crls: [] };
}

/** Which certificates of a path need a CRL. */
export function crlCheckOf({ crlCheck }: TlsRequest): CrlCheck {
  return crlCheck === "chain" ? "all" : crlCheck;
}

/** Reason: no list was found. */
const NO_CRL = 3;

/** A file of a trust directory that cannot be read is what the reference reports then. */
function refusalOf(
  verdict: Refused,
  { store, unloaded, nowMs, side }: Criteria & { readonly nowMs: number },
): TlsRefusal {
  const [unusable] = store.unusableFiles;
  if (unusable !== undefined) return { kind: "trust-file", ...unusable };
  const { code, reason, role, sentence, subject, issuer } = explainRefusal(verdict, {
    nowMs,
    side,
  });
  const lost = (code === NO_CRL ? unloaded.find(({ option }) => option === "+crl") : undefined) ??
    unloaded[0];
  const more = lost === undefined ? {} : { unloaded: lost };
  return { kind: "certificate", code, reason, role, sentence, subject, issuer, ...more };
}

function nameOf(
  seen: TlsSeen,
  about: { readonly criteria: Criteria; readonly leaf: Certificate | undefined },
): { readonly refusal: TlsRefusal | undefined; readonly facts: TlsFacts["name"] } {
  const { wantedName } = about.criteria.request;
  const wanted = wantedName?.kind === "name" ? wantedName.name : seen.host;
  const match = about.leaf === undefined ? undefined : matchHost(about.leaf, wanted);
  const required = wantedName !== undefined;
  const matches = match?.ok === true;
  const names = match?.ok === false ? match.names : [];
  const refusal: TlsRefusal | undefined = !required || matches
    ? undefined
    : about.leaf === undefined
    ? { kind: "no-certificate" }
    : { kind: "host-name", wanted, names };
  return { refusal, facts: { wanted, matches, required } };
}
