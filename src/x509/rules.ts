/** Rules for each certificate of a path (RFC 5280 6.1), in the reference's order: CA flags, purpose, lengths. */

import { type Certificate, KEY_USAGE } from "./certificate.ts";
import { EXTENSION, KEY_PURPOSE } from "./oids.ts";
import { type BuiltPath, ownTrust, type PathFailure, type Purpose } from "./path.ts";
import { type ReasonCode, UNREADABLE_KEY } from "./reasons.ts";

/** Checks every certificate of the path from the leaf up; gives the first failure. */
export function checkPathRules(path: BuiltPath, purpose: Purpose): PathFailure | undefined {
  let intermediates = 0;
  for (const [depth, certificate] of path.chain.entries()) {
    const code = checkOne(certificate, { depth, path, purpose }) ??
      checkPathLength(certificate, { depth, intermediates });
    if (code !== undefined) return { code, depth };
    if (depth > 0 && !certificate.isSelfIssued) intermediates++;
  }
  return undefined;
}

interface Place {
  readonly depth: number;
  readonly path: BuiltPath;
  readonly purpose: Purpose;
}

function checkOne(certificate: Certificate, place: Place): ReasonCode | undefined {
  if (certificate.unhandledCritical !== undefined) return 34;
  if (certificate.isProxy) return 40;
  const isLast = place.depth === place.path.chain.length - 1;
  if (place.depth > 0 && !isAcceptedCa(certificate, isLast)) return 79;
  if (place.path.chain.length > 1 && !certificate.publicKey.isUsable) return 1;
  if (place.path.chain.length > 1 && certificate.publicKey.hasExplicitCurve) return 94;
  return place.purpose === "any" || fitsPurpose(certificate, place) ? undefined : 26;
}

/** How a certificate comes to be a CA. */
type CaStanding = "none" | "constraints" | "version-1-root" | "key-usage" | "netscape";

/** Intermediate CAs must say so in basicConstraints; the last certificate may be a CA in older ways. */
function isAcceptedCa(certificate: Certificate, isLast: boolean): boolean {
  const standing = caStanding(certificate);
  return isLast ? standing !== "none" : standing === "constraints";
}

function caStanding(certificate: Certificate): CaStanding {
  if (lacksKeyUsage(certificate, KEY_USAGE.keyCertSign)) return "none";
  if (certificate.basicConstraints !== undefined) {
    return certificate.basicConstraints.ca ? "constraints" : "none";
  }
  if (certificate.version === 1 && certificate.isSelfSigned) return "version-1-root";
  if (certificate.keyUsage !== undefined) return "key-usage";
  const netscape = certificate.netscapeCertType ?? 0;
  return (netscape & NETSCAPE.anyCa) === 0 ? "none" : "netscape";
}

/** Bits of Netscape's certificate type. */
const NETSCAPE = { client: 0x80, server: 0x40, sslCa: 0x04, anyCa: 0x07 } as const;

function lacksKeyUsage(certificate: Certificate, wanted: number): boolean {
  return certificate.keyUsage !== undefined && (certificate.keyUsage & wanted) === 0;
}

/** Trust settings of a certificate of the store go before what it says of its use. */
function fitsPurpose(certificate: Certificate, place: Place): boolean {
  const purpose = place.purpose;
  if (place.depth >= place.path.untrustedCount) {
    const trust = ownTrust(certificate, { purpose, allowSelfSigned: false });
    if (trust !== "unknown") return trust === "trusted";
  }
  if (!allowsExtendedUse(certificate, purpose)) return false;
  return place.depth > 0 ? isTlsCa(certificate) : isTlsLeaf(certificate, purpose);
}

/** Whether a certificate is made for a TLS server. */
export function fitsServer(certificate: Certificate): boolean {
  return allowsExtendedUse(certificate, "server") && isTlsLeaf(certificate, "server");
}

function allowsExtendedUse(certificate: Certificate, purpose: Purpose): boolean {
  const uses = certificate.extendedKeyUsage;
  if (uses === undefined) return true;
  const accepted: readonly string[] = purpose === "server"
    ? [KEY_PURPOSE.serverAuth, KEY_PURPOSE.microsoftSgc, KEY_PURPOSE.netscapeSgc]
    : [KEY_PURPOSE.clientAuth];
  return uses.some((use) => accepted.includes(use));
}

function isTlsCa(certificate: Certificate): boolean {
  const standing = caStanding(certificate);
  if (standing !== "netscape") return standing !== "none";
  return ((certificate.netscapeCertType ?? 0) & NETSCAPE.sslCa) !== 0;
}

function isTlsLeaf(certificate: Certificate, purpose: Purpose): boolean {
  const isServer = purpose === "server";
  const usages = KEY_USAGE.digitalSignature | KEY_USAGE.keyAgreement |
    (isServer ? KEY_USAGE.keyEncipherment : 0);
  if (lacksKeyUsage(certificate, usages)) return false;
  const netscape = certificate.netscapeCertType;
  const wanted = isServer ? NETSCAPE.server : NETSCAPE.client;
  return netscape === undefined || (netscape & wanted) !== 0;
}

/** A path length counts the CAs below that are not self-issued, the leaf not included. */
function checkPathLength(
  certificate: Certificate,
  place: { readonly depth: number; readonly intermediates: number },
): ReasonCode | undefined {
  const limit = certificate.basicConstraints?.pathLength;
  return place.depth > 1 && limit !== undefined && place.intermediates > limit ? 25 : undefined;
}

/**
 * A DSA key may leave its parameters to its issuer (RFC 3279 2.3.2). That is not followed here; the reference does so
 * where the issuers' keys are DSA ones too, and passes the others unchecked.
 */
export function checkKeyParameters({ chain }: BuiltPath): PathFailure | undefined {
  const key = chain[0]?.publicKey;
  const lacksParameters = key?.kind === "dsa" && key.isUsable && key.bits === 0;
  return lacksParameters ? { ...UNREADABLE_KEY, depth: 0 } : undefined;
}

/**
 * Refusals beyond the reference's, made last so that its own reasons come first.
 *
 * Address and AS number blocks (RFC 3779) are not evaluated: a leaf that has them is refused, which is what the
 * reference does when they do not fit its issuer's. A lone certificate whose key spells out its curve is refused
 * as it is in a longer path: such a curve can be made to measure.
 */
export function checkUnsupported(path: BuiltPath): PathFailure | undefined {
  const leaf = path.chain[0];
  const blocks: readonly string[] = [EXTENSION.ipAddressBlocks, EXTENSION.autonomousSystems];
  const hasBlocks = leaf?.extensions.some((item) => blocks.includes(item.oid));
  if (hasBlocks) return { code: 46, depth: Math.min(1, path.chain.length - 1) };
  return leaf?.publicKey.hasExplicitCurve ? { code: 94, depth: 0 } : undefined;
}
