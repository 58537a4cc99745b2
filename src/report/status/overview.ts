/** The page of all watched peers: what is down first, then everything. */

import { endText } from "../days.ts";
import { type Content, type Markup, markup } from "../markup.ts";
import { percentText } from "../over_time_words.ts";
import { durationText } from "../values.ts";
import { chosen, type OverviewQuery, queryText, type SortName, SORTS } from "./query.ts";
import { PEER_STATES, type PeerDocument, type StatusDocument } from "./schema.ts";
import { shell } from "./shell.ts";
import { strip } from "./strip.ts";
import {
  badge,
  clock,
  daysText,
  headline,
  type PageTime,
  placeText,
  sinceText,
  STATE_CLASSES,
  STATE_WORDS,
} from "./words.ts";

/** The page of `status`, as `query` asks for it. */
export function renderOverview(
  status: StatusDocument,
  { query, time }: { readonly query: OverviewQuery; readonly time: PageTime },
): string {
  const { summary, title, site } = status;
  const line = headline(status);
  const isBad = summary.down + summary.notAsExpected > 0;
  const where = [title, site].filter((one) => one !== undefined).join(", ");
  const peers = chosen(status.peers, query);
  const bad = peers.filter(({ state }) => STATE_CLASSES[state] === "failed");
  return shell({
    title: `${line}${where === "" ? "" : ` · ${where}`}`,
    isBad,
    head: markup`<p class="soft">${where}</p>
<h1>${line}</h1>
${sums(status)}`,
    tools: tools(query),
    main: [
      bad.length === 0 ? undefined : markup`<section aria-labelledby="bad">
<h2 id="bad">Needs attention</h2>
${bad.map((peer) => card(peer, time))}</section>
`,
      table(peers, { query, time, total: status.peers.length }),
    ],
  }, { about: status, time });
}

function sums({ summary }: StatusDocument): Markup {
  const counts = [
    ["failed", summary.down, "down"],
    ["failed", summary.notAsExpected, "not as expected"],
    ["skipped", summary.notChecked, "not checked"],
    ["passed", summary.downAsExpected, "down, as expected"],
    ["passed", summary.up, "up"],
  ] as const;
  const known = counts.filter(([, count, word]) => count > 0 || word === "down" || word === "up");
  return markup`<ul class="sums">${
    known.map(([name, count, word]) =>
      markup`<li class="${count > 0 ? `some-${name}` : ""}"><b>${count}</b> ${word}</li>\n`
    )
  }</ul>`;
}

/** Search, filter and order, which need no script. */
function tools(query: OverviewQuery): Markup {
  const option = (value: string, text: string, isChosen: boolean) =>
    markup`<option value="${value}"${isChosen ? markup` selected` : undefined}>${text}</option>`;
  return markup`<form id="tools" class="tools" role="search" method="get" action="/">
<label>Search <input type="search" name="q" value="${query.text}" autocomplete="off"></label>
<label>Show <select name="state">${option("", "all peers", query.state === undefined)}${
    PEER_STATES.map((state) =>
      option(state, STATE_WORDS[state].replace(/^\S+ /, ""), query.state === state)
    )
  }</select></label>
<label>Order <select name="sort">${
    Object.entries(SORTS).map(([name, { label }]) => option(name, label, query.sort === name))
  }</select></label>
<button>Show</button>
</form>
`;
}

/** A peer that is not as it should be: since when, why, what to try, whom to call. */
function card(peer: PeerDocument, time: PageTime): Markup {
  const { name, id, group, state, reason, hint, contact, note, lastSuccessAt, changedNow } = peer;
  const rows: readonly (readonly [string, Content])[] = [
    [peer.sinceIsExact ? "since" : "for", sinceText(peer, time)],
    ["last answered", lastSuccessAt === undefined ? undefined : clock(lastSuccessAt, time)],
    ["whom to call", contact],
    ["note", note],
  ];
  const isNew = changedNow ? markup` <span class="new">new</span>` : undefined;
  return markup`<article class="card ${STATE_CLASSES[state]}">
<div class="head">${
    badge(state)
  }${isNew}<h3><a href="/peers/${id}">${name}</a></h3><span class="soft">${
    [group, placeText(peer)].filter((one) => one !== undefined && one !== "").join(" · ")
  }</span></div>
<p class="what">${reason}</p>
${hint === undefined ? undefined : markup`<p class="hint"><b>What to try:</b> ${hint}</p>`}
<dl>${
    rows.filter(([, value]) => value !== undefined)
      .map(([word, value]) => markup`<dt>${word}</dt><dd>${value}</dd>\n`)
  }</dl>
${strip(peer.recent)}
</article>
`;
}

