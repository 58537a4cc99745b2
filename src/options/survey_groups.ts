/** Reads the word of `--survey`. */

import { SURVEY_GROUPS, type SurveyGroup } from "../common/survey_groups.ts";
import type { ValueOutcome } from "./row.ts";

/** Words that a shell offers. */
export const SURVEY_WORDS: readonly string[] = ["all", ...SURVEY_GROUPS];

/** The groups that `word` names, separated by commas, in the order of `SURVEY_GROUPS`; `all`: every one. */
export function parseSurveyGroups(
  word: string,
): ValueOutcome<{ readonly groups: readonly SurveyGroup[] }> {
  const named = new Set(word.split(","));
  if ([...named].some((one) => !SURVEY_WORDS.includes(one))) return { reason: "invalid" };
  return { value: { groups: SURVEY_GROUPS.filter((one) => named.has(one) || named.has("all")) } };
}
