/** What a diagnosis is, and the rows it comes from. */

import type { CheckFailure, TroubledCheck } from "../check/mod.ts";
import type { Fault, Stage } from "../errors.ts";
import type { Words } from "./words.ts";

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
