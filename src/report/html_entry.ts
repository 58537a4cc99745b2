/** One peer in the HTML report: as a card with everything that is known, and as a row of the table. */

import { failureText } from "./failure.ts";
import { type Content, type Markup, markup } from "./markup.ts";
import type { EntryDocument, FailureDocument } from "./report_schema.ts";
import { shareBar, timeline } from "./html_times.ts";
import { durationText, hostAndPort } from "./values.ts";

/** An entry and the anchor of its card. */
export interface Anchored {
  /** What is known. */
  readonly entry: EntryDocument;
  /** Of the card. */
  readonly id: string;
}

/** How many echoes are listed one by one. */
const LISTED_ECHOES = 20;

const BADGES = { passed: "✓ as expected", failed: "✗ failed", skipped: "– not tried" } as const;

const FAULTS: Readonly<Record<FailureDocument["fault"], string>> = {
  user: "what was asked for",
  network: "the network, or the address it was given",
  peer: "the peer",
  program: "this program",
};

/** Everything about one peer. */
export function card({ entry, id }: Anchored): Markup {
  const badge = markup`<span class="badge">${BADGES[entry.verdict]}</span>`;
  return markup`<article class="card ${entry.verdict}" id="${id}">
<div class="head">${badge}<h3>${entry.name}</h3><span class="soft">${where(entry)}</span></div>
${what(entry)}
${timeline(entry)}
${facts(entry)}
</article>
`;
}

/** One row; what is not in its columns can be unfolded. */
export function row({ entry, id }: Anchored): Markup {
  const { check, verdict, elapsedMs } = entry;
  const name = verdict === "failed"
    ? markup`<a href="#${id}"><b>${entry.name}</b></a>`
    : markup`<details><summary><b>${entry.name}</b></summary>${facts(entry)}</details>`;
  const address = check === undefined
    ? undefined
    : markup`<span>${hostAndPort(check)}<br><span class="soft">${titles(entry)}</span></span>`;
  const total = elapsedMs === undefined ? undefined : durationText(elapsedMs);
  return markup`<tr class="${verdict}"><td><span class="badge">${BADGES[verdict]}</span></td>
<th scope="row">${name}</th><td data-label="address">${address}</td>${
    number("echo", echoText(entry))
  }<td class="stages" data-label="stages">${shareBar(entry)}</td>${number("total", total)}</tr>
`;
}

function number(label: string, text: string | undefined): Markup {
  return text === undefined
    ? markup`<td class="number"></td>`
    : markup`<td class="number" data-label="${label}">${text}</td>`;
}

function where({ name, check, group }: EntryDocument): string {
  const parts = [group, check === undefined ? undefined : hostAndPort(check)];
  return parts.filter((part) => part !== undefined && part !== name).join(" · ");
}

function titles({ check }: EntryDocument): string {
  return check === undefined ? "" : `${check.callingAeTitle} calls ${check.calledAeTitle}`;
}

function echoText({ statistics }: EntryDocument): string | undefined {
  return statistics === undefined ? undefined : durationText(statistics.avgMs);
}

/** What went wrong, and what to try. */
function what({ failure, unmet, outcome, verdict }: EntryDocument): Content {
  const expected = unmet.map(({ message }) => markup`<p class="what">${sentence(message)}</p>\n`);
  if (failure === undefined) {
    return outcome === "verified" && verdict === "passed"
      ? markup`<p class="what">Every echo was answered with Success.</p>`
      : expected;
  }
  return [
    expected,
    markup`<p class="what">${sentence(failureText(failure))}</p>\n`,
    failure.hint === undefined
      ? undefined
      : markup`<p class="hint"><b>What to try:</b> ${sentence(failure.hint)}</p>\n`,
  ];
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.?!]$/.test(text) ? "" : ".");
}

