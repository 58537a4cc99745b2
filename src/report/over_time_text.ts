/** Peers over time for people: lines of at most 80 columns, unless the names of places are longer. */

import { Zone } from "../availability/mod.ts";
import { cutTo, fillTo, widthOf, wrapTo } from "./columns.ts";
import type { OverTimeDocument, PeerDocument } from "./over_time_schema.ts";
import {
  causeText,
  CELL_LOOKS,
  type CellLook,
  daysLeftText,
  localTime,
  looksOf,
  measuredText,
  percentText,
  trendText,
} from "./over_time_words.ts";
import { durationText, oneLine } from "./values.ts";

const WIDTH = 80;

/** Widest name in the table. */
const NAME_WIDTH = 20;

/** Cells in one line of a strip. */
const STRIP_WIDTH = 60;

/** Most outages of all peers together that are listed. */
const MOST_OUTAGES = 50;

/** How strips are drawn. */
export type Glyphs = "blocks" | "ascii";

/** What is drawn for a cell. */
const GLYPHS: Readonly<Record<Glyphs, Readonly<Record<CellLook, string>>>> = {
  blocks: { up: "█", "up in part": "▒", "down in part": "▄", down: "▁", unmeasured: "·" },
  ascii: { up: "#", "up in part": "+", "down in part": "o", down: "X", unmeasured: "." },
};

