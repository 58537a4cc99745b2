/** The words of a TLS failure. */

import { unreachable } from "../errors.ts";
import type { TlsProblem, TlsProfileName, TlsRefusal, TlsViolation } from "../tls/types.ts";
import { firstBytesOf } from "./banner.ts";
import { unloadedWords } from "./file_trouble.ts";
import type { Words } from "./types.ts";

/** What a problem carries. */
export function tlsDetails(problem: TlsProblem): Partial<Words> {
  switch (problem.kind) {
    case "refused":
      return {
        finding: findingOf(problem.refusal),
        allowing: allowingOf(problem.refusal),
        ...unloadedWords(problem.refusal),
      };
    case "alert": {
      const { alert, serverName = "", missingIssuer: issuer = "" } = problem;
      return { finding: alertFinding(alert), serverName, issuer };
    }
    case "not-tls":
      return { firstBytes: firstBytesOf(problem.head) };
    case "timed-out":
      return { limit: `${problem.seconds} s`, limitOption: "-ts" };
    case "malformed":
      return { finding: problem.text };
    case "violation":
      return { finding: VIOLATIONS[problem.violation] };
    case "ended":
      return { serverName: problem.progress?.serverName ?? "" };
    case "too-long":
    case "unsupported-version":
    case "nothing-in-common":
    case "key-proof":
    case "unusable-certificate":
      return {};
    default:
      return unreachable(problem);
  }
}

/** What a problem carries that came up after the handshake; nothing without one. */
export function brokenTlsDetails(problem: TlsProblem | undefined): Partial<Words> {
  if (problem === undefined) return {};
  const { finding = LATE_FINDINGS[problem.kind] ?? problem.kind } = tlsDetails(problem);
  return { finding };
}

/** Clauses for problems that have no details. */
const LATE_FINDINGS: Readonly<Partial<Record<TlsProblem["kind"], string>>> = {
  "too-long": "a record longer than there may be",
};

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

function alertFinding(alert: number): string {
  return ALERTS[alert] ?? `alert ${alert}`;
}

function findingOf(refusal: TlsRefusal): string {
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
function allowingOf(refusal: TlsRefusal): string {
  if (refusal.kind !== "outside-profile") return "";
  const { cipherOption, fittingProfiles } = refusal;
  const suite = cipherOption === undefined ? [] : [`by +cs ${cipherOption}`];
  const options = fittingProfiles.map((name) => PROFILE_OPTIONS[name]);
  const profile = options.length === 0 ? [] : [`by another profile (${options.join(", ")})`];
  const ways = [...suite, ...profile];
  return ways.length === 0
    ? "no profile has it: the peer must be set to another"
    : `allow it ${ways.join(" or ")}`;
}

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
