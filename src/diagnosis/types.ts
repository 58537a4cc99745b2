/** What a diagnosis is, and the rows it comes from. */

import type { CheckFailure, TroubledCheck } from "../check/mod.ts";
import type { Fault, Stage } from "../errors.ts";
import type { Sentence } from "./sentence.ts";

/** What is known besides the failure itself. */
export type Facts = Pick<TroubledCheck, "check" | "echoes" | "association" | "tls">;

/** A failure with what is known besides it: what the hint of a check is about. */
export type Case<F extends CheckFailure = CheckFailure> = Facts & { readonly failure: F };

/** Whether a situation is the one after a failure, and what kind of failure that makes it. */
export type Guard<F extends CheckFailure> = (failure: CheckFailure, facts: Facts) => failure is F;

/** One situation in which a check ends: a row of `docs/diagnosis.md`. */
export interface Situation<F extends CheckFailure = CheckFailure> {
  /** Stable name in kebab-case; never renamed once released. */
  readonly id: string;
  /** How far the check got. */
  readonly stage: Stage;
  /** On whose side it arose; the same as the failure's own. */
  readonly fault: Fault;
  /** What it means, as a clause. */
  readonly title: string;
  /** Whether this row describes a failure: exactly one row does. */
  readonly matches: Guard<F>;
  /** What to try, or what is known where nothing is to be done: lower case, without a full stop. */
  readonly hint: Sentence<Case<F>>;
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
