/** One peer in the HTML report: as a card with everything that is known, and as a row of the table. */

import { hex4H } from "../common/hex.ts";
import { endText } from "./days.ts";
import { failureText } from "./failure.ts";
import { type Content, type Markup, markup } from "./markup.ts";
import type { EntryDocument, FailureDocument } from "./report_schema.ts";
import type { JsonValue } from "./schema.ts";
import { shareBar, timeline } from "./html_times.ts";
import { heldBack } from "./stages.ts";
import { hostAndPort } from "../common/host.ts";
import { durationText, sentence, withStop } from "./values.ts";

/** An entry and the anchor of its card. */
export interface Anchored {
  /** What is known. */
  readonly entry: EntryDocument;
  /** Of the card. */
  readonly id: string;
}

/** How many echoes are listed one by one. */
const LISTED_ECHOES = 20;

const BADGES = { passed: "✓ as expected", failed: "✗ failed", skipped: "– not done" } as const;

const FAULTS: Readonly<Record<FailureDocument["fault"], string>> = {
  user: "what was asked for",
  network: "the network, or the address it was given",
  peer: "the peer",
  program: "this program",
};

/**
 * Everything about one peer: what whoever looks after it needs first, what its vendor may ask for to unfold.
 *
 * On a page of its own (`isAlone`) nothing is folded, and a name that is above the card already is left out.
 */
export function card({ entry, id }: Anchored, { isAlone, title }: CardPlace): Markup {
  const badge = markup`<span class="badge">${BADGES[entry.verdict]}</span>`;
  const name = isAlone
    ? entry.name === title ? undefined : markup`<h2>${entry.name}</h2>`
    : markup`<h3>${entry.name}</h3>`;
  const more = isAlone
    ? markup`<section class="more">${list(detailRows(entry))}</section>`
    : markup`<details class="more"><summary>Details</summary>${list(detailRows(entry))}</details>`;
  return markup`<article class="card ${entry.verdict}" id="${id}">
<div class="head">${badge}${name}<span class="soft">${where(entry)}</span></div>
${what(entry)}
<div class="facts">${list(keyRows(entry))}${timeline(entry)}</div>
${more}
</article>
`;
}

/** Where a card is. */
export interface CardPlace {
  /** Whether it is the only one, and no table follows. */
  readonly isAlone: boolean;
  /** The heading of the page. */
  readonly title: string;
}

/** One row; what is not in its columns can be unfolded. */
export function row({ entry, id }: Anchored): Markup {
  const { check, verdict, elapsedMs } = entry;
  const facts = list([...keyRows(entry), ...detailRows(entry)]);
  const name = markup`<b>${entry.name}</b>${reason(entry)}`;
  const peer = verdict === "failed"
    ? markup`<a href="#${id}">${name}</a>`
    : markup`<details><summary>${name}</summary>${facts}</details>`;
  const address = check === undefined
    ? undefined
    : markup`${hostAndPort(check)}<div class="soft">${titles(entry)}</div>`;
  return markup`<tr class="${verdict}"><td class="verdict"><span class="badge">${
    BADGES[verdict]
  }</span></td>
<th scope="row">${peer}</th><td class="address">${address}</td>${
    number("echo", entry.statistics?.avgMs)
  }<td class="stages">${shareBar(entry)}</td>${number("total", elapsedMs)}</tr>
`;
}

/** Why in a few words; of a peer that did as expected only when that is not a success. */
function reason({ verdict, failure, unmet }: EntryDocument): Content {
  const texts = unmet.length > 0
    ? unmet.map(({ message }) => message)
    : failure === undefined
    ? []
    : [verdict === "passed" ? `as expected: ${failureText(failure)}` : failureText(failure)];
  return texts.length === 0 ? undefined : markup`<span class="soft">${texts.join("; ")}</span>`;
}

/** A cell with a duration, which the script sorts by. */
function number(label: string, ms: number | undefined): Markup {
  return ms === undefined
    ? markup`<td class="number ${label}"></td>`
    : markup`<td class="number ${label}" data-label="${label}" data-ms="${ms}">${
      durationText(ms)
    }</td>`;
}

function where({ name, check, group }: EntryDocument): string {
  const parts = [group, check === undefined ? undefined : hostAndPort(check)];
  return parts.filter((part) => part !== undefined && part !== name).join(" · ");
}

function titles({ check }: EntryDocument): string {
  return check === undefined ? "" : `${check.callingAeTitle} calls ${check.calledAeTitle}`;
}

/** What went wrong, and what to try. */
function what({ failure, unmet, outcome, verdict, endingFailure }: EntryDocument): Content {
  const expected = unmet.map(({ message }) => markup`<p class="what">${sentence(message)}</p>\n`);
  if (failure === undefined) {
    return outcome === "verified" && verdict === "passed"
      ? [
        markup`<p class="what">Every echo was answered with Success.</p>`,
        endingFailure && ["\n", explained(endingFailure)],
      ]
      : expected;
  }
  return [expected, explained(failure)];
}

/** What went wrong, as a sentence, and what to try. */
export function explained(failure: FailureDocument): Content {
  return [
    markup`<p class="what">${sentence(failureText(failure))}</p>\n`,
    failure.hint === undefined
      ? undefined
      : markup`<p class="hint"><b>What to try:</b> ${withStop(failure.hint)}</p>\n`,
  ];
}

