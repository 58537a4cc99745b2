/** What TLS found out, as data. */

import type { CheckedTls } from "../check/mod.ts";
import type { CertificateFacts } from "../tls/types.ts";
import type { CertificateDocument, TlsDocument } from "./report_schema_tls.ts";
import { isoTime } from "./values.ts";

/** The document of one TLS connection. */
export function tlsDocumentOf({ facts, ownCertificate }: CheckedTls): TlsDocument {
  return {
    protocol: facts.protocol,
    cipherSuite: facts.cipherSuite,
    cipherBits: facts.cipherBits,
    profiles: facts.fittingProfiles.map((name) => `--profile-${name}`),
    trust: facts.trust,
    name: facts.name.wanted.toWellFormed(),
    nameMatches: facts.name.matches,
    certificates: facts.chain.map(certificateOf),
    ...(ownCertificate === undefined ? {} : { clientCertificate: ownCertificate }),
  };
}

function certificateOf(certificate: CertificateFacts): CertificateDocument {
  const { notBeforeMs, notAfterMs, daysLeft } = certificate;
  return {
    subject: certificate.subject.toWellFormed(),
    issuer: certificate.issuer.toWellFormed(),
    serial: certificate.serial,
    sha256: certificate.sha256,
    publicKey: certificate.publicKey,
    signatureAlgorithm: certificate.signatureAlgorithm,
    hostNames: certificate.hostNames.map((name) => name.toWellFormed()),
    isCa: certificate.isCa,
    isSelfSigned: certificate.isSelfSigned,
    ...(notBeforeMs === undefined ? {} : { notBefore: isoTime(notBeforeMs) }),
    ...(notAfterMs === undefined ? {} : { notAfter: isoTime(notAfterMs) }),
    ...(daysLeft === undefined ? {} : { daysLeft }),
  };
}
