// data table
/** The style sheet of the HTML report, of which other pages take the palette and the pieces. */

/** The colours, in the light and in the dark. */
export const PALETTE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --text: #1b2330; --soft: #556072; --line: #d8dde5;
  --ok: #0f7b3f; --ok-soft: #e2f4e9; --bad: #b3261e; --bad-soft: #fdeceb;
  --skip: #7a5a00; --skip-soft: #fbf1d6; --track: #e9ecf1;
  --connect: #2f6fdb; --tls: #0c8c8c; --associate: #8a4fd0; --echo: #17954d; --end: #7b8494;
  --other: #b5651d;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161c; --card: #1b212a; --text: #e7ebf1; --soft: #a3adbb; --line: #343c48;
    --ok: #5fd08d; --ok-soft: #15352a; --bad: #ff8f86; --bad-soft: #3d1d1c;
    --skip: #e8c35b; --skip-soft: #3a3015; --track: #2a323d;
    --connect: #6c9ff0; --tls: #3fbaba; --associate: #b48bea; --echo: #4cc583; --end: #98a2b3;
    --other: #e09a57;
  }
}
`;

/** The colours on paper, for a media query. */
export const PRINT_COLORS =
  `  :root { --page: #fff; --card: #fff; --text: #000; --soft: #444; --line: #bbb; --track: #eee;
    --ok: #0f7b3f; --ok-soft: #fff; --bad: #b3261e; --bad-soft: #fff; --skip: #7a5a00;
    --skip-soft: #fff; --connect: #2f6fdb; --tls: #0c8c8c; --associate: #8a4fd0;
    --echo: #17954d; --end: #7b8494; --other: #b5651d; }`;

/** Page, headings, texts, badges, cards and lists of facts; no fonts or images from elsewhere. */
export const PIECES = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; padding: 1.5rem clamp(0.75rem, 3vw, 2.5rem) 3rem; background: var(--page);
  color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
main, header, footer { max-width: 78rem; margin-inline: auto; }
main { margin-top: 1.25rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 0.25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2rem 0 0.75rem; }
h3, .head h2 { font-size: 1.05rem; margin: 0; overflow-wrap: anywhere; }
p { margin: 0.35rem 0; }
a { color: inherit; }
code { font: 0.86em/1.5 ui-monospace, "SFMono-Regular", Consolas, monospace; overflow-wrap: anywhere; }
.soft { color: var(--soft); overflow-wrap: anywhere; }
.badge {
  display: inline-block; border-radius: 1rem; padding: 0 0.6rem; font-size: 0.85rem;
  font-weight: 600; white-space: nowrap;
}
.passed .badge { color: var(--ok); background: var(--ok-soft); }
.failed .badge { color: var(--bad); background: var(--bad-soft); }
.skipped .badge { color: var(--skip); background: var(--skip-soft); }
.card {
  background: var(--card); border: 1px solid var(--line); border-left: 0.3rem solid var(--ok);
  border-radius: 0.6rem; padding: 0.9rem 1.1rem; margin: 0 0 0.9rem; break-inside: avoid;
}
.card.failed { border-left-color: var(--bad); }
.card.skipped { border-left-color: var(--skip); }
.card:target { outline: 2px solid var(--connect); }
.head { display: flex; flex-wrap: wrap; gap: 0.3rem 0.8rem; align-items: baseline; }
.what { font-weight: 600; margin-top: 0.5rem; overflow-wrap: anywhere; }
.hint { border-left: 3px solid var(--connect); padding-left: 0.6rem; overflow-wrap: anywhere; }
.hint b { font-weight: 600; }
dl { display: grid; grid-template-columns: minmax(7.5rem, max-content) 1fr; gap: 0.1rem 1rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
`;

/** Light and dark, narrow and wide, and on paper. */
export const STYLE = `${PALETTE}${PIECES}
.sums { display: flex; flex-wrap: wrap; gap: 0.6rem; padding: 0; margin: 1rem 0 0; list-style: none; }
.sums li {
  background: var(--card); border: 1px solid var(--line); border-radius: 0.6rem;
  padding: 0.5rem 1rem; min-width: 7rem;
}
.sums b { display: block; font-size: 1.5rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
.sums a { text-underline-offset: 0.15em; text-decoration-color: var(--soft); }
.sums .some-failed b { color: var(--bad); }
.sums .some-passed b { color: var(--ok); }
.sums .some-skipped b { color: var(--skip); }
.share { display: flex; height: 0.5rem; margin-top: 1rem; border-radius: 1rem; overflow: hidden;
  background: var(--track); }
.share i { display: block; }
.share .passed { background: var(--ok); }
.share .failed { background: var(--bad); }
.share .skipped { background: var(--skip); }
.origin { margin-top: 0.5rem; font-size: 0.9rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr));
  gap: 0.7rem 2.5rem; align-items: start; margin-top: 0.7rem; }
.times { display: grid; grid-template-columns: 5rem 1fr 5rem; gap: 0.2rem 0.8rem;
  align-items: center; }
.times span:nth-child(3n) { text-align: right; font-variant-numeric: tabular-nums; }
.track { background: var(--track); border-radius: 0.3rem; height: 0.7rem; overflow: hidden; }
.track i { display: block; height: 100%; min-width: 3px; border-radius: 0.2rem; }
.more { margin-top: 0.7rem; padding-top: 0.6rem; border-top: 1px solid var(--line); }
.more summary { color: var(--soft); width: max-content; }
.more dl, tr dl { margin-top: 0.4rem; }
tr dl { grid-template-columns: max-content 1fr; gap: 0.1rem 0.7rem; }
.bar { display: flex; background: var(--track); border-radius: 0.3rem; height: 0.7rem;
  overflow: hidden; }
.bar i { display: block; min-width: 2px; }
i.connect, i.resolve { background: var(--connect); } i.tls { background: var(--tls); }
i.associate { background: var(--associate); } i.echo { background: var(--echo); }
i.release { background: var(--end); } i.abort { background: var(--other); }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; font-size: 0.85rem; padding: 0;
  margin: 0 0 0.6rem; list-style: none; color: var(--soft); }
