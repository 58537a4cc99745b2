/**
 * Revocation by CRL (RFC 5280 6.3), as the reference does it: no indirect lists, no lists that cover some reasons only,
 * and every list signed by a certificate of the path. Delta lists can revoke.
 *
 * For each certificate to be checked the best list of its issuer is picked by points; the chosen one is then
 * checked: right to sign it, scope, dates, signature, critical extensions, and at last the serial number. A list
 * with a damaged extension revokes what it lists, but proves nothing good.
 */

import { type Certificate, identifies, KEY_USAGE } from "./certificate.ts";
import type { Crl, RevokedCertificate } from "./crl.ts";
import { byteText } from "./bytes.ts";
import { ALL_REASONS, type DistributionPoint, type DistributionPointName } from "./extensions.ts";
import { sameGeneralName } from "./general_name.ts";
import { compareToNow } from "./path.ts";
import type { ReasonCode } from "./reasons.ts";
import { sameAlgorithm } from "./algorithm.ts";
import { verifySignature } from "./signature.ts";
import type { TrustStore } from "./store.ts";
import { isLater } from "./time.ts";

/** Which certificates must have a CRL: none, the leaf (`+crv`), or all of the path (`+cra`). */
export type CrlCheck = "none" | "leaf" | "all";

/** A failed revocation check. */
export interface RevocationFailure {
  /** The reason. */
  readonly code: ReasonCode;
  /** Place of the certificate in the path. */
  readonly depth: number;
  /** The list that was used, when one was found. */
  readonly crl: Crl | undefined;
  /** The entry, when the certificate is revoked. */
  readonly entry: RevokedCertificate | undefined;
}

/** What the check needs. */
export interface RevocationInput {
  /** The path, leaf first. */
  readonly chain: readonly Certificate[];
  /** Where CRLs come from. */
  readonly store: TrustStore;
  /** The time to decide for, in seconds since 1970. */
  readonly nowSeconds: number;
  /** Gets each list by which a certificate was found not to be revoked. */
  readonly used: Set<Crl>;
}

/** Checks the leaf or all certificates of the path; gives the first failure. */
export function checkRevocation(
  check: CrlCheck,
  input: RevocationInput,
): RevocationFailure | undefined {
  const checked = check === "none" ? [] : check === "leaf" ? [input.chain[0]] : input.chain;
  for (const [depth, certificate] of checked.entries()) {
    const failure = certificate && checkCertificate(certificate, { ...input, depth });
    if (failure !== undefined) return failure;
  }
  return undefined;
}

type Place = RevocationInput & { readonly depth: number };

function checkCertificate(certificate: Certificate, place: Place): RevocationFailure | undefined {
  return checkDeltas(certificate, place) ?? checkComplete(certificate, place);
}

/**
 * A delta list (RFC 5280 5.2.4) says what changed since a complete one: it revokes what it names, whatever its dates,
 * and proves nothing for what it does not name. OpenSSL uses it as a complete list up to 3.0.19, and not at all later.
 */
function checkDeltas(certificate: Certificate, place: Place): RevocationFailure | undefined {
  for (const crl of place.store.crlsOf(certificate.issuer)) {
    const entry = crl.isDelta ? findEntry(certificate, crl) : undefined;
    if (entry === undefined || entry.reason === REMOVE_FROM_CRL) continue;
    const usable = rate(crl, { ...place, certificate, covered: 0 });
    if (usable === undefined || (usable.score & POINTS.scope) === 0) continue;
    const code = checkCrlProof(crl, usable.signer) ?? 23;
    return { code, depth: place.depth, crl, entry };
  }
  return undefined;
}

/** Lists are used one after another until all reasons are covered. */
function checkComplete(certificate: Certificate, place: Place): RevocationFailure | undefined {
  let covered = 0;
  while (covered !== ALL_REASONS) {
    const chosen = chooseCrl(certificate, { ...place, covered });
    if (chosen === undefined) {
      return { code: 3, depth: place.depth, crl: undefined, entry: undefined };
    }
    const finding = checkCrl(certificate, { ...place, ...chosen });
    if (finding !== undefined) return { ...finding, depth: place.depth, crl: chosen.crl };
    place.used.add(chosen.crl);
    if (chosen.reasons === covered) {
      return { code: 3, depth: place.depth, crl: undefined, entry: undefined };
    }
    covered = chosen.reasons;
  }
  return undefined;
}

