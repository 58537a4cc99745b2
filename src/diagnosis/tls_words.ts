/** Words of hints about TLS. */

import { unreachable } from "../errors.ts";
import type {
  AcceptedAuthorities,
  OwnCertificate,
  TlsProblem,
  TlsProfileName,
  TlsRefusal,
  TlsViolation,
} from "../tls/types.ts";
import { clause, either, ours, say, type Sentence } from "./sentence.ts";
import type { Case, Facts } from "./types.ts";
import type { BrokenByTls, Problem } from "./when.ts";

/** Peers that we refused in one way. */
export type Refused<K extends TlsRefusal["kind"]> = Problem<"refused"> & {
  readonly problem: { readonly refusal: Extract<TlsRefusal, { kind: K }> };
};

/** What broke a TLS connection after its handshake. */
export const BROKEN_TLS = clause(
  "FINDING",
  ({ failure }: Case<BrokenByTls>) => brokenText(failure.details.tls),
);

/** What makes no sense in a handshake. */
export const BROKEN_HANDSHAKE = clause(
  "FINDING",
  ({ failure }: Case<Problem>) => brokenText(failure.problem),
);

function brokenText(problem: TlsProblem): string {
  switch (problem.kind) {
    case "alert":
      return alertText(problem.alert);
    case "malformed":
      return problem.text;
    case "violation":
      return VIOLATIONS[problem.violation];
    case "too-long":
      return "a record longer than there may be";
    default:
      return problem.kind;
  }
}

/** What is wrong, as a clause. */
const VIOLATIONS: Readonly<Record<TlsViolation, string>> = {
  "length": "a length does not fit what is there",
  "record-version": "a record bears another version than was agreed on",
  "record-length": "a record is longer than there may be",
  "record-authentication": "a record was changed on its way, or the keys differ",
  "record-type": "a record of a kind that may not come there",
  "empty-records": "too many records without content",
  "alert-length": "an alert of the wrong length",
  "warnings": "too many warnings in a row",
  "message": "a message that may not come there",
  "message-length": "a message is longer than there may be",
  "message-count": "too many messages that lead nowhere",
  "key-change": "keys change in the middle of a message",
  "change-cipher-spec": "a change of keys that may not come there",
  "version": "it chose a version that was not offered",
  "downgrade": "it says that it could speak a newer version: somebody may have changed the offer",
  "suite": "it chose a cipher suite that was not offered",
  "compression": "it chose compression, which was not offered",
  "session": "it answers with a session that does not exist",
  "extension": "it answers with an extension that was not offered",
  "extension-twice": "an extension comes twice",
  "extension-value": "an extension has a value that may not be",
  "extension-missing": "an extension is missing",
  "renegotiation": "its first handshake claims to be a later one",
  "retry": "it asks for another hello that would not change anything",
  "group": "it chose a group that was not offered",
  "point": "its key exchange value is not one of the group",
  "dh-size": "its Diffie-Hellman prime has less than 768 or more than 8192 bits",
  "dh-value": "its Diffie-Hellman numbers make no safe exchange",
  "certificate-key": "the key of its certificate does not fit the cipher suite",
  "certificate-list": "its list of certificates cannot be read",
  "signature-scheme": "it signs by a scheme that was not offered",
  "signature": "its signature is wrong",
  "finished": "both sides saw different handshakes: somebody may be in between",
};

/** Alerts as the standard calls them (RFC 8446 6.2). */
const ALERTS: Readonly<Record<number, string>> = {
  40: "handshake failure",
  71: "insufficient security",
  42: "bad certificate",
  43: "unsupported certificate",
  44: "certificate revoked",
  45: "certificate expired",
  46: "certificate unknown",
  48: "unknown CA",
  49: "access denied",
  51: "decrypt error",
  80: "internal error",
};

/** The alert by its name. */
export const ALERT = clause(
  "FINDING",
  ({ failure }: Case<Problem<"alert">>) => alertText(failure.problem.alert),
);

