/**
 * The HTML report: one file that can be mailed and opened anywhere.
 *
 * It needs no script and nothing from elsewhere. A content security policy inside it allows its own script, by hash,
 * and nothing else, whatever a peer may have sent. What failed comes first.
 */

import { documentOf } from "./document.ts";
import { card, explained, row, timesText } from "./html_entry.ts";
import { SCRIPT, scriptSource } from "./html_script.ts";
import { STYLE } from "./html_style.ts";
import { legend } from "./html_times.ts";
import { type Content, type Markup, markup } from "./markup.ts";
import type { EntryDocument, ReportDocument, SummaryDocument } from "./report_schema.ts";
import type { ReportSettings } from "./settings.ts";
import type { RunReport } from "../runner/mod.ts";
import { durationText } from "./values.ts";

/** Renders `report` as a page. */
export function renderHtml(report: RunReport, settings: ReportSettings): string {
  const run = documentOf(report, settings);
  const numbered = run.entries.map((entry, at) => ({ entry, id: `peer-${at + 1}` }));
  const alone = (one: Numbered) => card(one, { isAlone: true, title: titleOf(run) });
  const mainOf = (): Content => {
    if (numbered.length === 1) return numbered.map(alone);
    if (run.failure === undefined) return [failures(numbered), table(numbered)];
    return markup`<article class="card skipped">${explained(run.failure)}</article>`;
  };
  const style: Markup = { html: `<style>${STYLE}</style>` };
  const script: Markup = { html: `<script>${SCRIPT}</script>` };
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src '${scriptSource()}'; ` +
    "base-uri 'none'; form-action 'none'";
  const page = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${titleOf(run)}: ${verdictText(run)}</title>
${style}
</head>
<body>
${headOf(run)}
<main>
${mainOf()}
</main>
<footer><p>Made by ${run.program}. Times are UTC.</p></footer>
${script}
</body>
</html>
`;
  return page.html;
}

/** An entry and the anchor of its card. */
interface Numbered {
  readonly entry: EntryDocument;
  readonly id: string;
}

function titleOf({ title, entries }: ReportDocument): string {
  const [only] = entries;
  return title ?? (entries.length === 1 && only !== undefined ? only.name : "DICOM echo report");
}

function verdictText({ summary, failure }: ReportDocument): string {
  const { total, failed, skipped, passed } = summary;
  if (failure !== undefined) return "nothing could be checked";
  if (failed > 0) return total === 1 ? "failed" : `${failed} of ${total} failed`;
  if (skipped > 0) return `${skipped} of ${total} not done`;
  return total === 1 ? "as expected" : `all ${passed} as expected`;
}

function headOf(run: ReportDocument): Markup {
  const { summary, startedAt, startedAtLocal, elapsedMs, interrupted } = run;
  const when = timesText(startedAt, startedAtLocal);
  return markup`<header>
<h1>${titleOf(run)}</h1>
<p class="soft">${when}, took ${durationText(elapsedMs)}${
    interrupted === undefined
      ? ""
      : `, ended early by ${interrupted === "deadline" ? "its deadline" : interrupted}`
  }</p>
${originOf(run)}
${run.entries.length === 1 || run.failure !== undefined ? undefined : sums(summary)}
</header>`;
}

/** Who checked from where, by which plan, with which build: what makes the page a proof. */
function originOf(run: ReportDocument): Markup {
  const { program, commit, planFiles = [] } = run;
  const rows: readonly (readonly [string, Content])[] = [
    ["site", run.site],
    ["operator", run.operator],
    ["machine", run.machine],
    ["program", commit === undefined ? program : `${program}, commit ${commit}`],
    ...planFiles.map(({ file, sha256 }) =>
      ["plan", markup`${file}<br><code>SHA-256 ${sha256}</code>`] as const
    ),
  ];
  const known = rows.filter(([, value]) => value !== undefined);
  return markup`<dl class="origin">${
    known.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>\n`)
  }</dl>`;
}

function sums(summary: SummaryDocument): Markup {
  const { total, skipped } = summary;
  return markup`<ul class="sums">
${sum(summary.failed, "failed")}
${sum(summary.passed, "passed")}
${skipped > 0 ? sum(skipped, "skipped") : undefined}
<li><b>${total}</b><a href="#all">${total === 1 ? "peer" : "peers"}</a></li>
</ul>
${shareBar(summary)}`;
}

function sum(count: number, verdict: EntryDocument["verdict"]): Markup {
  const words = { failed: "not as expected", passed: "as expected", skipped: "not tried" };
  const text = verdict === "failed" && count > 0
    ? markup`<a href="#failed">${words[verdict]}</a>`
    : words[verdict];
  return markup`<li class="${count > 0 ? `some-${verdict}` : ""}"><b>${count}</b>${text}</li>`;
}

function shareBar({ total, passed, failed, skipped }: SummaryDocument): Markup {
  const parts = Object.entries({ failed, skipped, passed }).filter(([, count]) => count > 0);
  return markup`<div class="share" role="presentation">${
    parts.map(([name, count]) => {
      const percent = (count / total * 100).toFixed(3);
      return markup`<i class="${name}" style="width:${percent}%"></i>`;
    })
  }</div>`;
}

function failures(entries: readonly Numbered[]): Content {
  const failed = entries.filter(({ entry }) => entry.verdict === "failed");
  if (failed.length === 0) return undefined;
  const cards = failed.map((one) => card(one, { isAlone: false, title: "" }));
  return markup`<section><h2 id="failed">Not as expected</h2>\n${cards}</section>`;
}

/** The columns of the table, as the style sheet calls them. */
const COLUMNS = ["verdict", "peer", "address", "echo", "stages", "total"];

function table(entries: readonly Numbered[]): Markup {
  const groups = Map.groupBy(entries, ({ entry }) => entry.group);
  const hasGroups = entries.some(({ entry }) => entry.group !== undefined);
  const bodies = [...groups].map(([group, members]) => {
    const title = markup`<th colspan="6" scope="rowgroup">${group ?? "no group"}</th>`;
    const head = hasGroups ? markup`<tr class="group">${title}</tr>\n` : undefined;
    return markup`<tbody>${head}${members.map(row)}</tbody>`;
  });
  return markup`<section><h2 id="all">All peers</h2>
${legend(entries.flatMap(({ entry }) => entry.timings ?? []))}
<table>
<colgroup>${COLUMNS.map((name) => markup`<col class="${name}">`)}</colgroup>
<thead><tr><th scope="col">Verdict</th><th scope="col">Peer</th><th scope="col">Address and AE titles</th><th scope="col" class="number">Echo</th><th scope="col">Time by stage</th><th scope="col" class="number">Total</th></tr></thead>
${bodies}
</table></section>`;
}
