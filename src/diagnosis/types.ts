/** What a diagnosis is, and the rows it comes from. */

import type { CheckFailure, TroubledCheck } from "../check/mod.ts";
import type { Fault, Stage } from "../errors.ts";

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
  /** A file that could not be loaded. */
  readonly file: string;
  /** The option that names it and what is wrong with it. */
  readonly fileTrouble: string;
  /** What would allow what the peer chose, as advice. */
  readonly allowing: string;
  /** How many transfer syntaxes were proposed. */
  readonly proposed: string;
  /** The pause between two echoes, with its unit. */
  readonly interval: string;
  /** What the peer itself says of a failing status: Error Comment (0000,0902). */
  readonly comment: string;
}

/** What is known besides the failure itself. */
export type Facts = Pick<TroubledCheck, "check" | "echoes" | "association" | "tls">;

/** Whether a situation is the one after a failure. */
export type Applies = (failure: CheckFailure, facts: Facts) => boolean;

/** One situation in which a check ends: a row of `docs/diagnosis.md`. */
export interface Situation {
  /** Stable name in kebab-case; never renamed once released. */
  readonly id: string;
  /** How far the check got. */
  readonly stage: Stage;
  /** On whose side it arose; the same as the failure's own. */
  readonly fault: Fault;
  /** What it means, as a clause. */
  readonly title: string;
  /** Whether this row describes a failure: exactly one row does. */
  readonly applies: Applies;
  /** What to try: one sentence in lower case without a full stop, or what is known where nothing is to be done. */
  readonly hint: (words: Words) => string;
}

/** What became of looking a failed check up. */
export interface Diagnosis {
  /** Stable name of the situation. */
  readonly situation: string;
  /** What it means, as a clause. */
  readonly title: string;
  /** How far the check got. */
  readonly stage: Stage;
  /** On whose side it arose. */
  readonly fault: Fault;
  /** What to try: one line without control characters. */
  readonly hint: string;
}