.legend i { display: inline-block; width: 0.8rem; height: 0.7rem; border-radius: 0.2rem;
  margin-right: 0.35rem; }
table { border-collapse: collapse; width: 100%; background: var(--card); table-layout: fixed;
  border: 1px solid var(--line); }
col.verdict { width: 9.5rem; } col.address { width: 15.5rem; } col.stages { width: 10rem; }
col.echo, col.total { width: 6rem; }
th, td { text-align: left; padding: 0.45rem 0.7rem; border-top: 1px solid var(--line);
  vertical-align: top; overflow-wrap: anywhere; }
thead th { border-top: 0; font-size: 0.85rem; color: var(--soft); font-weight: 600;
  background: var(--card); }
tbody th { font-weight: 400; }
tbody th .soft { display: block; }
tbody th a { text-decoration: none; } tbody th a b { text-decoration: underline; }
.group th { font-weight: 600; background: var(--track); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td .bar { margin-top: 0.35rem; }
summary { cursor: pointer; overflow-wrap: anywhere; }
summary b { font-weight: 600; }
[hidden] { display: none !important; }
.aside { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
.tools { display: flex; flex-wrap: wrap; gap: 0.6rem 1rem; align-items: center; }
.tools input { flex: 1 1 16rem; max-width: 24rem; }
.verdicts { display: flex; flex-wrap: wrap; gap: 0.4rem; }
.said { margin: 0; color: var(--soft); font-variant-numeric: tabular-nums; }
button, input { font: inherit; font-size: 0.9rem; color: inherit; background: var(--card);
  border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.35rem 0.75rem; }
input::placeholder { color: var(--soft); opacity: 1; }
button { cursor: pointer; }
button:hover { border-color: var(--soft); }
:focus-visible { outline: 2px solid var(--connect); outline-offset: 2px; }
button[aria-pressed="true"] { background: var(--text); color: var(--page); border-color: var(--text); }
.copy { font-size: 0.78rem; line-height: 1.3; padding: 0.1rem 0.5rem; color: var(--soft);
  font-weight: 400; white-space: nowrap; }
.head .copy { margin-left: auto; }
.hint .copy { vertical-align: 0.1em; }
tbody th .copy { float: right; margin-left: 0.5rem; }
.sort { background: none; border: 0; padding: 0; margin: 0; font: inherit; text-align: inherit; }
.sort::after { content: "\\2195" / ""; margin-left: 0.3rem; opacity: 0.45; }
[aria-sort] .sort { color: var(--text); }
[aria-sort] .sort::after { opacity: 1; }
[aria-sort="ascending"] .sort::after { content: "\\2191" / ""; }
[aria-sort="descending"] .sort::after { content: "\\2193" / ""; }
.sorted .group { display: none !important; }
.sorted [data-group]::after { content: attr(data-group); display: block; color: var(--soft); }
footer { margin-top: 2rem; font-size: 0.85rem; color: var(--soft); }
@media (hover: hover) {
  tr .copy { opacity: 0; }
  tr:hover .copy, tr .copy:focus-visible { opacity: 1; }
}
@media (pointer: coarse) {
  .copy { padding: 0.4rem 0.8rem; }
}
@media screen and (min-width: 62.01rem) {
  thead th { position: sticky; top: 0; z-index: 1; box-shadow: 0 1px 0 var(--line); }
}
@media (max-width: 30rem) {
  dl, tr dl { grid-template-columns: 1fr; }
  dt { font-size: 0.85rem; margin-top: 0.2rem; }
  .sums li { flex: 1 1 40%; min-width: 0; }
}
@media screen and (max-width: 62rem) {
  table, tbody, td, th { display: block; width: 100%; }
  colgroup { display: none; }
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .scripted thead { position: static; clip-path: none; width: 100%; height: auto; }
  .scripted thead tr { display: flex; flex-wrap: wrap; gap: 0.4rem; padding: 0.6rem 0.9rem; }
  .scripted thead th { width: auto; }
  .scripted thead th:not(:has(button)) { display: none; }
  .sort { border: 1px solid var(--line); padding: 0.3rem 0.7rem; }
  tbody tr { display: grid; grid-template-columns: minmax(0, 1fr) max-content; gap: 0.15rem 1rem;
    align-items: start; border-top: 1px solid var(--line); padding: 0.6rem 0.9rem; }
  th, td { border: 0; padding: 0; }
  tr.group { display: block; background: var(--track); padding-block: 0.3rem; }
  td.verdict { grid-area: 1 / 1; }
  td.total { grid-area: 1 / 2; }
  tbody th { grid-area: 2 / 1 / auto / span 2; }
  td.address { grid-area: 3 / 1 / auto / span 2; }
  td.stages { grid-area: 4 / 1; }
  td.echo { grid-area: 4 / 2; }
  td[data-label]::before { content: attr(data-label) " "; color: var(--soft); }
}
@media print {
${PRINT_COLORS}
  body { font-size: 9.5pt; padding: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .tools, .copy { display: none; }
  .card { break-inside: auto; }
  tbody tr, .head, .what, .hint, .facts, .origin { break-inside: avoid; }
  h2, h3, .head, .what, .legend, thead, tr.group { break-after: avoid; }
  .badge { padding: 0; font-size: 0.9em; }
  .sums a { text-decoration: none; }
  .facts { grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); }
  dl { grid-template-columns: 6.5rem 1fr; }
  /* A grid for each row: what is unfolded gets the whole width below it. */
  table, thead, tbody { display: block; }
  colgroup { display: none; }
  tr { display: grid; gap: 0 0.7rem; padding: 0.3rem 0.5rem; border-top: 1px solid var(--line);
    grid-template-columns: 5.4rem minmax(0, 1fr) 10rem 3.6rem 5rem 3.6rem; }
  tr.group { display: block; }
  th, td { border: 0; padding: 0; }
  .sort::after { content: none; }
  tbody tr:not(.group) th, tr details { display: contents; }
  tr summary { grid-area: 1 / 2; }
  tr details > dl { grid-area: 2 / 1 / auto / -1; }
  tr details::details-content { grid-area: 2 / 1 / auto / -1; }
  summary { list-style: none; }
  summary::-webkit-details-marker { display: none; }
  .more > summary { display: none; }
  .more dl, tr dl { grid-template-columns: max-content minmax(0, 1fr) max-content minmax(0, 1fr);
    gap: 0.05rem 0.8rem; font-size: 0.92em; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
}
`;
