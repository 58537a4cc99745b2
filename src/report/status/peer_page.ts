/** The page of one watched peer. */

import { timesText } from "../html_entry.ts";
import { type Content, type Markup, markup } from "../markup.ts";
import { endText } from "../days.ts";
import { failureText } from "../failure.ts";
import { percentText } from "../over_time_words.ts";
import { durationText, sentence, withStop } from "../values.ts";
import { chart } from "./chart.ts";
import type { FailedDocument, PeerDetailsDocument } from "./schema.ts";
import { shell } from "./shell.ts";
import { stageBars } from "./stage_bars.ts";
import { strip } from "./strip.ts";
import {
  badge,
  clock,
  daysText,
  type PageTime,
  placeText,
  sinceText,
  STATE_CLASSES,
  STATE_WORDS,
} from "./words.ts";

/** The page of `peer`. */
export function renderPeerPage(peer: PeerDetailsDocument, time: PageTime): string {
  const { name, state, title } = peer;
  const word = STATE_WORDS[state].replace(/^\S+ /, "");
  const isBad = STATE_CLASSES[state] === "failed";
  return shell({
    title: `${name}: ${word}${title === undefined ? "" : ` · ${title}`}`,
    isBad,
    head: markup`<p><a href="/">All peers</a></p>
<h1>${name}</h1>
<p class="${STATE_CLASSES[state]} lead">${badge(state)} ${peer.sinceIsExact ? "since" : "for"} ${
      sinceText(peer, time)
    }</p>`,
    main: [
      summary(peer, time),
      checks(peer, time),
      availability(peer, time),
      certificates(peer),
      failures(peer, time),
    ],
  }, { about: peer, time });
}

function summary(peer: PeerDetailsDocument, time: PageTime): Markup {
  const { reason, hint, contact, note, group, tags, lastSuccessAt, checkedAt, newest, state } =
    peer;
  const rows: readonly (readonly [string, Content])[] = [
    ["whom to call", contact],
    ["note", note],
    ["where", placeText(peer)],
    ["called by", newest.check?.callingAeTitle],
    ["group", group],
    ["tags", tags.length === 0 ? undefined : tags.join(", ")],
    ["last checked", checkedAt === undefined ? undefined : clock(checkedAt, time)],
    ["last answered", lastSuccessAt === undefined ? undefined : clock(lastSuccessAt, time)],
    ["software", newest.association?.implementationVersionName],
    ["warning", newest.warnings?.map(({ message }) => sentence(message)).join(" ")],
  ];
  return markup`<article class="card ${STATE_CLASSES[state]}">
${reason === undefined ? undefined : markup`<p class="what">${reason}</p>`}
${hint === undefined ? undefined : markup`<p class="hint"><b>What to try:</b> ${hint}</p>`}
${list(rows)}
</article>
`;
}

function list(rows: readonly (readonly [string, Content])[]): Markup {
  return markup`<dl>${
    rows.filter(([, value]) => value !== undefined && value !== "")
      .map(([word, value]) => markup`<dt>${word}</dt><dd>${value}</dd>\n`)
  }</dl>`;
}

function checks(peer: PeerDetailsDocument, time: PageTime): Markup {
  const { recent, newest, medianMs, slowestMs, everySeconds } = peer;
  const facts: readonly (readonly [string, Content])[] = [
    ["median", medianMs === undefined ? undefined : durationText(medianMs)],
    ["slowest", slowestMs === undefined ? undefined : durationText(slowestMs)],
  ];
  const stages = stageBars(newest.timings ?? []);
  return markup`<section aria-labelledby="checks">
<h2 id="checks">Checks</h2>
${strip(recent, Math.max(60, recent.length))}
${chart(recent, { everySeconds, time })}
${list(facts)}
${stages === undefined ? undefined : markup`<h3>Stages of the newest check</h3>\n${stages}`}
</section>
`;
}

/** From the history; without one there is no such section. */
function availability(
  { availability, availabilityAt }: PeerDetailsDocument,
  time: PageTime,
): Markup | undefined {
  if (availability === undefined || availabilityAt === undefined) return undefined;
  const rows = availability.map(({ days, availability, measured, outages }) =>
    markup`<tr><th scope="row">${daysText(days)}</th><td data-label="available">${
      percentText(availability)
    }</td><td data-label="outages">${outages}</td><td data-label="measured">${
      percentText(measured)
    }</td></tr>\n`
  );
  return markup`<section aria-labelledby="available">
<h2 id="available">Availability</h2>
<table>
<thead><tr><th scope="col">In the last</th><th scope="col">Available</th><th scope="col">Outages</th><th scope="col">Of this measured</th></tr></thead>
<tbody>${rows}</tbody>
</table>
<p class="soft">From the history, summed up at ${clock(availabilityAt, time)}.</p>
</section>
`;
}

function certificates({ newest }: PeerDetailsDocument): Markup | undefined {
  const { tls } = newest;
  if (tls === undefined) return undefined;
  const { protocol, cipherSuite, trust, chain } = tls;
  const rows = chain.map(({ subject, issuer, notAfter, daysLeft }) =>
    markup`<tr><th scope="row">${subject}</th><td data-label="issued by">${issuer}</td><td data-label="until">${
      notAfter?.slice(0, 10)
    }</td><td>${daysLeft === undefined ? undefined : endText(daysLeft)}</td></tr>\n`
  );
  return markup`<section aria-labelledby="certificates">
<h2 id="certificates">Certificates</h2>
<p>${protocol}, ${cipherSuite}; ${trust}.</p>
<table>
<thead><tr><th scope="col">Of</th><th scope="col">Issued by</th><th scope="col">Until</th><th scope="col">Ends</th></tr></thead>
<tbody>${rows}</tbody>
</table>
</section>
`;
}

function failures({ failures }: PeerDetailsDocument, time: PageTime): Markup {
  return markup`<section aria-labelledby="failures">
<h2 id="failures">Last failures</h2>
${
    failures.length === 0
      ? markup`<p class="soft">None since this program watches.</p>`
      : failures.map((one, at) => failure(one, { at, time }))
  }
</section>`;
}

function failure(
  { entry, log }: FailedDocument,
  { at, time }: { readonly at: number; readonly time: PageTime },
): Markup {
  const { startedAt, startedAtLocal, unmet, failure, elapsedMs, attempts } = entry;
  const what = [
    ...unmet.map(({ message }) => sentence(message)),
    ...(failure === undefined ? [] : [sentence(failureText(failure))]),
  ];
  const heading = startedAt === undefined ? "A failure" : clock(startedAt, time);
  return markup`<details class="card failed"${at === 0 ? markup` open` : undefined} id="failure-${
    startedAt ?? at
  }">
<summary><h3>${heading}</h3> ${what.join(" ")}</summary>
${
    failure?.hint === undefined
      ? undefined
      : markup`<p class="hint"><b>What to try:</b> ${withStop(failure.hint)}</p>`
  }
${
    list([
      ["begun", timesText(startedAt, startedAtLocal)],
      ["took", elapsedMs === undefined ? undefined : durationText(elapsedMs)],
      ["attempts", attempts > 1 ? attempts : undefined],
      ["failed at", failure?.stage],
      ["failure", failure && `${failure.message} (${failure.name})`],
      ["situation", failure?.situation],
    ])
  }
${stageBars(entry.timings ?? [])}
${
    log.length === 0
      ? undefined
      : markup`<pre tabindex="0" role="region" aria-label="Log of the check at ${startedAt}">${
        log.map((line) => markup`${line}\n`)
      }</pre>`
  }
</details>
`;
}
