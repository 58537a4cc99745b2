/** What a hint may name, as text that is safe to print: everything a peer or a user sent is escaped and bounded. */

import { textOfByteString } from "../dicom/mod.ts";
import type { CheckFailure } from "../check/mod.ts";
import { escapeControls, shortened } from "../common/visible.ts";
import { detailsOf } from "./details.ts";
import type { Facts, Words } from "./types.ts";

/** Words that are whole clauses. */
const LONG: readonly string[] = ["finding", "issuer", "allowing", "fileTrouble"];

/** Longest text of one word, and of a whole clause; longer ones are cut. */
const LONGEST_WORD = 64;
const LONGEST_CLAUSE = 250;

const NO_WORDS: Words = {
  host: "",
  port: "",
  called: "",
  calling: "",
  family: "",
  familyOption: "",
  limit: "",
  limitOption: "",
  systemText: "",
  source: "",
  reason: "",
  reasonText: "",
  pdu: "",
  field: "",
  offset: "",
  clause: "",
  length: "",
  maximum: "",
  value: "",
  expected: "",
  element: "",
  uid: "",
  context: "",
  protocol: "",
  firstBytes: "",
  status: "",
  answered: "",
  finding: "",
  serverName: "",
  issuer: "",
  file: "",
  fileTrouble: "",
  allowing: "",
  proposed: "",
  interval: "",
  comment: "",
};

/** For documents: each word is its own name in capitals. */
export const PLACEHOLDERS: Words = mapWords(NO_WORDS, (_, name) => name.toUpperCase());

/** For templates: each word is its own name between two NULs, which no hint has. */
export const MARKERS: Words = mapWords(NO_WORDS, (_, name) => `\0${name}\0`);

/** The words for the hint of a failure. */
export function wordsOf(failure: CheckFailure, facts: Facts): Words {
  const { check, echoes } = facts;
  const words = {
    ...NO_WORDS,
    host: check.target.host,
    port: `${check.target.port}`,
    called: textOfByteString(check.calledAeTitle),
    calling: textOfByteString(check.callingAeTitle),
    answered: `${echoes.length} ${echoes.length === 1 ? "echo" : "echoes"}`,
    proposed: `${check.transferSyntaxes.length}`,
    interval: `${check.intervalSeconds ?? 0} s`,
    ...detailsOf(failure, check),
  };
  return mapWords(words, safe);
}

function mapWords(words: Words, change: (word: string, name: string) => string): Words {
  const changed = Object.entries(words).map(([name, word]) => [name, change(word, name)]);
  return Object.fromEntries(changed) as Words;
}

function safe(word: string, name: string): string {
  const longest = LONG.includes(name) ? LONGEST_CLAUSE : LONGEST_WORD;
  const text = escapeControls(word).replaceAll("\t", "\\x09");
  return shortened(text, longest);
}
