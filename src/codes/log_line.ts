/** Lines of logs: those of DCMTK's programs and of this one, and the numbers that other libraries print. */

import { messagesOf } from "../log/mod.ts";
import { AssociationRejected } from "../check/mod.ts";
import type { Stage } from "../errors.ts";
import { ALERT_NAMES } from "../common/tls_alerts.ts";
import { CONDITION_LINES } from "./condition_lines.ts";
import { MODULES } from "./condition_names.ts";
import { isSituation } from "./possible.ts";
import type { Code, RejectionCodes } from "./types.ts";

/** How far a check had got that logged this. */
const PREFIXES: readonly (readonly [RegExp, readonly Stage[]])[] = [
  [/Association Request Failed: /, ["resolve", "connect", "tls", "associate"]],
  [/Echo (?:SCU )?Failed: /, ["echo"]],
  [/Association Release Failed: /, ["release"]],
  [/Association Abort Failed: /, ["abort"]],
];

/** The codes in the lines of `text`, each once. */
export function codesOfLine(text: string): readonly Code[] {
  const lines = text.split(/[\r\n]+/);
  const rejection = rejectionOf(text);
  const stages = lines.map(stagesOf).find((found) => found !== undefined);
  const codes = [
    ...(rejection === undefined ? [] : [rejection]),
    ...lines.flatMap((line) => codesOf(line, stages)),
  ];
  const told = withoutFrames(codes);
  const texts = told.map((code) => JSON.stringify(code));
  return told.filter((_, at) => texts.indexOf(texts[at] ?? "") === at);
}

function stagesOf(line: string): readonly Stage[] | undefined {
  return PREFIXES.find(([prefix]) => prefix.test(line))?.[1];
}

function codesOf(line: string, stages: readonly Stage[] | undefined): readonly Code[] {
  const status = /(?:Unknown Status: |DIMSE Status *: )0x([0-9a-f]{1,4})\b/i.exec(line)?.[1];
  const source = /a-abort\W{0,3}source[:= ]{1,3}(\d{1,3})\b[^\n]{0,60}?reason[:= ]{1,3}(\d{1,3})\b/i
    .exec(line);
  const id = /\bsituation["':= ]{1,4}([a-z]+(?:-[a-z0-9]+)*)/.exec(line)?.[1];
  const alert = alertIn(line);
  return [
    ...(status === undefined ? [] : [{ kind: "status", status: parseInt(status, 16) } as const]),
    ...(source === null ? [] : [
      {
        kind: "abort",
        source: Number(source[1]),
        reason: Number(source[2]),
      } as const,
    ]),
    ...(id !== undefined && isSituation(id) ? [{ kind: "situation", id } as const] : []),
    ...(alert === undefined ? conditionsOf(line, stages) : [{ kind: "alert", alert } as const]),
    ...(/Peer Aborted Association$/.test(line) ? [{ kind: "abort" } as const] : []),
  ];
}

/** What is in front of a condition that says what happened. */
const FRAMES: readonly string[] = ["0006:020c", "0006:020d", "0006:020e", "0006:0307"];

function conditionsOf(line: string, stages: readonly Stage[] | undefined): readonly Code[] {
  const at = stages === undefined ? {} : { stages };
  const found = [...line.matchAll(/\b([0-9a-f]{4}):[0-9a-f]{4}\b/gi)]
    .find(([, module = ""]) => MODULES[module.toLowerCase()] !== undefined);
  if (found !== undefined) {
    const [number] = found;
    const text = line.slice(found.index + number.length).trim();
    return [{ kind: "condition", number: number.toLowerCase(), text, ...at }];
  }
  const text = line.replace(/^[A-Z]: /, "").trim();
  const isKnown = CONDITION_LINES.some(([known]) => known === text);
  return isKnown ? [{ kind: "condition", text, ...at }] : [];
}

/** Of conditions that explain one another the last; the texts of a code do not count. */
function withoutFrames(codes: readonly Code[]): readonly Code[] {
  const isFrame = (code: Code | undefined) =>
    code?.kind === "condition" && FRAMES.includes(code.number ?? "");
  return codes.filter((code, at) => !isFrame(code) || codes[at + 1]?.kind !== "condition");
}

/** The alert that OpenSSL, rustls or Java name, or number. */
function alertIn(line: string): number | undefined {
  const number = /\balert number (\d{1,3})\b/i.exec(line)?.[1];
  if (number !== undefined) return Number(number);
  const name = /\balert: ?([A-Za-z_]{3,40})/.exec(line)?.[1] ??
    /\b(?:sslv3|tlsv1|tlsv13) (?:alert )?([a-z ]{3,40})/.exec(line)?.[1];
  return name === undefined ? undefined : alertOf(name);
}

/** The number of the alert called `name`, however its words are joined. */
export function alertOf(name: string): number | undefined {
  const wanted = lettersOf(name);
  const found = Object.entries(ALERT_NAMES).find(([, known]) => lettersOf(known) === wanted);
  return found === undefined ? undefined : Number(found[0]);
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, "");
}

