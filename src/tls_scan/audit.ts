/** What an auditor would complain about, each with where it is written: BCP 195 is RFC 9325 and RFC 8996. */

import type { CertificateFacts } from "../tls/types.ts";
import { CATALOGUE, type ScanSuite } from "./catalogue.ts";
import type { AuditFinding, ScanResult } from "./types.ts";

/** What is judged. */
type Judged = Pick<ScanResult, "versions" | "chains" | "dhBits" | "habits" | "client">;

const WEIGHTS: readonly AuditFinding["weight"][] = ["must", "should", "note"];

/** The complaints, the gravest first. */
export function auditFindings(judged: Judged): readonly AuditFinding[] {
  const found = [
    ...aboutVersions(judged),
    ...aboutSuites(judged),
    ...aboutExchange(judged),
    ...aboutHabits(judged),
    ...aboutCertificates(judged),
    ...aboutClients(judged),
  ];
  return found.toSorted((left, right) =>
    WEIGHTS.indexOf(left.weight) - WEIGHTS.indexOf(right.weight)
  );
}

function aboutVersions({ versions }: Judged): readonly AuditFinding[] {
  const offers = (name: string) => versions.some((one) => one.version === name && one.isOffered);
  const found: AuditFinding[] = [];
  if (offers("SSLv3")) {
    found.push(
      must("sslv3", { text: "SSL 3.0 is offered, which is broken", reference: "RFC 7568" }),
    );
  }
  const old = [["TLSv1", "TLS 1.0"], ["TLSv1.1", "TLS 1.1"]].flatMap(([name = "", text = ""]) =>
    offers(name) ? [text] : []
  );
  if (old.length > 0) {
    const verb = old.length > 1 ? "are" : "is";
    found.push(
      must("old-versions", { text: `${old.join(" and ")} ${verb} offered`, reference: "RFC 8996" }),
    );
  }
  if (!offers("TLSv1.2") && !offers("TLSv1.3")) {
    found.push(
      must("no-new-version", {
        text: "neither TLS 1.2 nor TLS 1.3 is offered",
        reference: "RFC 9325, 3.1.1",
      }),
    );
  } else if (!offers("TLSv1.3")) {
    found.push(
      should("no-tls13", { text: "TLS 1.3 is not offered", reference: "RFC 9325, 3.1.1" }),
    );
  }
  return found;
}

/** Kinds of suites that somebody complains about. */
interface SuiteRule {
  readonly weight: AuditFinding["weight"];
  readonly id: string;
  readonly what: string;
  readonly holds: (suite: ScanSuite) => boolean;
  readonly reference: string;
}

const NEGOTIATE_NOT = "RFC 9325, 4.1";

const SUITE_RULES: readonly SuiteRule[] = [
  {
    weight: "must",
    id: "anonymous",
    what: "suites that prove nobody's identity",
    holds: ({ isAnonymous }) => isAnonymous,
    reference: "RFC 5246, A.5",
  },
  {
    weight: "must",
    id: "null",
    what: "suites that do not encrypt",
    holds: ({ cipher }) => cipher === "none",
    reference: NEGOTIATE_NOT,
  },
  {
    weight: "must",
    id: "export",
    what: "export suites",
    holds: ({ cipher }) => cipher === "export",
    reference: NEGOTIATE_NOT,
  },
  {
    weight: "must",
    id: "rc4",
    what: "RC4",
    holds: ({ name }) => name.includes("_RC4_"),
    reference: "RFC 7465",
  },
  {
    weight: "must",
    id: "des",
    what: "DES",
    holds: ({ cipher, name }) => cipher === "broken" && !name.includes("_RC4_"),
    reference: NEGOTIATE_NOT,
  },
  {
    weight: "should",
    id: "64-bit",
    what: "3DES or IDEA, with blocks of 64 bits",
    holds: ({ cipher }) => cipher === "64-bit",
    reference: `${NEGOTIATE_NOT}; CVE-2016-2183`,
  },
  {
    weight: "should",
    id: "no-forward-secrecy",
    what: "no forward secrecy",
    holds: ({ exchange }) => ["rsa", "dh", "ecdh"].includes(exchange),
    reference: NEGOTIATE_NOT,
  },
];

