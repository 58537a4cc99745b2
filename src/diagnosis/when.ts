/** Conditions of situations, narrowed to one class of failures. */

import type { CheckFailure, Violation } from "../check/mod.ts";
import type { Stage } from "../errors.ts";
import type { Applies, Facts } from "./types.ts";

type Name = CheckFailure["name"];
type FailureNamed<N extends Name> = Extract<CheckFailure, { name: N }>;
type Kind = Violation["kind"];

/** Applies to failures called `name` that pass `test`. */
export function when<N extends Name>(
  name: N,
  test: (failure: FailureNamed<N>, facts: Facts) => boolean,
): Applies {
  return (failure, facts) => failure.name === name && test(failure as FailureNamed<N>, facts);
}

/** Applies to violations of one kind at `stage` that pass `test`. */
export function whenViolated<K extends Kind>(
  kind: K,
  at: {
    readonly stage: Stage;
    readonly test?: (violation: Extract<Violation, { kind: K }>) => boolean;
  },
): Applies {
  return when(
    "ProtocolViolation",
    ({ stage, violation }) =>
      stage === at.stage && violation.kind === kind &&
      (at.test?.(violation as Extract<Violation, { kind: K }>) ?? true),
  );
}
