/** The table of all peers: a line for each. */

import { timesOf } from "../runner/mod.ts";
import { type LiveLook, painted, type Piece, type Tone, whenText } from "./look.ts";
import type { LiveRow } from "./model.ts";
import { stripOf } from "./strip.ts";

/** How wide the columns are; 0: left out. */
interface Widths {
  readonly name: number;
  readonly since: number;
  readonly strip: number;
  readonly times: number;
  readonly details: number;
}

const GAP = "  ";
/** The width of `FAILED` and `skipped`, and a mark. */
const VERDICT = 7;
const SINCE = 9;
const TIME = 8;
/** What everything but the names takes at least, where it is all there. */
const OTHERS = VERDICT + SINCE + 2 * TIME + 5 * GAP.length + 14;
/** Names: our judgement of what can be read. */
const NAME = { least: 12, most: 32 } as const;
/** A strip: as many results as anybody compares at a glance; `some`: what leaves room for details. */
const STRIP = { least: 6, some: 16, most: 40 } as const;
const LEAST_DETAILS = 24;

/** The widths for names up to `longest` columns on `columns`; what there is no room for goes, details first. */
function widthsFor(longest: number, columns: number): Widths {
  const name = Math.max(
    Math.min(Math.max(longest, NAME.least), NAME.most, columns - OTHERS),
    Math.min(NAME.least, columns - VERDICT - GAP.length),
    0,
  );
  let left = columns - VERDICT - GAP.length - name;
  const take = (width: number, least: number) => {
    if (left < width + GAP.length + least) return 0;
    left -= width + GAP.length;
    return width;
  };
  const since = take(SINCE, 0);
  const times = take(2 * TIME + GAP.length, STRIP.least + GAP.length) === 0 ? 0 : TIME;
  const room = left - GAP.length;
  const third = Math.max(STRIP.some, Math.min(STRIP.most, Math.floor(room / 3)));
  const hasDetails = room - third - GAP.length >= LEAST_DETAILS;
  const most = hasDetails ? third : Math.min(STRIP.most, room);
  const strip = take(most < STRIP.least ? 0 : most, 0);
  return { name, since, times, strip, details: hasDetails ? Math.max(0, left - GAP.length) : 0 };
}

/** The lines of `rows` below a line with the names of the columns; `nameWidth`: of the longest name there is. */
export function tableLines(
  rows: readonly LiveRow[],
  { nameWidth, selected, look }: {
    readonly nameWidth: number;
    readonly selected: string | undefined;
    readonly look: LiveLook;
  },
): readonly string[] {
  const widths = widthsFor(nameWidth, look.columns);
  const line = (row: LiveRow) => {
    const isSelected = row.peer.name === selected;
    return lineOf(cellsOf(row, { widths, look }), { isSelected, look });
  };
  return [lineOf(headOf(widths, look), { isSelected: false, look }), ...rows.map(line)];
}

/** Cells in a line; what is selected is shown in reverse as wide as the screen, without any other color. */
function lineOf(
  cells: readonly (readonly Piece[])[],
  { isSelected, look }: { readonly isSelected: boolean; readonly look: LiveLook },
): string {
  const gap: Piece = { tone: "plain", text: GAP };
  const pieces = cells.flatMap((cell, at) => at === 0 ? cell : [gap, ...cell]);
  if (!isSelected) return painted(pieces, look);
  const { text: { cutTo, fillTo }, columns } = look;
  const plain = pieces.map(({ text }) => text).join("");
  return `\x1b[7m${fillTo(cutTo(plain, columns), columns)}`;
}

function headOf(widths: Widths, look: LiveLook): readonly (readonly Piece[])[] {
  const { name, since, strip, times, details } = widths;
  const head = (text: string, width: number) => cellOf({ tone: "strong", text }, { width, look });
  const right = (text: string, width: number) => head(text.padStart(width), width);
  return [
    head("STATE", VERDICT),
    head("NAME", name),
    ...(since === 0 ? [] : [head("SINCE", since)]),
    ...(strip === 0 ? [] : [right(strip < 12 ? "LAST" : "LAST RESULTS", strip)]),
    ...(times === 0 ? [] : [right("MEDIAN", TIME), right("SLOWEST", TIME)]),
    ...(details === 0 ? [] : [head("DETAILS", details)]),
  ];
}

/** `piece` on `width` columns. */
function cellOf(
  { tone, text }: Piece,
  { width, look: { text: { cutTo, fillTo } } }: { readonly width: number; readonly look: LiveLook },
): readonly Piece[] {
  return [{ tone, text: fillTo(cutTo(text, width), width) }];
}

/** Failures are to be found without color, too. */
const MARKS = { passed: "passed", failed: "FAILED", skipped: "skipped" } as const;
const TONES = { passed: "good", failed: "bad", skipped: "dim" } as const;

function cellsOf(
  row: LiveRow,
  { widths, look }: { readonly widths: Widths; readonly look: LiveLook },
): readonly (readonly Piece[])[] {
  const { text: { oneLine, durationText, detailsOf }, settings } = look;
  const { name, since, strip, times, details } = widths;
  const { peer, known, entry, verdict, isRunning, changedNow } = row;
  const tone = verdict === undefined ? "dim" : TONES[verdict];
  const cell = (tone: Tone, text: string, width: number) => cellOf({ tone, text }, { width, look });
  const samples = known?.samples ?? [];
  const measured = times === 0 ? undefined : timesOf(samples);
  const time = (ms: number | undefined) =>
    cell("plain", (ms === undefined ? "" : durationText(ms)).padStart(TIME), TIME);
  const mark = `${verdict === undefined ? "" : MARKS[verdict]}${isRunning ? "…" : ""}`;
  return [
    cell(tone, mark, VERDICT),
    cell(changedNow ? "strong" : "plain", oneLine(peer.name), name),
    ...(since === 0 ? [] : [cell("plain", sinceText(row, look), since)]),
    ...(strip === 0 ? [] : [stripOf(samples, strip)]),
    ...(times === 0 ? [] : [time(measured?.medianMs), time(measured?.slowestMs)]),
    ...(details === 0 || entry === undefined
      ? []
      : [cell("dim", oneLine(detailsOf(entry, settings)), details)]),
  ];
}

/** The time; after `<` where it may have been so before anybody looked. */
function sinceText(
  { since, hasChanged }: Pick<LiveRow, "since" | "hasChanged">,
  look: LiveLook,
): string {
  if (since === undefined) return "";
  return `${hasChanged ? "" : "<"}${whenText(since, look)}`;
}
