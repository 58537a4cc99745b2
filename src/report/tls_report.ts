/** The report of `--tls-report`: what the peer's TLS is and what it shows, for people. */

import { bareHost } from "../common/host.ts";
import { endText } from "./days.ts";
import type { CheckedTls, CheckResult } from "../check/mod.ts";
import type {
  AcceptedAuthorities,
  CertificateFacts,
  EndingFile,
  TlsFacts,
  TlsWeakness,
} from "../tls/types.ts";

/** The report of one check, line by line; where TLS never stood, one line says so. */
export function tlsReportLines(result: CheckResult): readonly string[] {
  const { host, port } = result.check.target;
  const peer = `${host.includes(":") ? `[${bareHost(host)}]` : host}:${port}`;
  if (result.tls === undefined) {
    const rows = authorityRows(authoritiesIn(result));
    return [`TLS of ${peer}: no handshake came about`, ...rowsOf(rows)];
  }
  const { facts } = result.tls;
  return [
    `TLS of ${peer}`,
    ...rowsOf([
      ["protocol", facts.protocol],
      ["cipher suite", `${facts.cipherSuite} (${facts.cipherBits} bits)`],
      ["engine", facts.engine === "own" ? "our own" : "the runtime's"],
      ...weakRows(facts),
      ["profiles that fit", facts.fittingProfiles.map((name) => `--profile-${name}`).join(" ")],
      ["trust", trustText(facts)],
      ["revocation", revocationText(facts)],
      ["name", nameText(facts)],
      ["client certificate", clientText(result.tls)],
      ...authorityRows(authoritiesIn(result)),
    ]),
    ...facts.chain.flatMap((certificate, at) => certificateLines(certificate, at)),
    ...pathLines(facts),
  ];
}

function weakRows({ weaknesses }: TlsFacts): readonly (readonly [string, string])[] {
  if (weaknesses.length === 0) return [];
  return [["weak", weaknesses.map((one) => WEAKNESSES[one]).join(", ")]];
}

/** What is weak, for people; by the names that documents have. */
const WEAKNESSES: Readonly<Record<TlsWeakness, string>> = {
  "not-encrypted": "nothing is encrypted",
  "old-version": "a version out of use (RFC 8996)",
  "old-cipher": "3DES",
  "no-forward-secrecy": "no forward secrecy",
  "short-key": "the peer's key is short",
  "old-signature": "its certificate is signed with SHA-1 or MD5",
  "short-dh": "the Diffie-Hellman prime is short",
};

/** One line about what is weak and not allowed; `undefined`: nothing is, or TLS did not come about. */
export function weaknessWarning(
  { tls }: CheckResult,
  allowed: readonly TlsWeakness[] = [],
): string | undefined {
  const weaknesses = (tls?.facts.weaknesses ?? []).filter((one) => !allowed.includes(one));
  if (tls?.facts.refusal !== undefined || weaknesses.length === 0) return undefined;
  return `TLS is weak: ${weaknesses.map((one) => WEAKNESSES[one]).join(", ")}`;
}

/** Certificates of the peer, and those of the path found for it, that end within `days`, each as a sentence. */
export function expiryWarnings(result: CheckResult, days: number): readonly string[] {
  const { chain = [], path = [] } = result.tls?.facts ?? {};
  const all = new Map([...chain, ...path].map((one) => [one.sha256, one]));
  return [...all.values()].flatMap((certificate) => {
    const { daysLeft, subject } = certificate;
    if (daysLeft === undefined || daysLeft >= days) return [];
    return [`Certificate of the peer ${endText(daysLeft)}: ${subject} (${dateOf(certificate)})`];
  });
}

/** What of our own ends within `days`, each as a sentence, and each once. */
export function endWarnings(
  ends: readonly EndingFile[],
  { days, nowMs }: { readonly days: number; readonly nowMs: number },
): readonly string[] {
  const near = ends.flatMap(({ what, name, endsMs }) => {
    const daysLeft = Math.floor((endsMs - nowMs) / DAY_MS);
    if (daysLeft >= days) return [];
    const whose = what === "own certificate" ? "Own certificate" : "Revocation list";
    return [`${whose} ${endText(daysLeft)}: ${name} (${day(endsMs)})`];
  });
  return [...new Set(near)];
}

const DAY_MS = 86_400_000;

