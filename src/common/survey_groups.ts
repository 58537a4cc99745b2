/** What SOP classes are for: the groups that a survey can be limited to. */

/** What a SOP class is for. */
export type SurveyGroup =
  | "verification"
  | "storage"
  | "query"
  | "worklist"
  | "print"
  | "commitment"
  | "other";

/** The groups in the order in which they are shown. */
export const SURVEY_GROUPS: readonly SurveyGroup[] = [
  "verification",
  "storage",
  "query",
  "worklist",
  "print",
  "commitment",
  "other",
];
