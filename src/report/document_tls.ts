/** What TLS found out, as data. */

import type { CheckedTls } from "../check/mod.ts";
import type { CertificateFacts } from "../tls/types.ts";
import { plainFields } from "./failure.ts";
import type { TlsDocument } from "./report_schema.ts";
import { isoTime } from "./values.ts";

/** What is known of the TLS connection of a check. */
export function tlsDocumentOf({ facts, ownCertificate, authorities }: CheckedTls): TlsDocument {
  const { engine, protocol, cipherSuite, cipherBits, weaknesses } = facts;
  const { profile, trust, name, refusal, chain, revocation } = facts;
  return {
    engine,
    protocol,
    cipherSuite,
    cipherBits,
    weaknesses,
    profile,
    trust,
    name: { ...name, wanted: name.wanted.toWellFormed() },
    chain: chain.map(certificateOf),
    revocation: {
      checked: revocation.checked,
      lists: revocation.lists.map(({ issuer, nextUpdateMs }) => ({
        issuer: issuer.toWellFormed(),
        ...(nextUpdateMs === undefined ? {} : { nextUpdate: isoTime(nextUpdateMs) }),
      })),
    },
    ...(ownCertificate === undefined ? {} : { ownCertificate }),
    ...(authorities === undefined ? {} : {
      authorities: {
        names: authorities.names.map((name) => name.toWellFormed()),
        more: authorities.more,
      },
    }),
    ...(refusal === undefined ? {} : { refusal: plainFields(refusal) }),
  };
}

/** A certificate as data. */
export function certificateOf(facts: CertificateFacts): TlsDocument["chain"][number] {
  const { notBeforeMs, notAfterMs, daysLeft } = facts;
  return {
    subject: facts.subject.toWellFormed(),
    issuer: facts.issuer.toWellFormed(),
    serial: facts.serial,
    publicKey: facts.publicKey,
    signatureAlgorithm: facts.signatureAlgorithm,
    hostNames: facts.hostNames.map((name) => name.toWellFormed()),
    isCa: facts.isCa,
    isSelfSigned: facts.isSelfSigned,
    sha256: facts.sha256,
    ...(notBeforeMs === undefined ? {} : { notBefore: isoTime(notBeforeMs) }),
    ...(notAfterMs === undefined ? {} : { notAfter: isoTime(notAfterMs) }),
    ...(daysLeft === undefined ? {} : { daysLeft }),
  };
}
