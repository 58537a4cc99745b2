/** What an auditor would complain about in certificates. */

import type { CertificateFacts } from "../tls/types.ts";
import { LEAST_BITS, must, should } from "./audit_words.ts";
import type { AuditFinding, ScanResult } from "./types.ts";

/** Days before its end from which a certificate is worth a word. */
const SOON_DAYS = 30;

/** About all certificates, each once. */
export function aboutCertificates({ chains }: Pick<ScanResult, "chains">): readonly AuditFinding[] {
  const seen = new Map(
    chains.flatMap(({ certificates }) =>
      certificates.map((one, at) => [one.sha256, { one, isOwn: at === 0 }] as const)
    ),
  );
  const found = [...seen.values()].flatMap(({ one, isOwn }) => aboutCertificate(one, isOwn));
  const untrusted = chains.flatMap(({ trust }) =>
    trust?.isTrusted === false ? [trust.why ?? ""] : []
  );
  const reasons = [...new Set(untrusted)];
  return [
    ...found,
    ...reasons.map((why) =>
      must("untrusted", { text: `its certificate is refused: ${why}`, reference: "RFC 5280, 6" })
    ),
  ];
}

function aboutCertificate(
  { subject, publicKey, daysLeft, signatureAlgorithm, isSelfSigned, hostNames }: CertificateFacts,
  isOwn: boolean,
): readonly AuditFinding[] {
  const found = [...aboutKey(publicKey, subject)];
  if (daysLeft !== undefined && daysLeft < 0) {
    found.push(must("expired", { text: `expired: ${subject}`, reference: "RFC 5280, 6.1.3" }));
  } else if (daysLeft !== undefined && daysLeft < SOON_DAYS) {
    found.push(
      should("expires-soon", {
        text: `ends in ${daysLeft} days: ${subject}`,
        reference: "RFC 5280, 4.1.2.5",
      }),
    );
  }
  if (/SHA1|MD5|MD2|MD4/i.test(signatureAlgorithm) && !isSelfSigned) {
    found.push(
      must("old-signature", {
        text: `signed with ${signatureAlgorithm}: ${subject}`,
        reference: "RFC 9325, 4.5",
      }),
    );
  }
  if (isOwn && isSelfSigned) {
    found.push(
      should("self-signed", { text: `self-signed: ${subject}`, reference: "RFC 9325, 7.1" }),
    );
  }
  if (isOwn && hostNames.length === 0) {
    found.push(should("no-host", { text: `names no host: ${subject}`, reference: "RFC 9525, 6" }));
  }
  return found;
}

function aboutKey(publicKey: string, subject: string): readonly AuditFinding[] {
  const [kind = "", bits = ""] = publicKey.split(" ");
  const found: AuditFinding[] = [];
  if (/^(?:RSA|RSA-PSS|DSA)$/.test(kind) && Number(bits) < LEAST_BITS) {
    const text = `${publicKey} key of ${subject}`;
    found.push(must("short-key", { text, reference: "RFC 9325, 4.5" }));
  }
  if (kind === "DSA") {
    found.push(must("dsa", { text: `DSA key of ${subject}`, reference: "RFC 8446, 4.2.3" }));
  }
  return found;
}
