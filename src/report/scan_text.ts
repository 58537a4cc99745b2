/** A scan for people: lines of at most 80 columns, the gravest and the most useful last, where the eye is. */

import { wrapTo } from "./columns.ts";
import { endText } from "./days.ts";
import type { ScanDocument } from "./scan_schema.ts";
import { durationText } from "./values.ts";

const WIDTH = 80;

/** The text of a scan. */
export function scanText(scan: ScanDocument): string {
  const lines = [
    ...wrapped(scan.verdict),
    ...endLines(scan),
    ...scan.versions.flatMap(versionLines),
    ...(scan.speaks === "tls" ? tlsLines(scan) : []),
  ];
  return `${lines.join("\n")}\n`;
}

function tlsLines(scan: ScanDocument): readonly string[] {
  return [
    "",
    ...factLines(scan),
    ...scan.chains.flatMap(chainLines),
    "",
    "profiles of DICOM",
    ...scan.profiles.flatMap(profileLines),
    "",
    "what connects",
    ...scan.commands.flatMap(commandLines),
    ...(scan.commands.length === 0 ? ["  nothing that we know"] : []),
    "",
    "what an auditor would say",
    ...scan.audit.flatMap(auditLines),
    ...(scan.audit.length === 0 ? ["  nothing"] : []),
  ];
}

/** What a scan is made of, and why it is not whole. */
const ENDED = {
  interrupted: "it was interrupted",
  time: "its time was up",
  connections: "there were too many to make",
  peer: "the peer does not answer any more",
} as const;

function endLines(
  { connections, elapsedMs, endedBy }: ScanDocument,
): readonly string[] {
  const made = connections === 1 ? "1 connection" : `${connections} connections`;
  const took = `${made} in ${durationText(elapsedMs)}`;
  return endedBy === undefined
    ? [took]
    : wrapped(`INCOMPLETE after ${took}: ${ENDED[endedBy]}; what follows is what is known so far`);
}

function versionLines(
  { version, offered, refusal, order, suites, groups }: ScanDocument["versions"][number],
): readonly string[] {
  if (!offered) return [`${version}: no${refusal === undefined ? "" : ` (${refusal})`}`];
  const whose = order === undefined
    ? ""
    : order === "server"
    ? ", in the server's order"
    : ", the client's order counts";
  return [
    "",
    version === "SSLv3" ? `${version}: yes` : `${version}: yes${whose}`,
    ...(version === "SSLv3" ? [] : suites.map(({ code, name }) => `  ${code} ${name}`)),
    ...(groups.length === 0 ? [] : wrapped(`groups: ${groups.join(", ")}`, "  ")),
  ];
}

function factLines(scan: ScanDocument): readonly string[] {
  const { clientCertificate: { wanted, authorities }, serverName, extensions } = scan;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["signature schemes", listed(scan.signatureSchemes)],
    ["DH primes", scan.dhBits.length === 0 ? undefined : `${scan.dhBits.join(", ")} bits`],
    ["client certificate", wanted],
    ["accepted CAs", wanted === "not asked for" ? undefined : listed(authorities) ?? "none named"],
    ["server name", nameText(serverName)],
    ...EXTENSIONS.map(([key, label]) => [label, yesNo(extensions[key])] as const),
  ];
  return facts.flatMap(([label, text]) => text === undefined ? [] : factLine(label, text));
}

/** Extensions and habits with what people call them. */
export const EXTENSIONS = [
  ["secureRenegotiation", "secure renegotiation"],
  ["extendedMasterSecret", "extended master secret"],
  ["encryptThenMac", "encrypt-then-MAC"],
  ["sessionTickets", "session tickets"],
  ["compression", "compression"],
  ["signsSha1", "signs with SHA-1"],
] as const;

const LABEL = 24;

function factLine(label: string, text: string): readonly string[] {
  const [first = "", ...others] = wrapTo(text, WIDTH - LABEL);
  const indent = " ".repeat(LABEL);
  return [`${`${label}:`.padEnd(LABEL)}${first}`, ...others.map((line) => indent + line)];
}

function listed(texts: readonly string[]): string | undefined {
  return texts.length === 0 ? undefined : texts.join(", ");
}

/** What is known of a habit. */
export function yesNo(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? "yes" : "no";
}

/** What the server name does, in words. */
export function nameText({ effect, asked = "" }: ScanDocument["serverName"]): string {
  switch (effect) {
    case "not tried":
      return "not needed (--request-sni NAME asks for one)";
    case "none":
      return `asked for ${asked}, which changes nothing`;
    case "changes":
      return `asked for ${asked}; without it another certificate is shown`;
    case "needed":
      return `needed: it answers when asked for ${asked}`;
    case "refused":
      return "the name of --request-sni is refused: it answers when none is asked for";
  }
}

function chainLines(
  { versions, certificates, trusted, distrust }: ScanDocument["chains"][number],
): readonly string[] {
  const trust = trusted === undefined
    ? []
    : wrapped(trusted ? "trusted" : `not trusted: ${distrust ?? ""}`, "  ");
  return [
    "",
    `certificate in ${versions.join(", ")}`,
    ...trust,
    ...certificates.flatMap((one) => [
      ...wrapped(`subject ${one.subject}`, "  "),
      ...wrapped(`issuer  ${one.isSelfSigned ? "itself" : one.issuer}`, "    "),
      ...(one.hostNames.length === 0 ? [] : wrapped(`for     ${one.hostNames.join(", ")}`, "    ")),
      ...wrapped(`key     ${one.publicKey}, signed with ${one.signatureAlgorithm}`, "    "),
      ...wrapped(`until   ${untilText(one)}`, "    "),
    ]),
  ];
}

/** Until when a certificate is valid. */
export function untilText(
  { notAfter, daysLeft }: ScanDocument["chains"][number]["certificates"][number],
): string {
  const day = notAfter?.slice(0, 10) ?? "no date";
  return daysLeft === undefined ? day : `${day}, ${endText(daysLeft)}`;
}

/** Whether a profile fits, in words. */
export const FITS = { fits: "yes", connects: "yes, but", no: "no" } as const;

function profileLines(
  { short, name, fits, why }: ScanDocument["profiles"][number],
): readonly string[] {
  return [
    ...wrapped(`${short} ${FITS[fits].padEnd(9)}${name}`, "  "),
    ...wrapped(why, " ".repeat(14)),
  ];
}

function commandLines(
  { client, line, needs }: ScanDocument["commands"][number],
): readonly string[] {
  return [
    `  ${client === "dcmtk" ? "DCMTK" : "ours "}  ${line}`,
    ...needs.flatMap((need) => wrapped(`needs ${need}`, " ".repeat(9))),
  ];
}

function auditLines(
  { weight, text, reference }: ScanDocument["audit"][number],
): readonly string[] {
  const [first = "", ...others] = wrapTo(`${text} (${reference})`, WIDTH - 9);
  return [`  ${weight.padEnd(7)}${first}`, ...others.map((line) => " ".repeat(9) + line)];
}

function wrapped(text: string, indent = ""): readonly string[] {
  const [first = "", ...others] = wrapTo(text, WIDTH - indent.length - 2);
  return [indent + first, ...others.map((line) => `${indent}  ${line}`)];
}