function alertText(alert: number): string {
  return ALERTS[alert] ?? `alert ${alert}`;
}

/** Names of CAs that a hint has room for. */
const MOST_NAMES = 3;

/** What is known of a peer that may have asked for a certificate of ours. */
interface Asking {
  readonly ownCertificate?: OwnCertificate | undefined;
  readonly authorities?: AcceptedAuthorities | undefined;
}

/** Which CAs the peer accepts that asked for a certificate of ours, or how to see that; nothing where it did not ask. */
function acceptedCas<F>(askingOf: (of: F) => Asking | undefined): Sentence<F> {
  const list = clause("AUTHORITIES", (of: F) => namesText(askingOf(of)?.authorities));
  const named: Sentence<F> = say`; it accepts certificates of ${list}`;
  const hidden: Sentence<F> = say`; --tls-engine own shows which CAs it accepts`;
  return either(named, (of) => {
    const { ownCertificate = "not asked for", authorities } = askingOf(of) ?? {};
    if (ownCertificate === "not asked for") return undefined;
    if (authorities === undefined) return hidden;
    return authorities.names.length === 0 ? undefined : named;
  });
}

function namesText({ names, more }: AcceptedAuthorities = { names: [], more: 0 }): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `"${name}"`);
  const left = names.length - shown.length + more;
  return [...shown, ...(left === 0 ? [] : [`${left} more`])].join(", ");
}

/** After an alert. */
export const CAS_AFTER_ALERT = acceptedCas(({ failure }: Case<Problem<"alert">>) =>
  failure.problem
);
/** After a handshake that ended without a word. */
export const CAS_AFTER_END = acceptedCas(({ failure }: Case<Problem<"ended">>) =>
  failure.problem.progress
);
/** After a handshake that was done. */
export const CAS_AFTER_HANDSHAKE = acceptedCas(({ tls }: Facts) => tls);

/** Why we refused the peer. */
export const REFUSAL = clause(
  "FINDING",
  ({ failure }: Case<Problem<"refused">>) => refusalText(failure.problem.refusal),
);

function refusalText(refusal: TlsRefusal): string {
  switch (refusal.kind) {
    case "certificate":
      return refusal.sentence;
    case "trust-file":
      return `the trust directory's file ${refusal.path} cannot be read`;
    case "host-name": {
      const names = refusal.names.length === 0 ? "no host" : refusal.names.join(", ");
      return `the certificate is for ${names}, not for ${refusal.wanted}`;
    }
    case "outside-profile":
      return `the peer chose ${refusal.protocol} ${refusal.cipherSuite}, which the profile ${refusal.profile} does not have`;
    case "unreadable":
    case "no-certificate":
      return "";
    default:
      return unreachable(refusal);
  }
}

/** What would allow a version and a suite that the profile does not have. */
export const ALLOWING = ours(
  "ALLOWING",
  ({ failure: { problem: { refusal } } }: Case<Refused<"outside-profile">>) => {
    const { cipherOption, fittingProfiles } = refusal;
    const suite = cipherOption === undefined ? [] : [`by +cs ${cipherOption}`];
    const options = fittingProfiles.map((name) => PROFILE_OPTIONS[name]);
    const profile = options.length === 0 ? [] : [`by another profile (${options.join(", ")})`];
    const ways = [...suite, ...profile];
    return ways.length === 0
      ? "no profile has it: the peer must be set to another"
      : `allow it ${ways.join(" or ")}`;
  },
);

/** The options of the profiles. */
const PROFILE_OPTIONS: Readonly<Record<TlsProfileName, string>> = {
  "8996": "+pg",
  "8996-mod": "+pm",
  "bcp195-nd": "+py",
  "bcp195": "+px",
  "bcp195-ex": "+pz",
  "basic": "+pb",
  "aes": "+pa",
  "null": "+pn",
};
