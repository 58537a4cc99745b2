/** A survey for people: lines of at most 80 columns. */

import { hostAndPort } from "../common/host.ts";
import { escapeControls } from "../common/visible.ts";
import { cutTo, fillTo, wrapTo } from "./columns.ts";
import { failureText } from "./failure.ts";
import type { SurveyDocument, SurveysDocument } from "./survey_schema.ts";
import { durationText } from "./values.ts";

const WIDTH = 80;
/** Columns of names; syntaxes come after them. */
const NAME_WIDTH = 44;

type SurveyClass = SurveyDocument["classes"][number];

/** The matrix of a survey. */
export function surveyText(survey: SurveyDocument): string {
  return [...matrix(survey), ...legend([survey]), ""].join("\n");
}

/** Peer after peer, each under its name; codes are explained once. */
export function surveysText(document: SurveysDocument): string {
  const { surveys } = document;
  return [
    ...surveys.flatMap((entry, at) => [...(at === 0 ? [] : [""]), ...entryLines(entry)]),
    ...legend(surveys.flatMap(({ survey }) => survey ?? [])),
    "",
    surveysHead(document),
    "",
  ].join("\n");
}

/** How many peers of them could be asked everything. */
export function surveysHead({ surveys }: SurveysDocument): string {
  const complete = surveys.filter(({ outcome }) => outcome === "complete").length;
  return `${complete} of ${surveys.length} ${
    surveys.length === 1 ? "peer" : "peers"
  } surveyed completely`;
}

function entryLines(entry: SurveysDocument["surveys"][number]): readonly string[] {
  const name = escapeControls(entry.name);
  const title = [name, "=".repeat(Math.min(name.length, WIDTH))];
  if (entry.survey !== undefined) return [...title, ...matrix(entry.survey)];
  const { failure } = entry;
  const place = escapeControls(hostAndPort(entry));
  if (failure === undefined) return [...title, `${place} was not asked: interrupted before`];
  const hint = failure.hint === undefined ? [] : wrapTo(`hint: ${failure.hint}`, WIDTH);
  return [
    ...title,
    ...wrapTo(`${place} cannot be surveyed: ${failureText(failure)}`, WIDTH),
    ...hint,
  ];
}

function matrix(survey: SurveyDocument): readonly string[] {
  return [
    ...wrapTo(surveyHead(survey), WIDTH),
    ...(survey.incomplete === undefined
      ? []
      : wrapTo(`INCOMPLETE: ${survey.incomplete}; what follows is what is known so far`, WIDTH)),
    ...survey.groups.flatMap((group) => groupLines(group, survey)),
  ];
}

/** Whom it is about, in one sentence. */
export function surveyHead(survey: SurveyDocument): string {
  const { implementationVersionName: name, associations, elapsedMs, classes } = survey;
  const accepted = classes.filter((one) => one.accepted.length > 0).length;
  return `${survey.calledAeTitle}@${hostAndPort(survey)}${name === undefined ? "" : ` (${name})`}` +
    ` accepts ${accepted} of ${classes.length} SOP classes; asked by ${associations} ` +
    `${associations === 1 ? "association" : "associations"} in ${durationText(elapsedMs)}`;
}

function groupLines(group: string, survey: SurveyDocument): readonly string[] {
  const classes = survey.classes.filter((one) => one.group === group);
  const taken = classes.filter(({ accepted }) => accepted.length > 0);
  const refused = classes.filter(({ accepted }) => accepted.length === 0);
  return [
    "",
    `${group}: ${taken.length} of ${classes.length}`,
    ...taken.flatMap((one) => classLines(one, survey)),
    ...refusedLines(refused),
  ];
}

function classLines(one: SurveyClass, survey: SurveyDocument): readonly string[] {
  const role = rolesText(one);
  const text = [codesOf(one, survey).join(" "), ...(role === "SCP" ? [] : [`[${role}]`])].join(" ");
  const codes = wrapTo(text, WIDTH - NAME_WIDTH - 3);
  const names = wrapTo(surveyName(one), NAME_WIDTH);
  return Array.from(
    { length: Math.max(codes.length, names.length) },
    (_, at) =>
      `  ${fillTo(cutTo(names[at] ?? "", NAME_WIDTH), NAME_WIDTH)} ${codes[at] ?? ""}`.trimEnd(),
  );
}

/** Codes of the transfer syntaxes in which a class is accepted. */
function codesOf(
  { accepted }: SurveyClass,
  { syntaxes }: SurveyDocument,
): readonly string[] {
  return syntaxes.filter(({ uid }) => accepted.includes(uid)).map(({ code }) => code);
}

/** What a class is called, and whether it is retired. */
export function surveyName({ name, retired }: SurveyClass): string {
  return retired ? `${name} (retired)` : name;
}

/** Roles of the peer: SCP, SCU, both or none; `SCP` where the offer of both was not made. */
export function rolesText({ roles = { scp: true, scu: false } }: SurveyClass): string {
  const names = [...(roles.scp ? ["SCP"] : []), ...(roles.scu ? ["SCU"] : [])];
  return names.length === 0 ? "no role" : names.join("/");
}

/** What refusals are called. */
export const REFUSALS: Readonly<Record<NonNullable<SurveyClass["refusal"]>, string>> = {
  "abstract-syntax-not-supported": "not supported",
  "transfer-syntaxes-not-supported": "supported, but in none of the transfer syntaxes asked for",
  "user-rejection": "rejected by the user",
  "no-reason": "refused without a reason",
  "reserved": "refused with a reserved code",
  "unanswered": "not answered",
};

function refusedLines(refused: readonly SurveyClass[]): readonly string[] {
  return [...Map.groupBy(refused, ({ refusal }) => refusal ?? "unanswered")]
    .flatMap(([refusal, classes]) =>
      wrapTo(`${REFUSALS[refusal]}: ${classes.map(surveyName).join(", ")}`, WIDTH - 2)
        .map((line) => `  ${line}`)
    );
}

/** The codes that occur. */
function legend(surveys: readonly SurveyDocument[]): readonly string[] {
  const used = new Set(
    surveys.flatMap(({ classes }) => classes.flatMap(({ accepted }) => accepted)),
  );
  const named = (surveys[0]?.syntaxes ?? []).filter(({ uid }) => used.has(uid));
  if (named.length === 0) return [];
  const lines = named.flatMap(({ code, name }) => {
    const [first = "", ...more] = wrapTo(name, WIDTH - 10);
    return [`  ${fillTo(code, 7)} ${first}`, ...more.map((line) => `${" ".repeat(10)}${line}`)];
  });
  return ["", "transfer syntaxes", ...lines];
}
