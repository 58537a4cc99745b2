/** The reports of a survey. */

import type { ReportFormat } from "../common/choices.ts";
import { jsonText } from "../common/visible.ts";
import type { Check, CheckResult } from "../check/mod.ts";
import type { ClassFinding, SurveyedSyntax, SurveyGroup } from "../survey/mod.ts";
import { failureOf } from "./failure.ts";
import type { ReportSettings } from "./settings.ts";
import { surveyHtml, surveysHtml } from "./survey_html.ts";
import {
  SURVEY_LAYOUT_VERSION,
  type SurveyDocument,
  type SurveysDocument,
} from "./survey_schema.ts";
import { surveysText, surveyText } from "./survey_text.ts";
import { isoTime, peerText, roundMs } from "./values.ts";

export { SURVEY_SCHEMA } from "./survey_schema.ts";

/** What was found, and how. */
export interface SurveyResult {
  /** What was to be asked. */
  readonly check: Check;
  /** Groups of classes. */
  readonly groups: readonly SurveyGroup[];
  /** What the peer says of itself, once it accepted. */
  readonly association: CheckResult["association"];
  /** Transfer syntaxes in the order of columns. */
  readonly syntaxes: readonly SurveyedSyntax[];
  /** What is known. */
  readonly findings: readonly ClassFinding[];
  /** How many associations were asked for. */
  readonly associations: number;
  /** Why not everything was asked; `undefined`: it was. */
  readonly incomplete: string | undefined;
  /** Start, in milliseconds since 1970. */
  readonly startedAt: number;
  /** How long it took. */
  readonly elapsedMs: number;
}

/** The document of `result`; `program` is its name and version. */
export function surveyDocument(result: SurveyResult, program: string): SurveyDocument {
  const { check, association, findings, incomplete } = result;
  const { implementationClassUid: uid, implementationVersionName: version } = association ?? {};
  return {
    version: SURVEY_LAYOUT_VERSION,
    program,
    host: check.target.host.toWellFormed(),
    port: check.target.port,
    callingAeTitle: peerText(check.callingAeTitle),
    calledAeTitle: peerText(check.calledAeTitle),
    ...(uid === undefined ? {} : { implementationClassUid: peerText(uid) }),
    ...(version === undefined ? {} : { implementationVersionName: peerText(version) }),
    startedAt: isoTime(result.startedAt),
    elapsedMs: roundMs(result.elapsedMs),
    groups: result.groups,
    associations: result.associations,
    complete: incomplete === undefined,
    ...(incomplete === undefined ? {} : { incomplete }),
    syntaxes: result.syntaxes,
    classes: findings.map(({ sopClass: { uid, name, group, isRetired }, accepted, ...more }) => ({
      uid,
      name,
      group,
      retired: isRetired,
      accepted: accepted.map((syntax) => syntax.uid),
      ...(more.refusal === undefined ? {} : { refusal: more.refusal }),
      ...(more.roles === undefined ? {} : { roles: more.roles }),
    })),
  };
}

/** A peer of a plan, and what came of it. */
export interface SurveyedPeer {
  /** Its name in the plan. */
  readonly name: string;
  /** Whom to ask. */
  readonly check: Check;
  /** What is known, or why nothing is; `undefined`: it was not asked. */
  readonly found:
    | { readonly kind: "surveyed"; readonly result: SurveyResult }
    | { readonly kind: "failed"; readonly failed: CheckResult & { readonly outcome: "failed" } }
    | undefined;
}

/** The document of many surveys. */
export function surveysDocument(
  peers: readonly SurveyedPeer[],
  settings: ReportSettings,
): SurveysDocument {
  const surveys = peers.map((peer) => entryOf(peer, settings));
  return {
    version: SURVEY_LAYOUT_VERSION,
    kind: "surveys",
    program: settings.program,
    complete: surveys.every(({ outcome }) => outcome === "complete"),
    surveys,
  };
}

function entryOf(
  { name, check: { target }, found }: SurveyedPeer,
  settings: ReportSettings,
): SurveysDocument["surveys"][number] {
  const about = { name: name.toWellFormed(), host: target.host.toWellFormed(), port: target.port };
  if (found === undefined) return { ...about, outcome: "skipped" };
  if (found.kind === "failed") {
    return { ...about, outcome: "failed", failure: failureOf(found.failed, settings) };
  }
  const survey = surveyDocument(found.result, settings.program);
  return { ...about, outcome: survey.complete ? "complete" : "incomplete", survey };
}

/** Renders `surveys` in a format that surveys have: text, json or html; any other is text. */
export function renderSurveys(format: ReportFormat, surveys: SurveysDocument): string {
  if (format === "json") return `${jsonText(surveys, 2)}\n`;
  return format === "html" ? surveysHtml(surveys) : surveysText(surveys);
}

/** Renders `survey` in a format that surveys have: text, json or html; any other is text. */
export function renderSurvey(format: ReportFormat, survey: SurveyDocument): string {
  if (format === "json") return `${jsonText(survey, 2)}\n`;
  return format === "html" ? surveyHtml(survey) : surveyText(survey);
}
