/** Conditions of situations, narrowed to one class of failures. */

import type { CheckFailure, Violation } from "../check/mod.ts";
import type { Stage } from "../errors.ts";
import type { TlsProblem } from "../tls/types.ts";
import type { Applies, Facts } from "./types.ts";

type Name = CheckFailure["name"];
type FailureNamed<N extends Name> = Extract<CheckFailure, { name: N }>;
type Kind = Violation["kind"];

/** What the C library says of a write that its time limit ended. */
export const STALLED = "Resource temporarily unavailable";

/** Applies to failures called `name` that pass `test`, unless they are due to a TLS connection that broke. */
export function when<N extends Name>(
  name: N,
  test: (failure: FailureNamed<N>, facts: Facts) => boolean,
): Applies {
  return (failure, facts) =>
    failure.name === name && !isBrokenByTls(failure) && test(failure as FailureNamed<N>, facts);
}

/** Applies to handshakes that failed by a problem that passes `test`. */
export function whenProblem(test: (problem: TlsProblem) => boolean): Applies {
  return when("TlsFailed", ({ problem }) => test(problem));
}

/** Applies to a TLS connection that broke at `stage`, after its handshake. */
export function whenTlsBroke(stage: Stage): Applies {
  return (failure) => failure.stage === stage && isBrokenByTls(failure);
}

function isBrokenByTls(failure: CheckFailure): boolean {
  return (failure.name === "ConnectionLost" || failure.name === "SendFailed") &&
    failure.details.tls !== undefined;
}

/** Whether a pause between echoes preceded the failure, so that the association had been idle. */
export function wasIdle({ check, echoes }: Facts): boolean {
  return echoes.length > 0 && (check.intervalSeconds ?? 0) > 0;
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