/** A rejection in the reference's words, or in numbers. */
function rejectionOf(text: string): Code | undefined {
  const numbers =
    /\bresult[:= ]{1,3}(\d{1,3})\b[^\n]{0,60}?source[:= ]{1,3}(\d{1,3})\b[^\n]{0,80}?reason[:= ]{1,3}(\d{1,3})\b/i
      .exec(text);
  if (numbers !== null) {
    const [result = 0, source = 0, reason = 0] = numbers.slice(1).map(Number);
    return { kind: "rejection", codes: [{ result, source, reason }] };
  }
  const said = [...inLines(text).matchAll(/(?:Result|Reason): [A-Z][A-Za-z ,():]+/g)]
    .map(([words]) => words.trim());
  const complaints = complaintsIn(text);
  // The words after a complaint about a source or a reason are those of others.
  const meant = complaints.reason === undefined
    ? said
    : said.map((words) => words.replace(/, Source: .*/, "")).filter((words) =>
      /^Result/.test(words)
    );
  if (meant.length === 0 && complaints.reason === undefined) return undefined;
  const codes = [...allRejections()].filter((one) =>
    meant.every((words) => wordsOf(one).some((line) => isSame(line, words)))
  ).map((one) => ({ ...one, ...complaints }));
  return codes.length === 0 ? undefined : { kind: "rejection", codes };
}

/** The lines of a rejection apart again, where they were pasted as one. */
function inLines(text: string): string {
  return text.replaceAll(/\s[A-Z]: |, (?=Reason: )/g, "\n").replaceAll(
    /(?=Re(?:sult|ason): )/g,
    "\n",
  );
}

/** Whether `words`, perhaps cut or in the spelling of another library, are those of a line of the reference. */
function isSame(line: string, words: string): boolean {
  const [known, said] = [line, words].map((text) =>
    text.toLowerCase().replace("recognised", "recognized").replace(/\)$/, "")
  );
  return known?.startsWith(said ?? "") === true || said === `${known} given`;
}

/** Codes that the standard does not define, as the reference complains about them. */
function complaintsIn(text: string): Partial<RejectionCodes> {
  const value = (field: string) => {
    const hex = new RegExp(`A-ASSOCIATE-RJ reject ${field} 0x([0-9a-f]{4})`).exec(text)?.[1];
    return hex === undefined ? undefined : parseInt(hex, 16);
  };
  const [result, reason] = [value("result"), value("reason")];
  return {
    ...(result === undefined ? {} : { result }),
    ...(reason === undefined ? {} : { source: reason >> 8, reason: reason & 0xff }),
  };
}

/** All that the reference has words for. */
function* allRejections(): Iterable<RejectionCodes> {
  for (const result of [1, 2]) {
    for (const pair of ["1/1", "1/2", "1/3", "1/7", "2/1", "2/2", "3/1", "3/2"]) {
      const [source = 0, reason = 0] = pair.split("/").map(Number);
      yield { result, source, reason };
    }
  }
}

const NO_NAMES = {
  uids: () => undefined,
  elements: () => undefined,
  hasDictionary: false,
} as const;

/** The lines that the log has for it. */
function wordsOf(codes: RejectionCodes): readonly string[] {
  const error = new AssociationRejected(codes);
  return messagesOf({ type: "association-request-failed", error }, NO_NAMES)
    .flatMap(({ text }) => (typeof text === "string" ? text : text()).split("\n"));
}
