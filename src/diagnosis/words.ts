/** What a hint may name, as text that is safe to print: everything a peer or a user sent is escaped and bounded. */

import { textOfByteString } from "../dicom/mod.ts";
import type { CheckFailure } from "../check/mod.ts";
import { escapeControls, shortened } from "../common/visible.ts";
import { detailsOf } from "./details.ts";
import type { Facts } from "./types.ts";

/** Everything a hint may name; what a failure does not have is empty. */
export interface Words {
  /** Host as it was given. */
  readonly host: string;
  /** Port number. */
  readonly port: string;
  /** Called AE title as it was sent. */
  readonly called: string;
  /** Calling AE title as it was sent. */
  readonly calling: string;
  /** Address family that was asked for: `IPv4` or `IPv6`. */
  readonly family: string;
  /** The option that asked for it: `-i4` or `-i6`. */
  readonly familyOption: string;
  /** The time limit that ran out, or that would have, with its unit. */
  readonly limit: string;
  /** The option that sets that limit. */
  readonly limitOption: string;
  /** The system's own words. */
  readonly systemText: string;
  /** Source of a rejection or an abort, a number. */
  readonly source: string;
  /** Reason of a rejection or an abort, a number. */
  readonly reason: string;
  /** Reason of an abort in the standard's words. */
  readonly reasonText: string;
  /** Type of the PDU in question. */
  readonly pdu: string;
  /** The field or item at fault. */
  readonly field: string;
  /** Where it starts: bytes from the start of the PDU. */
  readonly offset: string;
  /** Where the standard defines it. */
  readonly clause: string;
  /** A length that came. */
  readonly length: string;
  /** The greatest or least that would do. */
  readonly maximum: string;
  /** A code that came, in hex or decimal as is usual for it. */
  readonly value: string;
  /** What was due instead. */
  readonly expected: string;
  /** The element of a command set at fault. */
  readonly element: string;
  /** A UID that came. */
  readonly uid: string;
  /** Presentation context ID. */
  readonly context: string;
  /** Name of another protocol that the first bytes belong to. */
  readonly protocol: string;
  /** The first bytes that came, as text or in hex. */
  readonly firstBytes: string;
  /** Status of an echo response: four hex digits and an H. */
  readonly status: string;
  /** How many echoes had been answered before, as in `1 echo` and `2 echoes`. */
  readonly answered: string;
  /** What was found out, as a clause. */
  readonly finding: string;
  /** The server name that was sent in a TLS handshake. */
  readonly serverName: string;
  /** Who issued the last certificate that we show. */
  readonly issuer: string;
  /** What would allow what the peer chose, as advice. */
  readonly allowing: string;
  /** How many transfer syntaxes were proposed. */
  readonly proposed: string;
  /** The pause between two echoes, with its unit. */
  readonly interval: string;
  /** What the peer itself says of a failing status: Error Comment (0000,0902). */
  readonly comment: string;
}

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
  const longest = ["finding", "issuer", "allowing"].includes(name) ? LONGEST_CLAUSE : LONGEST_WORD;
  const text = escapeControls(word).replaceAll("\t", "\\x09");
  return shortened(text, longest);
}
