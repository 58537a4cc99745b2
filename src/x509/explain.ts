/** A verdict in full: which certificate, what is wrong with it, since when, whose, issued by whom, what to do. */

import type { Certificate } from "./certificate.ts";
import { renderName, safeName } from "./name.ts";
import { KEY_PURPOSE } from "./oids.ts";
import type { Refused } from "./verify.ts";

/** Whose certificate was decided on. */
export type CertificateSide = "server" | "client" | "own" | "file";

/** What went wrong, for people and for reports. */
export interface Explanation {
  /** The reference's number of the reason. */
  readonly code: number;
  /** The reference's text of the reason. */
  readonly reason: string;
  /** Which certificate: the side's own, an intermediate CA, or the root. */
  readonly role: "leaf" | "intermediate" | "root";
  /** Subject of that certificate. */
  readonly subject: string;
  /** Issuer of that certificate. */
  readonly issuer: string;
  /** One clause with everything in it, without a full stop. */
  readonly sentence: string;
  /** Whole days since it ended, for what is over; days until it starts, for what is not yet; else `undefined`. */
  readonly days: number | undefined;
}

/** Explains a refusal at the time it was made for. */
export function explainRefusal(
  refused: Refused,
  at: { readonly nowMs: number; readonly side: CertificateSide },
): Explanation {
  const { certificate, reason } = refused;
  const role = roleOf(refused);
  const whose = role === "leaf"
    ? at.side === "file" ? "certificate" : `${at.side} certificate`
    : `${role} CA certificate`;
  const days = daysOf(refused, at.nowMs);
  const from = at.side === "server" || at.side === "client" ? "sent by the peer" : "in its file";
  const finding = describe(refused, { whose, days, from });
  const subject = renderName(certificate.subject);
  const issuer = renderName(certificate.issuer);
  return {
    code: reason.code,
    reason: reason.text,
    role,
    subject,
    issuer,
    sentence: `${finding}: ${subject}, issued by ${certificate.isSelfSigned ? "itself" : issuer}`,
    days,
  };
}

function roleOf(refused: Refused): Explanation["role"] {
  if (refused.depth === 0) return "leaf";
  const isLast = refused.depth === refused.chain.length - 1;
  return isLast && refused.certificate.isSelfSigned ? "root" : "intermediate";
}

const DAY_SECONDS = 86_400;

/** Whole days between now and the date that the reason is about. */
function daysOf(refused: Refused, nowMs: number): number | undefined {
  const now = Math.floor(nowMs / 1000);
  const { certificate, crl, reason } = refused;
  const since = (seconds: number | undefined): number | undefined =>
    seconds === undefined ? undefined : Math.floor(Math.abs(now - seconds) / DAY_SECONDS);
  switch (reason.code) {
    case 9:
      return since(certificate.notBefore.epochSeconds);
    case 10:
      return since(certificate.notAfter.epochSeconds);
    case 11:
      return since(crl?.thisUpdate.epochSeconds);
    case 12:
      return since(crl?.nextUpdate?.epochSeconds);
    case 23:
      return since(refused.entry?.revocationDate.epochSeconds);
    default:
      return undefined;
  }
}

function count(days: number | undefined): string {
  if (days === undefined) return "";
  if (days === 0) return "less than a day ";
  return `${days} ${days === 1 ? "day" : "days"} `;
}

/** Uses that are shown; a certificate has one or two. */
const MOST_USES = 8;

/** Characters of an object identifier that are shown; those in use have 30 at most. */
const LONGEST_OID = 64;

interface Subject {
  readonly whose: string;
  readonly days: number | undefined;
  /** Where certificates come from that are not trusted. */
  readonly from: string;
}

function describe(refused: Refused, { whose, days, from }: Subject): string {
  const { certificate } = refused;
  switch (refused.reason.code) {
    case 2:
      return `${whose} is trusted, but its own issuer is not known, and a path must end in a root`;
    case 3:
      return `no usable CRL for the ${whose}`;
    case 7:
      return `signature of the ${whose} is not that of its issuer's key`;
    case 9:
      return `${whose} is valid only in ${count(days)}from now`;
    case 10:
      return `${whose} expired ${count(days)}ago`;
    case 11:
      return `the CRL for the ${whose} is valid only in ${count(days)}from now`;
    case 12:
      return `the CRL for the ${whose} expired ${count(days)}ago`;
    case 18:
      return `${whose} is self-signed and not among the trusted ones`;
    case 19:
      return `root CA certificate ${from} is not among the trusted ones`;
    case 20:
      return describeMissingIssuer(certificate, { whose, from });
    case 23:
      return `${whose} was revoked ${count(days)}ago${revocationReason(refused)}`;
    case 25:
      return `${whose} allows fewer CAs below it than there are`;
    case 26:
      return `${whose} is not made for this use${describeUses(certificate)}`;
    case 34:
      return `${whose} has a critical extension that is not known (${
        safeName(certificate.unhandledCritical ?? "", LONGEST_OID)
      })`;
    case 79:
      return `${whose} is not that of a CA and may not issue certificates`;
    default:
      return describeOther(refused, whose);
  }
}

function describeOther({ reason, certificate }: Refused, whose: string): string {
  const isKey = reason.code === 1 && !certificate.publicKey.isUsable;
  return isKey
    ? `public key of the ${whose} cannot be read`
    : `${whose} is refused: ${reason.text}`;
}

function describeMissingIssuer(
  certificate: Certificate,
  { whose, from }: Pick<Subject, "whose" | "from">,
): string {
  if (certificate.malformed !== undefined) {
    return `${whose} has a damaged extension (${certificate.malformed})`;
  }
  return `issuer of the ${whose} is neither trusted nor ${from}`;
}

const REVOCATION_REASONS: Readonly<Record<number, string>> = {
  1: "key compromise",
  2: "CA compromise",
  3: "affiliation changed",
  4: "superseded",
  5: "cessation of operation",
  6: "certificate hold",
  9: "privilege withdrawn",
  10: "AA compromise",
};

function revocationReason(refused: Refused): string {
  const reason = REVOCATION_REASONS[refused.entry?.reason ?? 0];
  return reason === undefined ? "" : ` (${reason})`;
}

function describeUses(certificate: Certificate): string {
  const uses = certificate.extendedKeyUsage;
  if (uses === undefined) return "";
  const names: Readonly<Record<string, string>> = {
    [KEY_PURPOSE.serverAuth]: "TLS server",
    [KEY_PURPOSE.clientAuth]: "TLS client",
  };
  const shown = uses.slice(0, MOST_USES).map((use) => names[use] ?? safeName(use, LONGEST_OID));
  return ` but for ${shown.join(", ")}${uses.length > MOST_USES ? ", ..." : ""}`;
}
