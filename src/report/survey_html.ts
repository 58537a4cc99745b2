/** A survey as a page: one file, no script, nothing from elsewhere, as the report of checks. */

import { hostAndPort } from "../common/host.ts";
import { STYLE } from "./html_style.ts";
import { type Content, type Markup, markup } from "./markup.ts";
import type { SurveyDocument } from "./survey_schema.ts";
import { REFUSALS, rolesText, surveyHead, surveyName } from "./survey_text.ts";

type SurveyClass = SurveyDocument["classes"][number];

/** The page of a survey. */
export function surveyHtml(survey: SurveyDocument): string {
  const title = `What ${survey.calledAeTitle}@${hostAndPort(survey)} accepts`;
  const style: Markup = { html: `<style>${STYLE}</style>` };
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
${style}
</head>
<body>
<header>
<h1>${title}</h1>
<p class="soft">${survey.startedAt.replace("T", " ").slice(0, 19)} UTC. ${surveyHead(survey)}.</p>
${
    survey.incomplete === undefined
      ? undefined
      : markup`<p class="hint"><b>Incomplete</b> ${survey.incomplete}</p>`
  }
</header>
<main>
${survey.groups.map((group) => section(group, survey))}
${legend(survey)}
</main>
<footer><p>Made by ${survey.program}. Times are UTC.</p></footer>
</body>
</html>
`.html;
}

function section(group: string, survey: SurveyDocument): Content {
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
  return markup`<section><h2>${group}: ${`${taken.length} of ${classes.length}`}</h2>
${table}${refusals(classes.filter(({ accepted }) => accepted.length === 0))}</section>\n`;
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