function facts(entry: EntryDocument): Markup {
  const { check, remote, association, startedAt, failure, endingFailure } = entry;
  const rows: readonly (readonly [string, Content])[] = [
    ["AE titles", titles(entry)],
    [
      "connected to",
      remote !== undefined && check?.host !== remote.host ? hostAndPort(remote) : "",
    ],
    ["failed at", failure && `${failure.stage}; look at ${FAULTS[failure.fault]}`],
    ["failure", failure && markup`<code>${failure.name}${fieldText(failure)}</code>`],
    ["situation", failure?.situation],
    ["while ending", endingFailure && `${endingFailure.message} (${endingFailure.name})`],
    ["TLS", tlsText(entry.tls)],
    ["certificate", certificateText(entry.tls)],
    ["echoes", echoes(entry)],
    ["latency", latency(entry)],
    ["implementation", implementation(association)],
    ["contexts", contexts(association)],
    ["attempts", entry.attempts > 1 ? entry.attempts : ""],
    ["begun", startedAt?.replace("T", " ").replace("Z", " UTC")],
    ["tags", entry.tags.join(", ")],
    ["note", entry.note],
    ["contact", entry.contact],
  ];
  const known = rows.filter(([, value]) => value !== undefined && value !== "");
  return markup`<dl>${
    known.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>\n`)
  }</dl>`;
}

function fieldText({ fields }: FailureDocument): string {
  return Object.keys(fields).length === 0 ? "" : ` ${JSON.stringify(fields)}`;
}

function echoes({ echoes = [], statistics, check }: EntryDocument): string {
  if (statistics === undefined) return "";
  const { answered } = statistics;
  const counts = `${answered} of ${check?.echoes ?? answered} answered`;
  const listed = echoes.slice(0, LISTED_ECHOES).map(({ elapsedMs, status }) =>
    durationText(elapsedMs) + (status === 0 ? "" : ` with status ${hex4(status)}`)
  );
  const more = echoes.length > LISTED_ECHOES ? ", ..." : "";
  return `${counts}: ${listed.join(", ")}${more}`;
}

function latency({ statistics }: EntryDocument): string {
  if (statistics === undefined || statistics.answered < 2) return "";
  const { minMs, avgMs, maxMs, stddevMs, p50Ms, p95Ms, p99Ms } = statistics;
  const [least, mean, most, deviation] = [minMs, avgMs, maxMs, stddevMs].map(durationText);
  const [p50, p95, p99] = [p50Ms, p95Ms, p99Ms].map(durationText);
  return `${mean} on average, ${least} to ${most}, deviation ${deviation}, median ${p50}, ` +
    `95 % within ${p95}, 99 % within ${p99}`;
}

function implementation(association: EntryDocument["association"]): string {
  if (association === undefined) return "";
  const { implementationVersionName = "unnamed", implementationClassUid = "no UID" } = association;
  const { peerMaximumLength } = association;
  const length = peerMaximumLength === 0 ? "no limit" : `${peerMaximumLength} bytes`;
  return `${implementationVersionName} (${implementationClassUid}), maximum length ${length}`;
}

function tlsText(tls: EntryDocument["tls"]): string {
  if (tls === undefined) return "";
  const { protocol, cipherSuite, trust, name } = tls;
  const held = name.matches ? "is" : "is not";
  return `${protocol}, ${cipherSuite}; ${trust}; the certificate ${held} for ${name.wanted}`;
}

function certificateText(tls: EntryDocument["tls"]): string {
  const [leaf] = tls?.chain ?? [];
  if (leaf === undefined) return "";
  const { subject, issuer, notAfter, daysLeft } = leaf;
  const days = daysLeft === undefined ? "" : ` (${daysLeft} days left)`;
  const end = notAfter === undefined ? "" : `, until ${notAfter.slice(0, 10)}${days}`;
  return `${subject}, issued by ${issuer}${end}`;
}

function contexts(association: EntryDocument["association"]): string {
  return (association?.contexts ?? []).map(({ id, result, transferSyntax }) =>
    `${id}: ${result}${transferSyntax === undefined ? "" : ` ${transferSyntax}`}`
  ).join("; ");
}

function hex4(status: number): string {
  return `${status.toString(16).toUpperCase().padStart(4, "0")}H`;
}
