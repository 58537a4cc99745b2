/** What a certificate says, in words and figures that are safe to print. */

import {
  type Certificate,
  describePublicKey,
  hostNames,
  renderName,
  renderOneline,
  renderPublicKey,
  renderReferenceTime,
  renderSerialDecimal,
  renderSerialHex,
  sha256,
  SIGNATURE_SCHEMES,
  type X509Time,
} from "../x509/mod.ts";
import type { CertificateFacts } from "./types.ts";

const DAY_MS = 86_400_000;

/** The facts of one certificate at the time `nowMs`. */
export function certificateFacts(certificate: Certificate, nowMs: number): CertificateFacts {
  const { notBefore, notAfter, publicKey, signatureAlgorithm } = certificate;
  const notAfterMs = msOf(notAfter);
  return {
    version: certificate.version,
    subject: renderName(certificate.subject),
    issuer: renderName(certificate.issuer),
    subjectLine: renderOneline(certificate.subject),
    issuerLine: renderOneline(certificate.issuer),
    serial: renderSerialHex(certificate.serialNumber),
    serialLine: renderSerialDecimal(certificate.serialNumber),
    notBeforeMs: msOf(notBefore),
    notAfterMs,
    notBeforeLine: renderReferenceTime(notBefore),
    notAfterLine: renderReferenceTime(notAfter),
    daysLeft: notAfterMs === undefined ? undefined : Math.floor((notAfterMs - nowMs) / DAY_MS),
    publicKey: describePublicKey(publicKey),
    publicKeyLine: renderPublicKey(publicKey),
    signatureAlgorithm: SIGNATURE_SCHEMES[signatureAlgorithm.oid]?.name ?? signatureAlgorithm.oid,
    hostNames: hostNames(certificate),
    isCa: certificate.basicConstraints?.ca === true,
    isSelfSigned: certificate.isSelfSigned,
    sha256: sha256(certificate.der).toHex(),
  };
}

function msOf(time: X509Time): number | undefined {
  return time.epochSeconds === undefined ? undefined : time.epochSeconds * 1000;
}
