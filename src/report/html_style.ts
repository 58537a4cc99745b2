// data table
/** The style sheet of the HTML report. */

/** Light and dark, narrow and wide, and on paper; no fonts or images from elsewhere. */
export const STYLE = `
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
h3 { font-size: 1.05rem; margin: 0; overflow-wrap: anywhere; }
p { margin: 0.35rem 0; }
a { color: inherit; }
code { font: 0.86em/1.5 ui-monospace, "SFMono-Regular", Consolas, monospace; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.sums { display: flex; flex-wrap: wrap; gap: 0.6rem; padding: 0; margin: 1rem 0 0; list-style: none; }
.sums li {
  background: var(--card); border: 1px solid var(--line); border-radius: 0.6rem;
  padding: 0.5rem 1rem; min-width: 7rem;
}
.sums b { display: block; font-size: 1.5rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
.sums .some-failed b { color: var(--bad); }
.sums .some-passed b { color: var(--ok); }
.sums .some-skipped b { color: var(--skip); }
.share { display: flex; height: 0.5rem; margin-top: 1rem; border-radius: 1rem; overflow: hidden;
  background: var(--track); }
.share i { display: block; }
.share .passed { background: var(--ok); }
.share .failed { background: var(--bad); }
.share .skipped { background: var(--skip); }
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
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 1rem; margin: 0.6rem 0 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
.times { display: grid; grid-template-columns: max-content 1fr max-content; gap: 0.2rem 0.8rem;
  align-items: center; margin-top: 0.7rem; max-width: 44rem; }
.times span:nth-child(3n) { text-align: right; font-variant-numeric: tabular-nums; }
.track { background: var(--track); border-radius: 0.3rem; height: 0.7rem; overflow: hidden; }
.track i { display: block; height: 100%; min-width: 3px; border-radius: 0.3rem; }
.bar { display: flex; background: var(--track); border-radius: 0.3rem; height: 0.7rem;
  overflow: hidden; min-width: 6rem; }
.bar i { display: block; min-width: 2px; }
.connect, .resolve { background: var(--connect); } .tls { background: var(--tls); }
.associate { background: var(--associate); } .echo { background: var(--echo); }
.release { background: var(--end); } .abort { background: var(--other); }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; font-size: 0.85rem; padding: 0;
  margin: 0 0 0.6rem; list-style: none; color: var(--soft); }
.legend i { display: inline-block; width: 0.8rem; height: 0.7rem; border-radius: 0.2rem;
  margin-right: 0.35rem; }
table { border-collapse: collapse; width: 100%; background: var(--card);
  border: 1px solid var(--line); }
th, td { text-align: left; padding: 0.45rem 0.7rem; border-top: 1px solid var(--line);
  vertical-align: top; }
thead th { border-top: 0; font-size: 0.85rem; color: var(--soft); font-weight: 600;
  background: var(--card); }
tbody th { font-weight: 400; }
.group th { font-weight: 600; background: var(--track); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td { overflow-wrap: anywhere; }
td.stages { min-width: 8rem; }
summary { cursor: pointer; overflow-wrap: anywhere; }
summary b { font-weight: 600; }
footer { margin-top: 2rem; font-size: 0.85rem; color: var(--soft); }
@media (max-width: 46rem) {
  body { padding-inline: 0.75rem; }
  table, tbody, tr, td, tbody th { display: block; width: 100%; }
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  tbody tr { border-top: 1px solid var(--line); padding: 0.5rem 0; }
  th, td { border-top: 0; padding: 0.1rem 0.8rem; }
  td:empty { display: none; }
  td[data-label] { display: grid; grid-template-columns: 7rem 1fr; gap: 0.5rem; }
  td[data-label]::before { content: attr(data-label); color: var(--soft); }
  .number { text-align: left; }
  .sums li { flex: 1 1 40%; }
}
@media print {
  :root { --page: #fff; --card: #fff; --text: #000; --soft: #444; --line: #bbb; --track: #eee;
    --ok: #0f7b3f; --ok-soft: #fff; --bad: #b3261e; --bad-soft: #fff; --skip: #7a5a00;
    --skip-soft: #fff; --connect: #2f6fdb; --tls: #0c8c8c; --associate: #8a4fd0;
    --echo: #17954d; --end: #7b8494; --other: #b5651d; }
  body { font-size: 9.5pt; padding: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  tr, .card { break-inside: avoid; }
  h2 { break-after: avoid; }
  summary { list-style: none; }
}
`;
