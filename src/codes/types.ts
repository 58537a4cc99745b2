/** What a code, or a line of a log, means. */

import type { Fault, Stage } from "../errors.ts";

/** One situation that it may mean, from the table of the hints. */
export interface PossibleSituation {
  /** Stable name. */
  readonly situation: string;
  /** What it means, as a clause. */
  readonly title: string;
  /** How far the check got. */
  readonly stage: Stage;
  /** On whose side it arose. */
  readonly fault: Fault;
  /** What to try; words in capitals mean what belongs to the check. */
  readonly hint: string;
}

/** The explanation of one code. */
export interface Explanation {
  /** The code in its own spelling, such as `rj 1/1/7`. */
  readonly code: string;
  /** What it means, as a clause. */
  readonly meaning: string;
  /** Who said it, and where that is defined. */
  readonly saidBy: string;
  /** What it may mean for a check; empty where there is nothing to try. */
  readonly situations: readonly PossibleSituation[];
}

/** A code that was found in words. */
export type Code =
  | {
    readonly kind: "rejection";
    /** Each as it came; several where the words leave it open. */
    readonly codes: readonly RejectionCodes[];
  }
  /** Absent codes: the words do not give them. */
  | { readonly kind: "abort"; readonly source?: number; readonly reason?: number }
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "alert"; readonly alert: number }
  | { readonly kind: "exit"; readonly code: number }
  | { readonly kind: "situation"; readonly id: string }
  | {
    readonly kind: "condition";
    /** Four digits, a colon, four digits, in lower case; absent: the line has none. */
    readonly number?: string;
    /** What follows it, of which something may vary. */
    readonly text: string;
    /** How far the check had got, where the line says so. */
    readonly stages?: readonly Stage[];
  };

/** Result, source and reason of an A-ASSOCIATE-RJ (PS3.8 Table 9-21). */
export interface RejectionCodes {
  /** 1: permanent, 2: transient. */
  readonly result: number;
  /** 1: service user, 2 and 3: service provider. */
  readonly source: number;
  /** What it means depends on the source. */
  readonly reason: number;
}
