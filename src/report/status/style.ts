// data table
/** The style sheet of the pages of watched peers, in the look of the HTML report. */

import { PALETTE, PIECES, PRINT_COLORS } from "../html_style.ts";

/** Light and dark, narrow and wide, and on paper. */
export const STATUS_STYLE = `${PALETTE}${PIECES}
header[data-bad="yes"] h1 { color: var(--bad); }
header[data-bad="no"] h1 { color: var(--ok); }
h1 { font-size: clamp(1.7rem, 1.2rem + 2.4vw, 2.6rem); }
h3 { display: inline; }
section > h3 { display: block; margin: 1.2rem 0 0.4rem; }
.lead { font-size: 1.1rem; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--card); padding: 0.4rem 0.8rem; z-index: 2; }
.aside { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; margin: 0; }
[hidden] { display: none !important; }
.lost { max-width: 78rem; margin: 1rem auto 0; padding: 0.6rem 1rem; border-radius: 0.6rem;
  background: var(--bad-soft); color: var(--bad); font-weight: 600; }
.sums { display: flex; flex-wrap: wrap; gap: 0.4rem 1.4rem; padding: 0; margin: 0.6rem 0 0;
  list-style: none; }
.sums b { font-size: 1.2rem; font-variant-numeric: tabular-nums; }
.sums .some-failed b { color: var(--bad); } .sums .some-passed b { color: var(--ok); }
.sums .some-skipped b { color: var(--skip); }
.tools { display: flex; flex-wrap: wrap; gap: 0.6rem 1rem; align-items: end; }
.tools label { color: var(--soft); font-size: 0.85rem; display: grid; gap: 0.15rem; }
.tools label:first-child { flex: 1 1 14rem; max-width: 24rem; }
button, input, select { font: inherit; font-size: 0.95rem; color: var(--text);
  background: var(--card); border: 1px solid var(--soft); border-radius: 0.5rem;
  padding: 0.4rem 0.7rem; min-height: 2.4rem; width: 100%; }
.tools button { width: auto; cursor: pointer; }
:focus-visible { outline: 2px solid var(--connect); outline-offset: 2px; }
#live:focus { outline: none; }
.new { font-size: 0.8rem; font-weight: 600; border: 1px solid currentColor; border-radius: 1rem;
  padding: 0 0.5rem; color: var(--bad); }
.card dl { margin: 0.5rem 0; }
@media (min-width: 48rem) {
  .card dl { grid-template-columns: max-content minmax(0, 1fr) max-content minmax(0, 1fr); }
}
.card .strip { max-width: 30rem; }
.strip { display: block; width: 100%; height: 1.3rem; }
.strip .pass { fill: var(--ok); } .strip .fail { fill: var(--bad); }
.strip .none { fill: var(--soft); }
.chart { margin: 1rem 0; }
.chart svg { display: block; width: 100%; height: 8rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 0.4rem; }
.chart .took { fill: none; stroke: var(--connect); stroke-width: 2; stroke-linecap: round;
  stroke-linejoin: round; vector-effect: non-scaling-stroke; }
.chart .failed-at { fill: var(--bad-soft); } .chart .failed-edge { fill: var(--bad); }
.axis { display: flex; justify-content: space-between; margin: 0.1rem 0; font-size: 0.85rem;
  font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; background: var(--card);
  border: 1px solid var(--line); }
th, td { text-align: left; padding: 0.5rem 0.7rem; border-top: 1px solid var(--line);
  vertical-align: top; overflow-wrap: anywhere; }
thead th { border-top: 0; white-space: nowrap; font-size: 0.85rem; color: var(--soft); font-weight: 600; }
tbody th { font-weight: 400; min-width: 12rem; }
tbody th > a { font-weight: 600; }
tbody th .soft, .number .soft { display: block; font-size: 0.87rem; }
td .soft { font-size: 0.87rem; }
td.state { white-space: nowrap; }
td.checks { width: 15rem; min-width: 9rem; }
td.checks .strip { margin-top: 0.1rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.why { color: var(--text); }
[aria-sort="ascending"] a::after { content: " \\2191" / ""; }
[aria-sort="descending"] a::after { content: " \\2193" / ""; }
table.stages { max-width: 44rem; margin: 0.6rem 0; }
table.stages th, table.stages td { padding: 0.25rem 0.7rem; }
table.stages tbody th { min-width: 0; width: 6rem; white-space: nowrap; }
.stages .bar { width: 60%; vertical-align: middle; }
.stages svg { display: block; width: 100%; height: 0.7rem; border-radius: 0.3rem; }
.track { fill: var(--track); }
.connect, .resolve { fill: var(--connect); } .tls { fill: var(--tls); }
.associate { fill: var(--associate); } .echo { fill: var(--echo); }
.release { fill: var(--end); } .abort { fill: var(--other); }
summary { cursor: pointer; overflow-wrap: anywhere; }
pre { font: 0.82rem/1.45 ui-monospace, "SFMono-Regular", Consolas, monospace; overflow-x: auto;
  background: var(--page); border: 1px solid var(--line); border-radius: 0.4rem;
  padding: 0.6rem 0.8rem; margin: 0.6rem 0 0; }
footer { margin-top: 2rem; font-size: 0.85rem; color: var(--soft); }
@media screen and (max-width: 56rem) {
  table:not(.stages), table:not(.stages) tbody, table:not(.stages) :is(td, th) {
    display: block; width: 100%; }
  table:not(.stages) thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px;
    overflow: hidden; }
  table:not(.stages) tbody tr { display: grid; grid-template-columns: minmax(0, 1fr) max-content;
    gap: 0.2rem 1rem; padding: 0.7rem 0.9rem; border-top: 1px solid var(--line); }
  table:not(.stages) tbody :is(th, td) { border: 0; padding: 0; min-width: 0; }
  table:not(.stages) tbody th { grid-column: 1 / span 2; }
  td.checks, td.since { grid-column: 1 / span 2; }
  td.number { text-align: left; }
  td.empty { display: none !important; }
  td[data-label]::before { content: attr(data-label) " "; color: var(--soft); font-size: 0.87rem; }
  .number .soft { display: inline; }
}
@media (max-width: 30rem) {
  dl { grid-template-columns: 1fr; }
  dt { font-size: 0.85rem; margin-top: 0.2rem; }
}
@media print {
  ${PRINT_COLORS}
  body { font-size: 9.5pt; padding: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .tools, .skip { display: none; }
  tr, .card { break-inside: avoid; }
  h2, h3, thead { break-after: avoid; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
}
`;
