/** What a diagnosis of a caller is, and the rows it comes from. */

import type { Fault } from "../errors.ts";
import type { ConnectionEnd, ConnectionRecord } from "../scp/mod.ts";

/** What a hint about a caller may name, safe to print. */
export interface CallerWords {
  /** The protocol that was spoken instead of DICOM. */
  readonly protocol: string;
  /** Context IDs that are at fault. */
  readonly ids: string;
  /** A time limit, with its unit. */
  readonly limit: string;
  /** What exactly was wrong, as a clause. */
  readonly finding: string;
}

/** The words as documents show them. */
export const CALLER_PLACEHOLDERS: CallerWords = {
  protocol: "PROTOCOL",
  ids: "IDS",
  limit: "LIMIT",
  finding: "FINDING",
};

/** One situation in which a connection to us ends: a row of `docs/diagnosis.md`. */
export interface CallerSituation {
  /** Stable name in kebab-case; never renamed once released. */
  readonly id: string;
  /** On whose side it arose. */
  readonly fault: Fault;
  /** What it means, as a clause. */
  readonly title: string;
  /** Whether this row describes a connection; the first that does counts. */
  readonly applies: (record: ConnectionRecord) => boolean;
  /** What to try: one sentence in lower case without a full stop. */
  readonly hint: (words: CallerWords) => string;
}

/** What became of looking up how a connection ended. */
export interface CallerDiagnosis {
  /** Stable name of the situation. */
  readonly situation: string;
  /** What it means, as a clause. */
  readonly title: string;
  /** On whose side it arose. */
  readonly fault: Fault;
  /** What to try: one line without control characters. */
  readonly hint: string;
}

/** The protocol that was spoken instead of DICOM, as far as it is known. */
export function callerOf(end: ConnectionEnd): string | undefined {
  if (end.type === "violation" && end.violation.kind === "foreign") return end.violation.caller;
  return end.type === "lost" || end.type === "timed-out" ? end.caller : undefined;
}