/** Names and values; what has no value is left out. */
type Rows = readonly (readonly [string, Content])[];

function list(rows: Rows): Markup {
  const known = rows.filter(([, value]) => value !== undefined && value !== "");
  return markup`<dl>${
    known.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>\n`)
  }</dl>`;
}

/** Whom to ask, and what reports this peer's case from others. */
function keyRows(entry: EntryDocument): Rows {
  const { failure } = entry;
  return [
    ["contact", entry.contact],
    ["note", entry.note],
    ["AE titles", titles(entry)],
    ["failed at", failure && `${failure.stage}; look at ${FAULTS[failure.fault]}`],
    ["echoes", echoes(entry)],
    ["latency", latency(entry)],
    ["why so long", heldBack(entry)],
    ["certificate", certificateText(entry.tls)],
    ["warning", entry.warnings?.map(({ message }) => message).join("; ")],
    ["attempts", entry.attempts > 1 ? entry.attempts : ""],
  ];
}

/** What is known besides. */
function detailRows(entry: EntryDocument): Rows {
  const { check, remote, association, startedAt, failure, endingFailure } = entry;
  const isElsewhere = remote !== undefined && check?.host !== remote.host;
  return [
    ["failure", failure && `${failure.message} (${failure.name})`],
    ["facts", failure && factsText(failure.fields)],
    ["situation", failure?.situation],
    ["while ending", endingFailure && `${endingFailure.message} (${endingFailure.name})`],
    ["source address", entry.local && hostAndPort(entry.local)],
    ["connected to", isElsewhere ? hostAndPort(remote) : ""],
    ["TLS", tlsText(entry.tls)],
    ["implementation", implementation(association)],
    ["contexts", contexts(association)],
    ["proposed", proposed(check)],
    ["user identity", userIdentity(entry)],
    ["begun", timesText(startedAt, entry.startedAtLocal)],
    ["tags", entry.tags.join(", ")],
  ];
}

/** What a failure's class knows besides, without the structure that programs need: `result 1, source 1, reason 7`. */
function factsText(value: JsonValue, name = ""): string {
  if (typeof value !== "object" || value === null) return `${name} ${value}`.trim();
  const members = Array.isArray(value)
    ? value.map((item) => factsText(item, name))
    : Object.entries(value).map(([key, item]) => factsText(item, key));
  return members.filter((text) => text !== "").join(", ");
}

function echoes({ echoes = [], statistics, check }: EntryDocument): string {
  if (statistics === undefined) return "";
  const { sent, answered } = statistics;
  const lost = sent > answered ? `, ${sent - answered} lost` : "";
  const counts = `${answered} of ${check?.echoes ?? answered} answered${lost}`;
  const listed = echoes.slice(0, LISTED_ECHOES).map(({ elapsedMs, status }) =>
    durationText(elapsedMs) + (status === 0 ? "" : ` with status ${hex4H(status)}`)
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
  const { peerMaximumLength, software } = association;
  const claim = software === undefined ? "" : `: ${software.claim}`;
  const length = peerMaximumLength === 0 ? "no limit" : `${peerMaximumLength} bytes`;
  return `${implementationVersionName} (${implementationClassUid})${claim}; maximum length ${length}`;
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
  const days = daysLeft === undefined ? "" : ` (${endText(daysLeft)})`;
  const end = notAfter === undefined ? "" : `, until ${notAfter.slice(0, 10)}${days}`;
  return `${subject}, issued by ${issuer}${end}`;
}

function contexts(association: EntryDocument["association"]): string {
  return (association?.contexts ?? []).map((context) => {
    const { id, result, transferSyntax, transferSyntaxName = transferSyntax } = context;
    const named = transferSyntaxName === transferSyntax ? "" : ` (${transferSyntax})`;
    const syntax = transferSyntax === undefined ? "" : `, ${transferSyntaxName}${named}`;
    return `${id}: ${context.abstractSyntaxName ?? ""} ${result}${syntax}`;
  }).join("; ");
}

/** How many syntaxes are named one by one. */
const NAMED_SYNTAXES = 8;

function proposed(check: EntryDocument["check"]): string {
  const { contexts = 0, transferSyntaxNames = [] } = check ?? {};
  if (transferSyntaxNames.length === 0) return "";
  const more = transferSyntaxNames.length - NAMED_SYNTAXES;
  const names = transferSyntaxNames.slice(0, NAMED_SYNTAXES).join(", ");
  const count = contexts === 1 ? "1 context" : `${contexts} contexts`;
  return `${count} with ${names}${more > 0 ? ` and ${more} more` : ""}`;
}

function userIdentity({ check, association }: EntryDocument): string {
  if (check?.userIdentity === undefined) return "";
  const { typeName, responseRequested } = check.userIdentity;
  const answer = association?.userIdentityAnswer !== undefined
    ? ", confirmed by the peer"
    : association !== undefined && responseRequested
    ? ", not confirmed though asked for"
    : "";
  return `${typeName} sent${answer}`;
}

/** A time of a report for people: UTC, and what the clocks on the wall showed. */
export function timesText(utc: string | undefined, local: string | undefined): string {
  if (utc === undefined) return "";
  const text = utc.replace("T", " ").replace("Z", " UTC");
  return local === undefined ? text : `${text} (${local.replace("T", " ")} local time)`;
}
