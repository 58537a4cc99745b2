/** A survey as a page: one file, no script, nothing from elsewhere, as the report of checks. */

import { hostAndPort } from "../common/host.ts";
import { explained } from "./html_entry.ts";
import { htmlPage } from "./html_page.ts";
import { type Content, markup } from "./markup.ts";
import type { SurveyDocument, SurveysDocument } from "./survey_schema.ts";
import { REFUSALS, rolesText, surveyHead, surveyName, surveysHead } from "./survey_text.ts";

type SurveyClass = SurveyDocument["classes"][number];

/** The page of a survey. */
export function surveyHtml(survey: SurveyDocument): string {
  return htmlPage(`What ${survey.calledAeTitle}@${hostAndPort(survey)} accepts`, {
    program: survey.program,
    head: head(survey),
    main: [survey.groups.map((group) => section(group, survey)), legend(survey)],
  });
}

/** The page of many surveys: a section for each peer. */
export function surveysHtml(document: SurveysDocument): string {
  const [known] = document.surveys.flatMap(({ survey }) => survey ?? []);
  return htmlPage("What the peers accept", {
    program: document.program,
    head: markup`<p class="soft">${surveysHead(document)}.</p>`,
    main: [document.surveys.map(entrySection), known === undefined ? undefined : legend(known)],
  });
}

function entrySection(entry: SurveysDocument["surveys"][number]): Content {
  const { name, survey, failure } = entry;
  const said = survey !== undefined
    ? [
      head(survey),
      survey.groups.map((group) =>
        markup`<h3>${groupHead(group, survey)}</h3>\n${matrix(group, survey)}`
      ),
    ]
    : failure !== undefined
    ? explained(failure)
    : markup`<p class="soft">Not asked: interrupted before.</p>`;
  return markup`<section><h2>${name} (${hostAndPort(entry)})</h2>
${said}</section>\n`;
}

function head(survey: SurveyDocument): Content {
  return markup`<p class="soft">${survey.startedAt.replace("T", " ").slice(0, 19)} UTC. ${
    surveyHead(survey)
  }.</p>
${
    survey.incomplete === undefined
      ? undefined
      : markup`<p class="hint"><b>Incomplete</b> ${survey.incomplete}</p>`
  }`;
}

function section(group: string, survey: SurveyDocument): Content {
  return markup`<section><h2>${groupHead(group, survey)}</h2>
${matrix(group, survey)}</section>\n`;
}

function groupHead(group: string, { classes }: SurveyDocument): string {
  const all = classes.filter((one) => one.group === group);
  return `${group}: ${all.filter(({ accepted }) => accepted.length > 0).length} of ${all.length}`;
}

function matrix(group: string, survey: SurveyDocument): Content {
  const classes = survey.classes.filter((one) => one.group === group);
  const taken = classes.filter(({ accepted }) => accepted.length > 0);
  const used = survey.syntaxes.filter(({ uid }) =>
    taken.some(({ accepted }) => accepted.includes(uid))
  );
  const rows = taken.map((one) =>
    markup`<tr><td>${surveyName(one)}</td><td>${rolesText(one)}</td>${
      used.map(({ uid }) => markup`<td>${one.accepted.includes(uid) ? "✓" : ""}</td>`)
    }</tr>\n`
  );
  const heads = ["SOP class", "Role", ...used.map(({ code }) => code)];
  const table = taken.length === 0
    ? undefined
    : markup`<table><thead><tr>${
      heads.map((head) => markup`<th scope="col">${head}</th>`)
    }</tr></thead><tbody>
${rows}</tbody></table>`;
  return [table, refusals(classes.filter(({ accepted }) => accepted.length === 0))];
}

function refusals(refused: readonly SurveyClass[]): Content {
  return [...Map.groupBy(refused, ({ refusal }) => refusal ?? "unanswered")]
    .map(([refusal, classes]) =>
      markup`<p class="soft">${REFUSALS[refusal]}: ${classes.map(surveyName).join(", ")}</p>\n`
    );
}

function legend({ syntaxes }: SurveyDocument): Content {
  return markup`<section><h2>Transfer syntaxes</h2><dl>${
    syntaxes.map(({ code, name, uid }) => markup`<dt>${code}</dt><dd>${name} (${uid})</dd>\n`)
  }</dl></section>`;
}