interface Candidate {
  readonly crl: Crl;
  /** Sum of `POINTS`. */
  readonly score: number;
  /** The certificate of the path whose key signed the list. */
  readonly signer: Certificate;
  /** Reasons covered when this list is used too. */
  readonly reasons: number;
}

/** What counts for a list; the order of importance is that of the reference. */
const POINTS = {
  noUnknownCritical: 0x100,
  scope: 0x80,
  time: 0x40,
  issuerName: 0x20,
  signedByNextAbove: 0x10,
} as const;

/** The best list; among equals the newest, among equally new ones the first. */
function chooseCrl(
  certificate: Certificate,
  place: Place & { readonly covered: number },
): Candidate | undefined {
  let best: Candidate | undefined;
  for (const crl of place.store.crlsOf(certificate.issuer)) {
    const candidate = crl.isDelta ? undefined : rate(crl, { ...place, certificate });
    if (candidate === undefined || candidate.score < (best?.score ?? 0)) continue;
    if (
      best !== undefined && candidate.score === best.score &&
      !isLater(crl.thisUpdate, best.crl.thisUpdate)
    ) continue;
    best = candidate;
  }
  return best;
}

/** Lists that cannot be used at all give `undefined`: indirect, reason-limited, not signed by the path. */
function rate(
  crl: Crl,
  place: Place & { readonly covered: number; readonly certificate: Certificate },
): Candidate | undefined {
  const { certificate, covered } = place;
  const point = crl.issuingDistributionPoint;
  const limits = [point?.onlyUser, point?.onlyCa, point?.onlyAttribute].filter(Boolean);
  if (limits.length > 1) return undefined;
  if (point?.indirect || point?.someReasons) return undefined;
  const signer = findSigner(crl, place);
  if (signer === undefined || crl.issuer.canonical !== certificate.issuer.canonical) {
    return undefined;
  }
  const isNextAbove = signer === place.chain[Math.min(place.depth + 1, place.chain.length - 1)];
  let score: number = POINTS.issuerName + (isNextAbove ? POINTS.signedByNextAbove : 0);
  if (!crl.hasUnhandledCritical) score += POINTS.noUnknownCritical;
  if (checkCrlTime(crl, place.nowSeconds) === undefined) score += POINTS.time;
  const reasons = coveredReasons(certificate, crl);
  if (reasons === undefined) return { crl, score, signer, reasons: covered };
  if ((reasons & ~covered) === 0) return undefined;
  return { crl, score: score + POINTS.scope, signer, reasons: covered | reasons };
}

/** The issuer in the path, or a certificate above it of the same name, whose identifiers the list means. */
function findSigner(crl: Crl, place: Place): Certificate | undefined {
  const top = place.chain.length - 1;
  const start = Math.min(place.depth + 1, top);
  return place.chain.slice(start).find((certificate, i) =>
    (i === 0 || certificate.subject.canonical === crl.issuer.canonical) &&
    identifies(certificate, crl.authorityKeyIdentifier)
  );
}

function checkCrlTime(crl: Crl, nowSeconds: number): ReasonCode | undefined {
  const start = compareToNow(crl.thisUpdate, nowSeconds);
  if (start !== "past") return start === "future" ? 11 : 15;
  if (crl.nextUpdate === undefined) return undefined;
  const end = compareToNow(crl.nextUpdate, nowSeconds);
  if (end !== "future") return end === "past" ? 12 : 16;
  return undefined;
}

