/** The style sheet of the page over time, which follows that of all pages. */

/** Strips, and a table that keeps its columns and scrolls where there is no room. */
export const OVER_TIME_STYLE = `
.strip { display: flex; gap: 1px; height: 1.1rem; min-width: 9rem; }
.strip .cell { flex: 1 1 0; min-width: 1px; }
.strip.many { gap: 0; }
.strip.many .cell { min-width: 0; }
.cell { background: var(--track); }
.cell.up { background: var(--ok); }
.cell.up-in-part { background: linear-gradient(to top, var(--ok) 60%, var(--track) 60%); }
.cell.down-in-part { background: linear-gradient(to top, var(--bad) 45%, var(--ok) 45%); }
.cell.down { background: var(--bad); }
.cell.unmeasured { background: repeating-linear-gradient(45deg, var(--track) 0 3px, var(--line) 3px 5px); }
.card .strip { margin-top: 0.6rem; }
.scroll { overflow-x: auto; }
.grid { table-layout: auto; display: table; }
.grid thead { display: table-header-group; position: static; clip-path: none; width: auto; height: auto; }
.grid tbody { display: table-row-group; }
.grid tr, .grid tbody tr, .grid tr.group { display: table-row; }
.grid th, .grid td, .grid tbody tr:not(.group) th { display: table-cell; width: auto; padding: 0.35rem 0.6rem;
  border-top: 1px solid var(--line); }
.grid .wide { width: 40%; min-width: 10rem; }
.grid th { min-width: 8rem; }
.grid th.number { min-width: 0; }
.grid .failed th a { color: var(--bad); }
.median { display: flex; gap: 0.8rem; align-items: center; margin-top: 0.5rem; }
.median svg { flex: 1 1 12rem; height: 2rem; min-width: 6rem; }
.median path { fill: none; stroke: var(--connect); stroke-width: 2; vector-effect: non-scaling-stroke; }
.outages { margin: 0.4rem 0 0; padding-left: 1.2rem; overflow-wrap: anywhere; }
.outages li { margin: 0.25rem 0; }
@media (max-width: 30rem) { .median { flex-wrap: wrap; } }
@media print { .scroll { overflow: visible; } .grid { font-size: 8pt; } }
`;
