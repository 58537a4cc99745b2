/** What a run knows that says where and whose something is: what a redactor learns. */

import { hostAndPort } from "../common/host.ts";
import { textOfByteString } from "../dicom/mod.ts";
import type { OptionRow, Options, ValueSpec } from "../options/mod.ts";
import { Redactor, type SecretKind } from "./redactor.ts";
import type { ExpectedPeer } from "./types.ts";

/** A redactor that knows what the options and this machine say. */
export function redactorFor(options: Options, machine: string | undefined): Redactor {
  const redactor = new Redactor();
  const { mode, operator, callingAeTitle, calledAeTitle } = options;
  if (machine !== undefined) redactor.learn("machine", machine);
  if (operator !== undefined) redactor.learn("operator", operator);
  learnTitles(redactor, { callingAeTitle, calledAeTitle });
  if ("peer" in mode) redactor.learn("host", mode.peer);
  return redactor;
}

/** Learns what is known of a peer before it is asked. */
export function learnPeer(redactor: Redactor, { name, check }: ExpectedPeer): void {
  redactor.learn("host", check.target.host);
  learnTitles(redactor, check);
  const { userIdentity } = check;
  if (userIdentity !== undefined && NAMED.includes(userIdentity.userIdentityType)) {
    redactor.learn("user", new TextDecoder().decode(userIdentity.primaryField));
  }
  const place = hostAndPort(check.target);
  const isGiven = name !== place && name !== `${textOfByteString(check.calledAeTitle)}@${place}`;
  if (isGiven) redactor.learn("peer", name);
}

/** Types of user identity that begin with a name (PS3.7 Table D.3-14). */
const NAMED = [1, 2];

function learnTitles(
  redactor: Redactor,
  { callingAeTitle, calledAeTitle }: {
    readonly callingAeTitle: string;
    readonly calledAeTitle: string;
  },
): void {
  for (const title of [callingAeTitle, calledAeTitle]) {
    redactor.learn("title", textOfByteString(title));
    redactor.learn("title", textOfByteString(title.slice(0, 16)));
  }
}

/** What is learned from the value of an option. */
const LEARNED: Readonly<Record<string, SecretKind>> = {
  "--aetitle": "title",
  "--call": "title",
  "--request-sni": "host",
  "--verify-hostname-as": "host",
  "--operator": "operator",
  "--user": "user",
  "--only": "text",
  "--except": "text",
};

/** The value of an option as others may see it. */
export function shownArgument(
  word: string,
  { row, spec, redactor }: {
    readonly row: OptionRow;
    readonly spec: ValueSpec;
    readonly redactor: Redactor | undefined;
  },
): string {
  if (spec.isSecret === true) return "***";
  if (redactor === undefined) return word;
  const [format = "", ...path] = row.long === "--report" ? word.split("=") : [];
  if (path.length > 0) return `${format}=${redactor.learn("file", path.join("="))}`;
  const isFile = spec.kind === "text" && spec.completes !== undefined;
  const kind = isFile ? "file" : LEARNED[row.long];
  return kind === undefined || word === "-" ? word : redactor.learn(kind, word);
}

/** Learns the texts of a report in JSON that say whose it is: certificates, and what a plan says of itself and peers. */
export function learnReport(redactor: Redactor, report: unknown): void {
  if (typeof report === "object" && report !== null && "title" in report) {
    redactor.learn("text", String(report.title));
  }
  learnMembers(redactor, report);
}

function learnMembers(redactor: Redactor, report: unknown): void {
  if (Array.isArray(report)) return report.forEach((one) => learnMembers(redactor, one));
  if (typeof report !== "object" || report === null) return;
  for (const [name, member] of Object.entries(report)) {
    const kind = MEMBERS[name];
    const texts = Array.isArray(member) ? member : [member];
    if (kind === undefined) learnMembers(redactor, member);
    else {for (const text of texts) {
        if (typeof text === "string") learnText(redactor, { kind, text });
      }}
  }
}

const MEMBERS: Readonly<Record<string, SecretKind>> = {
  site: "text",
  group: "text",
  note: "text",
  contact: "text",
  tags: "text",
  file: "file",
  subject: "text",
  issuer: "text",
  hostNames: "host",
  wanted: "host",
  host: "host",
};

/** A name of a certificate is learned as a whole, and each of its values: a hint may quote one. */
function learnText(
  redactor: Redactor,
  { kind, text }: { readonly kind: SecretKind; readonly text: string },
): void {
  redactor.learn(kind, text);
  for (const part of text.split(/[,+/]/)) {
    const [, value] = part.split("=", 2);
    if (value !== undefined) redactor.learn("text", value);
  }
}
