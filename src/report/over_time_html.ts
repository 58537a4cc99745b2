/** Peers over time as a page: one file, no script, nothing from elsewhere, as the report of checks. */

import { Zone } from "../availability/mod.ts";
import { hostAndPort } from "../common/host.ts";
import { htmlPage } from "./html_page.ts";
import { type Content, type Markup, markup } from "./markup.ts";
import type { OverTimeDocument, PeerDocument } from "./over_time_schema.ts";
import { OVER_TIME_STYLE } from "./over_time_style.ts";
import {
  causeText,
  CELL_LOOKS,
  type CellLook,
  cellMs,
  daysLeftText,
  localTime,
  looksOf,
  measuredText,
  percentText,
  trendText,
} from "./over_time_words.ts";
import { durationText } from "./values.ts";

/** What all parts of the page take. */
interface PageFacts {
  readonly document: OverTimeDocument;
  readonly zone: Zone;
}

/** Longest list of outages of one peer. */
const MOST_OUTAGES = 50;

/** More cells than these leave no room between them: on a telephone the page would be wider than the screen. */
const MOST_APART = 60;

const BADGES = { up: "passed", down: "failed", unmeasured: "skipped" } as const;

/** The page. */
export function overTimeHtml(document: OverTimeDocument): string {
  const zone = new Zone(document.timeZone);
  const facts = { document, zone };
  const { peers, since, until } = document;
  return htmlPage(`Availability ${localTime(since, zone)} to ${localTime(until, zone)}`, {
    program: document.program,
    clock: document.timeZone,
    style: OVER_TIME_STYLE,
    head: head(facts),
    main: peers.length === 0
      ? markup`<p>Nothing was measured in this period.</p>`
      : [overview(facts), cards(facts)],
  });
}

function head({ document }: PageFacts): Content {
  const { total, history, since, until } = document;
  const span = durationText(Date.parse(until) - Date.parse(since));
  const origin = [document.machine, document.operator].filter((one) => one !== undefined);
  const sums = [
    [percentText(total.availability), "available"],
    [measuredText(total.measured), "of the time measured"],
    [`${total.outageCount}`, total.outageCount === 1 ? "outage" : "outages"],
    [`${total.peers}`, total.peers === 1 ? "peer" : "peers"],
  ];
  return markup`<p class="soft">${span}, from ${history}${
    origin.length === 0 ? "" : `, made on ${origin.join(" by ")}`
  }. The ${span} before: ${trendText(total)}.</p>
<ul class="sums">${sums.map(([value, name]) => markup`<li><b>${value}</b>${name}</li>\n`)}</ul>`;
}

const HEADS = ["Available", "Measured", "Outages", "Down", "Median", "Slowest"];

function overview(facts: PageFacts): Markup {
  const { document } = facts;
  const { peers, groups, cellUnit } = document;
  const row = (peer: PeerDocument) => {
    const at = peers.indexOf(peer);
    return markup`<tr class="${BADGES[peer.state]}"><th scope="row"><a href="#peer-${
      at + 1
    }">${peer.name}</a></th><td class="wide">${strip(peer, facts)}</td>${
      numbers([
        ...sumTexts(peer),
        peer.times === undefined ? "-" : durationText(peer.times.medianMs),
        peer.times === undefined ? "-" : durationText(peer.times.slowestMs),
      ])
    }</tr>\n`;
  };
  const bodies = groups.length === 0
    ? markup`<tbody>${peers.map(row)}</tbody>`
    : groups.map((group) =>
      markup`<tbody><tr class="group"><th scope="rowgroup" colspan="2">${
        group.group ?? "no group"
      }</th>${numbers([...sumTexts(group), "", ""])}</tr>
${peers.filter((peer) => peer.group === group.group).map(row)}</tbody>`
    );
  return markup`<section><h2 id="all">All peers</h2>
${legend(facts)}
<div class="scroll" role="region" aria-labelledby="all" tabindex="0"><table class="grid">
<thead><tr><th scope="col">Peer</th><th scope="col">Each ${cellUnit}</th>${
    HEADS.map((name) => markup`<th scope="col" class="number">${name}</th>`)
  }</tr></thead>
${bodies}</table></div></section>`;
}

function sumTexts(
  { availability, measured, outageCount, downMs }: OverTimeDocument["total"] | PeerDocument,
): readonly string[] {
  return [
    percentText(availability),
    measuredText(measured),
    `${outageCount}`,
    downMs === 0 ? "-" : durationText(downMs),
  ];
}

function numbers(texts: readonly string[]): Content {
  return texts.map((text) => markup`<td class="number">${text}</td>`);
}

function legend({ document }: PageFacts): Markup {
  const used = new Set(document.peers.flatMap((peer) => looksOf(peer, document)));
  const looks = (Object.keys(CELL_LOOKS) as CellLook[]).filter((look) => used.has(look));
  return markup`<ul class="legend">${
    looks.map((look) => markup`<li><i class="cell ${classOf(look)}"></i>${CELL_LOOKS[look]}</li>`)
  }</ul>`;
}

function classOf(look: CellLook): string {
  return look.replaceAll(" ", "-");
}

