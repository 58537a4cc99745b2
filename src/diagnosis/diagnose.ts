/** Looks a failed check up in the table of situations. */

import type { TroubledCheck } from "../check/mod.ts";
import { SITUATIONS } from "./situations.ts";
import { type Speech, spoken } from "./speech.ts";
import type { Diagnosis } from "./types.ts";
import { wordsOf } from "./words.ts";

/** For what no row describes; tests show that no failure we know of ends here. */
const GENERAL = {
  id: "other",
  title: "a failure that has no situation of its own",
  hint: () => "-d shows what was sent and received; the peer's log should say the rest",
} as const;

/**
 * The situation in which `result` ended, and what to try in the words of `speech`: its first error counts, of a verified
 * peer the one with which its association ended.
 */
export function diagnose(result: TroubledCheck, speech: Speech = "options"): Diagnosis {
  const error = result.outcome === "failed" ? result.error : result.endingError;
  const situation = SITUATIONS.find((row) => row.applies(error, result)) ?? GENERAL;
  const words = wordsOf(error, result);
  const said = words.comment === "" ? "" : `; it says "${words.comment}"`;
  return {
    situation: situation.id,
    title: situation.title,
    stage: error.stage,
    fault: error.fault,
    hint: error.hint ?? `${spoken(situation.hint, { words, speech })}${said}`,
  };
}
