/**
 * What a failed check means and what to try: a table of situations.
 *
 * Loaded only where a diagnosis is shown; a check that succeeds never needs it.
 */

export type { CallerDiagnosis, CallerGuard, CallerSituation } from "./caller_types.ts";
export { firstBytesOf, type Protocol, protocolOf } from "./banner.ts";
export { diagnoseCaller } from "./callers.ts";
export { CALLER_SITUATIONS } from "./situations_callers.ts";
export { type Asked, MOST_OTHER_WAYS, nextWay, type Verdict, verdictOf } from "./asking.ts";
export { troubleText } from "./file_trouble.ts";
export { diagnose } from "./diagnose.ts";
export type { Speech } from "./speech.ts";
export { SITUATIONS } from "./situations.ts";
export { titleNotes } from "./titles.ts";
export { type OfflineFinding, offlineHint } from "./offline_hints.ts";
export { setupHint } from "./setup_hints.ts";
export type { Sentence, Told } from "./sentence.ts";
export type { Case, Diagnosis, Facts, Guard, Situation } from "./types.ts";
export type { Security, Way } from "./ways.ts";
export {
  acceptsTitles,
  MOST_PROBES,
  nextTitles,
  type Probed,
  type TitleHabit,
  type TitlePair,
  type TitleVerdict,
  titleVerdict,
  type Variation,
} from "./title_probe.ts";
export { abortReasonText } from "./words.ts";
