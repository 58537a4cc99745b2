/** The layout of the JSON of a survey: one value for the published schema and for the types of our own code. */

import { SURVEY_GROUPS } from "../common/survey_groups.ts";
import { FAILURE } from "./report_schema.ts";
import {
  choice,
  constant,
  flag,
  integer,
  type JsonSchema,
  list,
  number,
  record,
  reference,
  schemaFile,
  text,
  type TypeOf,
} from "./schema.ts";

/** Version of the layout: members are added, never renamed or removed, while it stays. */
export const SURVEY_LAYOUT_VERSION = 1;

const group = choice("What a SOP class is for.", SURVEY_GROUPS);

const SYNTAX = record("A transfer syntax that was asked for.", {
  required: {
    uid: text("Its UID."),
    code: text("A short code of ours."),
    name: text("Its name in PS3.6."),
  },
  optional: {},
});

const CLASS = record("A SOP class that was asked for.", {
  required: {
    uid: text("Its UID."),
    name: text("Its name in PS3.6."),
    group,
    retired: flag("Whether the standard has retired it."),
    accepted: list("UIDs of the transfer syntaxes in which it was accepted.", text("A UID.")),
  },
  optional: {
    refusal: choice("Why it was not accepted (PS3.8 Table 9-18).", [
      "user-rejection",
      "no-reason",
      "abstract-syntax-not-supported",
      "transfer-syntaxes-not-supported",
      "reserved",
      "unanswered",
    ]),
    roles: record("Roles that the peer takes for it (PS3.7 D.3.3.4); absent: not known.", {
      required: {
        scp: flag("Whether it serves the class."),
        scu: flag(
          "Whether it uses the class on an association that was asked for by the other side.",
        ),
      },
      optional: {},
    }),
  },
});

const SURVEY = record("A survey of one peer.", {
  required: {
    version: constant("Version of this layout.", SURVEY_LAYOUT_VERSION),
    program: text("The program and its version."),
    host: text("Host name or address as it was given."),
    port: integer("TCP port.", { maximum: 65_535 }),
    callingAeTitle: text("Our AE title."),
    calledAeTitle: text("The peer's AE title."),
    startedAt: text("When it began, UTC.", { format: "date-time" }),
    elapsedMs: number("How long it took, in milliseconds.", { minimum: 0 }),
    groups: list("The groups that were asked for.", group),
    associations: integer("How many associations were asked for."),
    complete: flag("Whether everything was asked."),
    syntaxes: list("The transfer syntaxes, in the order of columns.", SYNTAX),
    classes: list("The SOP classes, in the order of PS3.6.", CLASS),
  },
  optional: {
    incomplete: text("Why not everything was asked."),
    implementationClassUid: text("The peer's implementation class UID."),
    implementationVersionName: text("The peer's implementation version name."),
  },
});

/** A survey as data. */
export type SurveyDocument = TypeOf<typeof SURVEY>;

const ENTRY = record("One peer of a plan: with its survey, with a failure, or skipped.", {
  required: {
    name: text("Its name in the plan."),
    host: text("Host name or address as it was given."),
    port: integer("TCP port.", { maximum: 65_535 }),
    outcome: choice("What came of it; failed: already the first association.", [
      "complete",
      "incomplete",
      "failed",
      "skipped",
    ]),
  },
  optional: {
    survey: reference("survey", SURVEY),
    failure: reference("failure", FAILURE),
  },
});

const SURVEYS = record("Surveys of the peers of a plan or a list.", {
  required: {
    version: constant("Version of this layout.", SURVEY_LAYOUT_VERSION),
    kind: constant("What this is.", "surveys"),
    program: text("The program and its version."),
    complete: flag("Whether everything was asked of all of them."),
    surveys: list("The peers in their order.", reference("entry", ENTRY)),
  },
  optional: {},
});

/** Surveys of many peers as data. */
export type SurveysDocument = TypeOf<typeof SURVEYS>;

/** The schema of what `--survey --json` prints, for the file in `docs/`. */
export const SURVEY_SCHEMA: JsonSchema = schemaFile({
  title: "echoscu survey",
  description: "What `echoscu --survey GROUPS --json` prints, with a plan `surveys`.",
  alternatives: ["survey", "surveys"],
  definitions: { survey: SURVEY, surveys: SURVEYS, entry: ENTRY, failure: FAILURE },
});
