/** Rows of the options that find out what one peer does, by several associations. */

import type { OptionRow } from "./row.ts";
import { parseSurveyGroups, SURVEY_WORDS } from "./survey_groups.ts";

/** Other modes, and what is about one check. */
const NOT_SURVEYED = [
  "--listen",
  "--selftest",
  "--exporter",
  "--watch",
  "--wait-until-up",
  "--diagnose",
  "--tls-scan",
  "--retries",
  "--verify-cert",
  "--is-root-cert",
  "--explain-code",
] as const;

/** What runs of a plan have and surveys of its peers have not. */
const NOT_OF_SURVEYS = ["--plan-check", "--jobs", "--jobs-per-host", "--deadline"] as const;

/** The survey. */
export const SURVEY_ROWS = [
  {
    long: "--survey",
    group: "additional options:",
    subgroup: "instead of a check of peer and port:",
    values: [{
      kind: "parsed",
      label: "[g]roups",
      form:
        "all, or some of verification, storage, query, worklist, print, commitment and other, " +
        "with commas between them",
      parse: parseSurveyGroups,
      suggestions: SURVEY_WORDS,
    }],
    help: [
      "ask which SOP classes of g (all; verification,",
      "storage, query, worklist, print, commitment,",
      "other) are accepted, in which syntax and role;",
      "with --plan or --peers of each of their peers",
    ],
    order: 406,
    conflicts: [[...NOT_SURVEYED, ...NOT_OF_SURVEYS]],
  },
  {
    long: "--probe-titles",
    group: "additional options:",
    subgroup: "instead of a check of peer and port:",
    values: [],
    help: [
      "ask a few times with other AE titles; say which",
      "of them the peer checks",
    ],
    order: 406.5,
    conflicts: [[...NOT_SURVEYED, "--plan", "--peers", "--survey", "--report"]],
  },
] as const satisfies readonly OptionRow[];
