/** Looks a failed check up in the table of situations. */

import type { TroubledCheck } from "../check/mod.ts";
import { say } from "./sentence.ts";
import { SITUATIONS } from "./situations.ts";
import type { Speech } from "./speech.ts";
import type { Diagnosis, Situation } from "./types.ts";

/** For what no row describes; tests show that no failure we know of ends here. */
const GENERAL: Pick<Situation, "id" | "title" | "hint"> = {
  id: "other",
  title: "a failure that has no situation of its own",
  hint: say`-d shows what was sent and received; the peer's log should say the rest`,
};

/**
 * The situation in which `result` ended, and what to try in the words of `speech`: its first error counts, of a verified
 * peer the one with which its association ended.
 */
export function diagnose(result: TroubledCheck, speech: Speech = "options"): Diagnosis {
  const failure = result.outcome === "failed" ? result.error : result.endingError;
  const { id, title, hint } = SITUATIONS.find((row) => row.matches(failure, result)) ?? GENERAL;
  return {
    situation: id,
    title,
    stage: failure.stage,
    fault: failure.fault,
    hint: failure.hint ?? hint.said({ of: { ...result, failure }, speech }),
  };
}
