/** From failures and names to rows of the table of hints, as the explanation of a code shows them. */

import type { Check, CheckFailure, EndingFailure, TroubledCheck } from "../check/mod.ts";
import { diagnose, type Situation, SITUATIONS } from "../diagnosis/mod.ts";
import type { PossibleSituation } from "./types.ts";

/** A check of which nothing is known: its words are their own names. */
const UNKNOWN_CHECK: Check = {
  target: { host: "HOST", port: 104, family: "any", connectTimeoutSeconds: undefined },
  callingAeTitle: "CALLING",
  calledAeTitle: "CALLED",
  contexts: 1,
  transferSyntaxes: ["1.2.840.10008.1.2"],
  maximumLength: 16_384,
  acseTimeoutSeconds: 30,
  dimseTimeoutSeconds: undefined,
  socketTimeoutSeconds: 60,
  repeat: 1,
  ending: "release",
};

/** The situations of a check that ended by one of `failures`, each once. */
export function situationsAfter(failures: readonly CheckFailure[]): readonly PossibleSituation[] {
  const found = failures.map((failure) => diagnose(troubled(failure)));
  return found.filter((one, at) => found.findIndex((o) => o.situation === one.situation) === at)
    .map(({ situation, title, stage, fault, hint }) => ({ situation, title, stage, fault, hint }));
}

function troubled(failure: CheckFailure): TroubledCheck {
  const known = { check: UNKNOWN_CHECK, echoes: [], elapsedMs: 0, timings: [] };
  return failure.stage === "release"
    ? { outcome: "verified", endingError: failure as EndingFailure, ...known }
    : { outcome: "failed", error: failure, ...known };
}

/** Whether there is a situation of that name. */
export function isSituation(id: string): boolean {
  return SITUATIONS.some((row) => row.id === id);
}

/** The situations of these names; what they name is in capitals. */
export function situationsCalled(names: readonly string[]): readonly PossibleSituation[] {
  return SITUATIONS.filter(({ id }) => names.includes(id)).map(shown);
}

function shown({ id, title, stage, fault, hint }: Situation): PossibleSituation {
  return { situation: id, title, stage, fault, hint: hint.outline };
}