/** The report, line by line. */
export function overTimeText(document: OverTimeDocument, glyphs: Glyphs): string {
  const { peers } = document;
  const zone = new Zone(document.timeZone);
  const lines = [
    ...headLines(document, zone),
    ...(peers.length === 0 ? [] : ["", ...table(document)]),
    ...strips(document, glyphs),
    ...outages(document, zone),
    ...certificates(document),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}

function headLines(document: OverTimeDocument, zone: Zone): readonly string[] {
  const { since, until, total } = document;
  const span = durationText(Date.parse(until) - Date.parse(since));
  const period = `${localTime(since, zone)} to ${localTime(until, zone)} ${document.timeZone}`;
  const count = total.peers === 1 ? "1 peer" : `${total.peers} peers`;
  const sum = total.peers === 0
    ? "Nothing was measured."
    : `${count}: available ${percentText(total.availability)}, measured ${
      measuredText(total.measured)
    } of the time, ${total.outageCount} ${total.outageCount === 1 ? "outage" : "outages"}`;
  return [
    ...wrapTo(`${oneLine(document.history)}, ${period} (${span})`, WIDTH),
    ...wrapTo(sum, WIDTH),
    ...(total.peers === 0 ? [] : wrapTo(`the ${span} before: ${trendText(total)}`, WIDTH)),
  ];
}

const HEADS = ["available", "measured", "outages", "down", "median", "slowest"];

function table(document: OverTimeDocument): readonly string[] {
  const rows = document.peers.map((peer) => ({ group: peer.group, cells: cellsOf(peer) }));
  const groups = document.groups.map(({ group, ...sums }) => ({
    group,
    cells: [
      oneLine(group ?? "no group"),
      percentText(sums.availability),
      measuredText(sums.measured),
      `${sums.outageCount}`,
      sums.downMs === 0 ? "-" : durationText(sums.downMs),
    ],
  }));
  const all = [["peer", ...HEADS], ...rows.map(({ cells }) => cells)];
  const widths = [...groups.map(({ cells }) => cells), ...all].reduce<number[]>(
    (most, cells) => cells.map((cell, at) => Math.max(most[at] ?? 0, widthOf(cell))),
    [],
  );
  const line = (cells: readonly string[], indent = "") =>
    cells.map((cell, at) => {
      const width = widths[at] ?? 0;
      if (at > 0) return " ".repeat(Math.max(0, width - widthOf(cell))) + cell;
      const most = Math.min(width, NAME_WIDTH);
      return fillTo(cutTo(indent + cell, most), most);
    }).join("  ");
  const [head = []] = all;
  if (groups.length === 0) return [line(head), ...rows.map(({ cells }) => line(cells))];
  return [
    line(head),
    ...groups.flatMap(({ group, cells }) => [
      line(cells),
      ...rows.filter((row) => row.group === group).map((row) => line(row.cells, "  ")),
    ]),
  ];
}

function cellsOf({ name, availability, measured, outageCount, downMs, times }: PeerDocument) {
  return [
    oneLine(name),
    percentText(availability),
    measuredText(measured),
    `${outageCount}`,
    downMs === 0 ? "-" : durationText(downMs),
    times === undefined ? "-" : durationText(times.medianMs),
    times === undefined ? "-" : durationText(times.slowestMs),
  ];
}

function strips(document: OverTimeDocument, glyphs: Glyphs): readonly string[] {
  const { peers, cellUnit } = document;
  if (peers.length === 0) return [];
  const width = Math.min(
    NAME_WIDTH,
    Math.max(...peers.map(({ name }) => widthOf(oneLine(name)))),
  );
  const looks = peers.map((peer) => looksOf(peer, document));
  const used = new Set(looks.flat());
  const legend = (Object.keys(CELL_LOOKS) as CellLook[]).filter((look) => used.has(look))
    .map((look) => `${GLYPHS[glyphs][look]} ${CELL_LOOKS[look]}`).join(", ");
  return [
    "",
    ...wrapTo(`Each ${cellUnit}: ${legend}`, WIDTH),
    ...peers.flatMap(({ name }, at) => {
      const strip = (looks[at] ?? []).map((look) => GLYPHS[glyphs][look]).join("");
      const room = Math.min(STRIP_WIDTH, WIDTH - width - 2);
      const parts = strip.match(new RegExp(`.{1,${room}}`, "gu")) ?? [];
      return parts.map((part, line) =>
        `${fillTo(line === 0 ? cutTo(oneLine(name), width) : "", width)}  ${part}`
      );
    }),
  ];
}

function outages({ peers }: OverTimeDocument, zone: Zone): readonly string[] {
  const all = peers.flatMap((peer) => peer.outages.map((outage) => ({ peer, outage })))
    .sort((a, b) => Date.parse(b.outage.begin) - Date.parse(a.outage.begin));
  if (all.length === 0) return [];
  const count = peers.reduce((sum, { outageCount }) => sum + outageCount, 0);
  const shown = all.slice(0, MOST_OUTAGES);
  const more = count > shown.length ? ` (${shown.length} of ${count}; --json lists more)` : "";
  return [
    "",
    `Outages, the latest first${more}`,
    ...shown.flatMap(({ peer, outage }) => {
      const begin = `${outage.before === "up" ? "" : "before "}${localTime(outage.begin, zone)}`;
      const end = outage.after === "period"
        ? "still down"
        : `${outage.after === "up" ? "" : "at least "}${durationText(outage.downMs)}`;
      return [
        cutTo(`${begin}  ${end}  ${oneLine(peer.name)}`, WIDTH),
        ...wrapTo(causeText(outage), WIDTH - 4).map((line) => `    ${line}`),
      ];
    }),
  ];
}

function certificates({ peers, until }: OverTimeDocument): readonly string[] {
  const known = peers.flatMap((peer) => peer.tls === undefined ? [] : [{ peer, tls: peer.tls }])
    .sort((a, b) => Date.parse(a.tls.until) - Date.parse(b.tls.until));
  if (known.length === 0) return [];
  const width = Math.min(
    NAME_WIDTH,
    Math.max(...known.map(({ peer }) => widthOf(oneLine(peer.name)))),
  );
  return [
    "",
    "Certificates",
    ...known.map(({ peer, tls }) =>
      `${fillTo(cutTo(oneLine(peer.name), width), width)}  ${daysLeftText(tls, until)}`
    ),
  ];
}