/** The columns of the table, and what they are sorted by. */
const COLUMNS: readonly (readonly [string, SortName | undefined])[] = [
  ["State", "state"],
  ["Peer", "name"],
  ["Since", "since"],
  ["Last checks", undefined],
  ["Time", "time"],
  ["Certificate", "certificate"],
];

/** One more where there is a history. */
const AVAILABLE = ["Available", "available"] as const;

function table(
  peers: readonly PeerDocument[],
  { query, time, total }: {
    readonly query: OverviewQuery;
    readonly time: PageTime;
    readonly total: number;
  },
): Markup {
  const count = peers.length === total
    ? `${total} ${total === 1 ? "peer" : "peers"}`
    : `${peers.length} of ${total} peers`;
  const hasPast = peers.some(({ availability }) => availability !== undefined);
  const heads = (hasPast ? [...COLUMNS, AVAILABLE] : COLUMNS).map(([word, sort]) => {
    if (sort === undefined) return markup`<th scope="col">${word}</th>`;
    const isSorted = query.sort === sort;
    const direction = isSorted
      ? markup` aria-sort="${query.isReversed ? "descending" : "ascending"}"`
      : undefined;
    const next = { ...query, sort, isReversed: isSorted && !query.isReversed };
    return markup`<th scope="col"${direction}><a href="/${queryText(next)}">${word}</a></th>`;
  });
  return markup`<section aria-labelledby="all">
<h2 id="all">All peers <span class="soft">${count}</span></h2>
${
    peers.length === 0
      ? markup`<p class="soft">${
        total === 0 ? "There is no result yet." : "None is like this."
      }</p>`
      : markup`<table>
<thead><tr>${heads}</tr></thead>
<tbody>
${peers.map((peer) => row(peer, { time, hasPast }))}</tbody>
</table>`
  }
</section>`;
}

function row(
  peer: PeerDocument,
  { time, hasPast }: { readonly time: PageTime; readonly hasPast: boolean },
): Markup {
  const { id, name, group, state, reason, certificateDaysLeft } = peer;
  const about = [group, placeText(peer)].filter((one) => one !== undefined && one !== "");
  const why = reason === undefined ? undefined : markup`<span class="soft why">${reason}</span>`;
  return markup`<tr class="${STATE_CLASSES[state]}"><td class="state">${badge(state)}</td>
<th scope="row"><a href="/peers/${id}">${name}</a><span class="soft">${
    about.join(" · ")
  }</span>${why}</th>
${cell(peer.sinceIsExact ? "since" : "for", { kind: "since", content: sinceText(peer, time) })}
<td class="checks">${strip(peer.recent)}</td>
${cell("time", { kind: "number", content: timeText(peer) })}
${
    cell("certificate", {
      content: certificateDaysLeft === undefined ? undefined : endText(certificateDaysLeft),
    })
  }${hasPast ? cell("available", { content: availableText(peer) }) : undefined}</tr>
`;
}

/** How long the newest check took, and the median. */
function timeText({ state, elapsedMs, medianMs }: PeerDocument): Content {
  const answers = state === "up" || state === "not-as-expected";
  const newest = answers && elapsedMs !== undefined ? durationText(elapsedMs) : undefined;
  const median = medianMs === undefined
    ? undefined
    : markup` <span class="soft">median ${durationText(medianMs)}</span>`;
  return newest === undefined && median === undefined ? undefined : [newest, median];
}

/** How available it was: in the last day, and in longer periods where more of them was measured. */
function availableText({ availability = [] }: PeerDocument): Content {
  const known = availability.filter((one, at) => {
    const shorter = availability[at - 1];
    const before = shorter === undefined ? 0 : shorter.measured * shorter.days;
    return one.availability !== undefined && one.measured * one.days > before * 1.01;
  });
  const [first, ...others] = known;
  if (first === undefined) return undefined;
  const rest = others.map((one) => `, ${percentText(one.availability)} in ${daysText(one.days)}`);
  return markup`${percentText(first.availability)} <span class="soft">in ${
    daysText(first.days)
  }${rest}</span>`;
}

/** A cell, which says what it is where there is no column for it. */
function cell(
  label: string,
  { kind = "", content }: { readonly kind?: string; readonly content: Content },
): Markup {
  return content === undefined
    ? markup`<td class="${kind} empty"></td>`
    : markup`<td class="${kind}" data-label="${label}">${content}</td>`;
}