function dateOf({ notAfterMs }: CertificateFacts): string {
  return notAfterMs === undefined ? "no date" : day(notAfterMs);
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function trustText({ trust, refusal }: TlsFacts): string {
  if (refusal === undefined) return trust;
  switch (refusal.kind) {
    case "certificate":
      return `refused: ${refusal.sentence}`;
    case "outside-profile":
      return "refused: version or cipher suite are not of the profile asked for";
    case "host-name":
      return "trusted, but refused because of the name";
    case "trust-file":
      return `refused: ${refusal.path} cannot be read`;
    case "unreadable":
      return "refused: the certificate cannot be read";
    case "no-certificate":
      return "refused: no certificate was shown";
  }
}

function revocationText({ revocation: { checked, lists }, refusal }: TlsFacts): string {
  if (checked === "none") {
    return refusal?.kind === "certificate" ? "not settled" : "not checked (+crl FILE)";
  }
  const what = checked === "leaf" ? "its certificate" : "all certificates of the path";
  return [what, ...lists.map(listText)].join(", ");
}

function listText({ issuer, nextUpdateMs }: TlsFacts["revocation"]["lists"][number]): string {
  const until = nextUpdateMs === undefined ? "without an end" : `valid until ${day(nextUpdateMs)}`;
  return `by the list of ${issuer}, ${until}`;
}

function nameText({ name }: TlsFacts): string {
  const { wanted, matches, required } = name;
  const held = matches
    ? `the certificate is for ${wanted}`
    : `the certificate is not for ${wanted}`;
  return required ? held : `${held} (not required)`;
}

function clientText({ ownCertificate }: CheckedTls): string {
  return ownCertificate ?? "not known, the peer was refused before";
}

/** Whose certificates the peer accepts, as it said in a handshake that was done, or in one that failed. */
function authoritiesIn(result: CheckResult): AcceptedAuthorities | undefined {
  if (result.tls !== undefined) return result.tls.authorities;
  if (result.outcome === "verified" || result.error.name !== "TlsFailed") return undefined;
  const { problem } = result.error;
  if (problem.kind === "alert") return problem.authorities;
  const isCut = problem.kind === "ended" || problem.kind === "timed-out";
  return isCut ? problem.progress?.authorities : undefined;
}

/** One row for each; none where nothing is known. */
function authorityRows(
  authorities: AcceptedAuthorities | undefined,
): readonly (readonly [string, string])[] {
  if (authorities === undefined) return [];
  const { names, more } = authorities;
  if (names.length === 0) return [["accepted CAs", "any CA (it names none)"]];
  const all = more === 0 ? names : [...names, `${more} more`];
  return all.map((name, at) => [at === 0 ? "accepted CAs" : "", name]);
}

function certificateLines(certificate: CertificateFacts, at: number): readonly string[] {
  const { notBeforeMs, notAfterMs, daysLeft, hostNames } = certificate;
  const from = notBeforeMs === undefined ? "?" : day(notBeforeMs);
  const until = notAfterMs === undefined ? "?" : day(notAfterMs);
  const left = daysLeft === undefined ? "" : `, ${endText(daysLeft)}`;
  const kind = certificate.isCa ? "CA" : certificate.isSelfSigned ? "self-signed" : "end entity";
  return [
    `  certificate ${at + 1} (${kind})`,
    ...rowsOf([
      ["subject", certificate.subject],
      ["issuer", certificate.isSelfSigned ? "itself" : certificate.issuer],
      ["for", hostNames.length === 0 ? "no host named" : hostNames.join(", ")],
      ["valid", `${from} to ${until}${left}`],
      ["key", `${certificate.publicKey}, signed with ${certificate.signatureAlgorithm}`],
      ["serial", certificate.serial],
      ["SHA-256", certificate.sha256],
    ], "    "),
  ];
}

/** The certificates of the path that the peer did not send. */
function pathLines({ chain, path }: TlsFacts): readonly string[] {
  const sent = new Set(chain.map(({ sha256 }) => sha256));
  const added = path.filter(({ sha256 }) => !sent.has(sha256));
  return added.map(({ subject, notAfterMs }) =>
    `  from the trusted ones: ${subject}${
      notAfterMs === undefined ? "" : `, valid until ${day(notAfterMs)}`
    }`
  );
}

function rowsOf(pairs: readonly (readonly [string, string])[], indent = "  "): readonly string[] {
  return pairs.map(([name, text]) => `${indent}${(name && `${name}:`).padEnd(20)}${text}`);
}