/** The cells, and in words how many there are of each kind. */
function strip(peer: PeerDocument, { document, zone }: PageFacts): Markup {
  const { cellBounds, cellUnit } = document;
  const looks = looksOf(peer, document);
  const counts = (Object.keys(CELL_LOOKS) as CellLook[]).flatMap((look) => {
    const count = looks.filter((one) => one === look).length;
    return count === 0 ? [] : [`${count} ${CELL_LOOKS[look]}`];
  });
  const cells = peer.cells.map(({ upMs, downMs }, at) => {
    const lengthMs = cellMs(cellBounds, at);
    const begin = localTime(cellBounds[at] ?? "", zone);
    const parts = [
      downMs > 0 ? `down ${durationText(downMs)}` : undefined,
      upMs > 0 ? `up ${durationText(upMs)}` : undefined,
      lengthMs - upMs - downMs >= 1000
        ? `not measured ${durationText(lengthMs - upMs - downMs)}`
        : undefined,
    ].filter((part) => part !== undefined);
    const title = `${begin}: ${parts.join(", ")}`;
    return markup`<i class="cell ${classOf(looks[at] ?? "unmeasured")}" title="${title}"></i>`;
  });
  const kind = cells.length > MOST_APART ? "strip many" : "strip";
  return markup`<div class="${kind}" role="img" aria-label="Each ${cellUnit}: ${
    counts.join(", ")
  }">${cells}</div>`;
}

/** Those with outages first, the least available before the others. */
function cards(facts: PageFacts): Markup {
  const all = facts.document.peers.map((peer, at) => ({ peer, id: `peer-${at + 1}` }))
    .sort((a, b) => (a.peer.availability ?? 2) - (b.peer.availability ?? 2));
  return markup`<section><h2>Peer by peer, the least available first</h2>
${all.map((one) => card(one, facts))}</section>`;
}

const STATES = { up: "✓ up", down: "✗ down", unmeasured: "not measured" } as const;

function card(
  { peer, id }: { readonly peer: PeerDocument; readonly id: string },
  facts: PageFacts,
): Markup {
  const { times, tls, lastAt, firstAt } = peer;
  const { zone, document } = facts;
  const verdict = BADGES[peer.state];
  const where = peer.addresses.map((one) =>
    `${hostAndPort(one)} (${one.callingAeTitle} calls ${one.calledAeTitle})`
  );
  const rows: readonly (readonly [string, Content])[] = [
    ["address", where.join("; ")],
    ["available", `${percentText(peer.availability)} of the time that was measured`],
    ["measured", measuredText(peer.measured)],
    ["before", trendText(peer)],
    ["checks", `${peer.results}, of which ${peer.failed} failed`],
    ["first", firstAt === undefined ? undefined : localTime(firstAt, zone)],
    ["last", lastAt === undefined ? undefined : localTime(lastAt, zone)],
    ["times", times === undefined ? undefined : timesText(times, zone)],
    ...peer.stages.map((stage) => [stage.stage, timesText(stage, zone)] as const),
    ["certificate", tls === undefined ? undefined : daysLeftText(tls, document.until)],
  ];
  return markup`<article class="card ${verdict}" id="${id}">
<div class="head"><span class="badge">${
    STATES[peer.state]
  }</span><h3>${peer.name}</h3><span class="soft">${peer.group}</span></div>
${strip(peer, facts)}
${line(peer, facts)}
${outages(peer, zone)}
<dl class="more">${
    rows.filter(([, value]) => value !== undefined && value !== "").map(([name, value]) =>
      markup`<dt>${name}</dt><dd>${value}</dd>\n`
    )
  }</dl></article>\n`;
}

function timesText(times: NonNullable<PeerDocument["times"]>, zone: Zone): string {
  return `median ${durationText(times.medianMs)}, 95 % within ${
    durationText(times.p95Ms)
  }, slowest ${durationText(times.slowestMs)} on ${localTime(times.slowestAt, zone)}`;
}

/** The median of each cell as a line; what was not measured is left out of it. */
function line({ cells }: PeerDocument, { document }: PageFacts): Content {
  const known = cells.flatMap(({ medianMs }) => medianMs ?? []);
  if (known.length < 2) return undefined;
  const most = Math.max(...known);
  const parts: string[] = [];
  for (const [at, { medianMs }] of cells.entries()) {
    if (medianMs === undefined) continue;
    const isNext = at > 0 && cells[at - 1]?.medianMs !== undefined;
    const y = (most === 0 ? 19 : 19 - medianMs / most * 18).toFixed(1);
    parts.push(`${isNext ? "L" : "M"}${at} ${y}h1`);
  }
  const text = `Median of each ${document.cellUnit}: ${durationText(Math.min(...known))} to ${
    durationText(most)
  }`;
  return markup`<div class="median"><svg viewBox="0 0 ${cells.length} 20" preserveAspectRatio="none" role="img" aria-label="${text}"><path d="${
    parts.join("")
  }"/></svg><span class="soft">${text}</span></div>`;
}

function outages({ outages, outageCount }: PeerDocument, zone: Zone): Content {
  if (outages.length === 0) return undefined;
  const shown = outages.toReversed().slice(0, MOST_OUTAGES);
  const more = outageCount > shown.length ? ` (${shown.length} of ${outageCount})` : "";
  const items = shown.map((outage) => {
    const begin = `${outage.before === "up" ? "" : "before "}${localTime(outage.begin, zone)}`;
    const end = outage.after === "period"
      ? "still down at the end"
      : `until ${localTime(outage.end, zone)}${outage.after === "up" ? "" : " at least"}`;
    return markup`<li><b>${
      durationText(outage.downMs)
    }</b> ${begin}, ${end}<br><span class="soft">${causeText(outage)}</span></li>\n`;
  });
  return markup`<details class="more"${
    outageCount <= 5 ? { html: " open" } : undefined
  }><summary>Outages, the latest first${more}</summary><ul class="outages">${items}</ul></details>`;
}