function aboutSuites({ versions }: Judged): readonly AuditFinding[] {
  const codes = new Set(versions.flatMap(({ suites }) => suites.map(({ code }) => code)));
  const suites = [...codes].flatMap((code) => CATALOGUE.get(code) ?? []);
  return SUITE_RULES.flatMap(({ weight, id, what, holds, reference }) => {
    const names = suites.filter(holds).map(({ name }) => name);
    return names.length === 0
      ? []
      : [{ weight, id, text: `${what}: ${namesOf(names)}`, reference }];
  });
}

const MOST_NAMES = 3;

function namesOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more <= 0 ? names.join(", ") : `${names.slice(0, MOST_NAMES).join(", ")} and ${more} more`;
}

function aboutExchange({ dhBits, habits, versions }: Judged): readonly AuditFinding[] {
  const found: AuditFinding[] = [];
  const short = dhBits.filter((bits) => bits < LEAST_BITS);
  if (short.length > 0) {
    const text = `Diffie-Hellman with ${short.join(" and ")} bits, less than ${LEAST_BITS}`;
    found.push(must("short-dh", { text, reference: "RFC 9325, 4.5" }));
  }
  if (dhBits.length > 0) {
    const text = "DHE in TLS 1.2 or older: prefer ECDHE";
    found.push(should("dhe", { text, reference: "RFC 9325, 4.1" }));
  }
  const hasBlocks = versions.some(({ suites }) =>
    suites.some(({ code }) => CATALOGUE.get(code)?.cipher === "cbc")
  );
  if (hasBlocks && habits.encryptThenMac !== true) {
    const text = "CBC suites without encrypt-then-MAC";
    found.push(should("cbc", { text, reference: "RFC 7366; RFC 9325, 4.2" }));
  }
  return found;
}

function aboutHabits({ habits }: Judged): readonly AuditFinding[] {
  const found: AuditFinding[] = [];
  if (habits.compression === true) {
    found.push(
      should("compression", { text: "TLS compression is on", reference: "RFC 9325, 3.3" }),
    );
  }
  if (habits.secureRenegotiation === false) {
    const text = "no secure renegotiation";
    found.push(must("renegotiation", { text, reference: "RFC 5746; RFC 9325, 3.5" }));
  }
  if (habits.extendedMasterSecret === false) {
    const text = "no extended master secret";
    found.push(must("master-secret", { text, reference: "RFC 7627; RFC 9325, 3.5" }));
  }
  if (habits.signsSha1 === true) {
    const text = "signs the key exchange with SHA-1 when asked to";
    found.push(must("sha1-exchange", { text, reference: "RFC 9155" }));
  }
  return found;
}

function aboutClients({ client }: Judged): readonly AuditFinding[] {
  if (client.certificate !== "not asked for") return [];
  const text = "clients need no certificate: whoever reaches the port may speak";
  return [{ weight: "note", id: "no-client-certificate", text, reference: "PS3.15 Annex B" }];
}

/** Days before its end from which a certificate is worth a word. */
const SOON_DAYS = 30;

/** About all certificates, each once. */
function aboutCertificates({ chains }: Pick<ScanResult, "chains">): readonly AuditFinding[] {
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

/** Keys and primes below this can be broken by those who try hard. */
const LEAST_BITS = 2048;

/** A complaint, and where it is written. */
type Words = Pick<AuditFinding, "text" | "reference">;

/** Something forbidden or broken. */
function must(id: string, words: Words): AuditFinding {
  return { weight: "must", id, ...words };
}

/** Something that is advised against. */
function should(id: string, words: Words): AuditFinding {
  return { weight: "should", id, ...words };
}