/** Reasons the list covers for the certificate; `undefined` when the certificate is not in its scope. */
function coveredReasons(certificate: Certificate, crl: Crl): number | undefined {
  const point = crl.issuingDistributionPoint;
  if (point?.onlyAttribute) return undefined;
  const isCa = certificate.basicConstraints?.ca === true;
  if (isCa ? point?.onlyUser : point?.onlyCa) return undefined;
  for (const entry of certificate.crlDistributionPoints ?? []) {
    if (!namesIssuer(entry, crl)) continue;
    if (point === undefined || sharesName(certificate, { entry, crl })) return entry.reasons;
  }
  return point?.name === undefined ? ALL_REASONS : undefined;
}

function namesIssuer(entry: DistributionPoint, crl: Crl): boolean {
  if (entry.crlIssuer === undefined) return true;
  return entry.crlIssuer.some((name) =>
    name.type === "directory" && name.name.canonical === crl.issuer.canonical
  );
}

/** Whether the place named in the certificate and the one named in the list have a name in common. */
function sharesName(
  certificate: Certificate,
  both: { readonly entry: DistributionPoint; readonly crl: Crl },
): boolean {
  const ours = both.entry.name;
  const theirs = both.crl.issuingDistributionPoint?.name;
  if (ours === undefined || theirs === undefined) return true;
  const issuer = both.entry.crlIssuer?.find((name) => name.type === "directory");
  const base = issuer?.type === "directory" ? issuer.name : certificate.issuer;
  if (ours.form === "full" && theirs.form === "full") {
    return ours.names.some((name) => theirs.names.some((other) => sameGeneralName(name, other)));
  }
  const ourNames = directoryNames(ours, base.canonical);
  return directoryNames(theirs, both.crl.issuer.canonical).some((name) => ourNames.includes(name));
}

/** Canonical directory names of a place; a relative one is completed with the name it is relative to. */
function directoryNames(name: DistributionPointName, base: string): readonly string[] {
  if (name.form === "relative") return [base + name.canonicalRdn];
  return name.names.flatMap((item) => item.type === "directory" ? [item.name.canonical] : []);
}

type Finding = Pick<RevocationFailure, "code" | "entry">;

function checkCrl(certificate: Certificate, used: Place & Candidate): Finding | undefined {
  const code = checkCrlItself(used.crl, used);
  if (code !== undefined) return { code, entry: undefined };
  const entry = findEntry(certificate, used.crl);
  const isListed = entry !== undefined && entry.reason !== REMOVE_FROM_CRL;
  if (isListed) return { code: 23, entry };
  return used.crl.malformed === undefined ? undefined : { code: 41, entry: undefined };
}

/** Reason code of an entry that takes a certificate off a list again. */
const REMOVE_FROM_CRL = 8;

function checkCrlItself(crl: Crl, used: Place & Candidate): ReasonCode | undefined {
  const { signer, score } = used;
  if (!maySignCrls(signer)) return 35;
  if ((score & POINTS.scope) === 0) return 44;
  return checkCrlTime(crl, used.nowSeconds) ?? checkCrlProof(crl, signer);
}

function maySignCrls({ keyUsage }: Certificate): boolean {
  return keyUsage === undefined || (keyUsage & KEY_USAGE.crlSign) !== 0;
}

/** Whether the list is its signer's, and nothing in it is unknown that must be known. */
function checkCrlProof(crl: Crl, signer: Certificate): ReasonCode | undefined {
  if (!maySignCrls(signer)) return 35;
  if (!signer.publicKey.isUsable) return 6;
  const isSigned = crl.signature !== undefined &&
    sameAlgorithm(crl.innerAlgorithm, crl.signatureAlgorithm) &&
    verifySignature(signer.publicKey, {
      message: crl.tbs,
      algorithm: crl.signatureAlgorithm,
      signature: crl.signature,
    });
  if (!isSigned) return 8;
  return crl.hasUnhandledCritical ? 36 : undefined;
}

function findEntry(certificate: Certificate, crl: Crl): RevokedCertificate | undefined {
  const entries = crl.revoked.get(byteText(certificate.serialNumber)) ?? [];
  return entries.find((entry) =>
    entry.issuer === undefined
      ? crl.issuer.canonical === certificate.issuer.canonical
      : entry.issuer.some((name) =>
        name.type === "directory" && name.name.canonical === certificate.issuer.canonical
      )
  );
}
