/** The whole screen: a head, the table or one peer, what happened last, and which keys there are. */

import { type LiveLook, painted, secondsText, whenText } from "./look.ts";
import { filtered, type LiveModel, type LiveNews, type LiveRow } from "./model.ts";
import { peerLines } from "./peer_page.ts";
import { tableLines } from "./table.ts";
import { type Choice, type LiveView, settled } from "./view.ts";

/** What is on the screen. */
export interface Picture {
  /** What is known. */
  readonly model: LiveModel;
  /** What is looked at. */
  readonly view: LiveView;
  /** How far the run is that goes on, or when the next one begins. */
  readonly progress: string;
  /** How long peers have been watched, in milliseconds. */
  readonly watchedMs: number;
  /** Columns of the longest name. */
  readonly nameWidth: number;
}

/** Columns of the longest name of `peers`: looked up once, there may be thousands. */
export function nameWidthOf(
  peers: readonly { readonly name: string }[],
  { widthOf, oneLine }: Pick<LiveLook["text"], "widthOf" | "oneLine">,
): number {
  return peers.reduce((most, { name }) => Math.max(most, widthOf(oneLine(name))), 0);
}

/** Head, progress, names of columns. */
const ABOVE = 3;

/** How many lines the parts have on a screen of so many. */
function partsOf(rows: number): { readonly body: number; readonly news: number } {
  const news = rows >= 40 ? 6 : rows >= 20 ? 3 : rows >= 12 ? 1 : 0;
  const rule = news === 0 ? 0 : 1;
  return { news, body: Math.max(1, rows - ABOVE - rule - news - 1) };
}

/** What there is to choose from on a screen of `rows` lines. */
export function choiceOf({ model, view }: Pick<Picture, "model" | "view">, rows: number): Choice {
  return {
    names: filtered(model.rows(), view.filter).map(({ peer }) => peer.name),
    room: partsOf(rows).body,
  };
}

/** The lines of the screen, exactly as many as it has, none wider than it is. */
export function frameOf(picture: Picture, look: LiveLook): readonly string[] {
  const { model, progress } = picture;
  const { rows } = look;
  const parts = partsOf(rows);
  const all = model.rows();
  const shown = filtered(all, picture.view.filter);
  const names = shown.map(({ peer }) => peer.name);
  const view = settled(picture.view, { names, room: parts.body });
  const body = bodyOf({ ...picture, shown, view, room: parts.body }, look);
  const news = newsLines(model.news.slice(0, parts.news), look);
  const lines = [
    headLine({ ...picture, all }, look),
    painted([{ tone: "dim", text: progress }], look),
    ...filledUp(body, parts.body + 1),
    ...(parts.news === 0 ? [] : [ruleOf(look), ...filledUp(news, parts.news)]),
    footLine({ view, shown: shown.length, room: parts.body }, look),
  ];
  return lines.slice(0, rows);
}

function filledUp(lines: readonly string[], count: number): readonly string[] {
  return [...lines, ...new Array<string>(Math.max(0, count - lines.length)).fill("")].slice(
    0,
    count,
  );
}

/** Such as `Radiology: 58 of 60 passed, 2 failed   watched for 2 h 3 min`. */
function headLine(
  { model, watchedMs, all }: Picture & { readonly all: readonly LiveRow[] },
  look: LiveLook,
): string {
  const { text: { oneLine, cutTo, widthOf }, columns } = look;
  const count = (verdict: LiveRow["verdict"]) =>
    all.filter((row) => row.verdict === verdict).length;
  const [passed, failed, skipped] = [count("passed"), count("failed"), count("skipped")];
  const more = [
    ...(failed === 0 ? [] : [`, ${failed} failed`]),
    ...(skipped === 0 ? [] : [`, ${skipped} skipped`]),
  ].join("");
  const counts = `${passed} of ${all.length} passed${more}`;
  const watched = `watched for ${secondsText(watchedMs, look)}`;
  const title = cutTo(oneLine(model.runs.title), Math.max(0, columns - counts.length - 2));
  const left = columns - widthOf(title) - counts.length - 2;
  return painted([
    { tone: "strong", text: title },
    { tone: "plain", text: "  " },
    { tone: failed > 0 ? "bad" : "good", text: counts },
    { tone: "dim", text: left < watched.length + 2 ? "" : watched.padStart(left) },
  ], look);
}

function bodyOf(
  { nameWidth, shown, view, room }: Pick<Picture, "nameWidth" | "view"> & {
    readonly shown: readonly LiveRow[];
    readonly room: number;
  },
  look: LiveLook,
): readonly string[] {
  if (view.page === "help") return HELP.map((text) => painted([{ tone: "plain", text }], look));
  const { top, selected } = view;
  const row = shown.find(({ peer }) => peer.name === selected);
  if (view.page === "peer" && row !== undefined) return peerLines(row, look);
  return tableLines(shown.slice(top, top + room), { nameWidth, selected, look });
}

const HELP = [
  "up, down, k, j          point at a peer",
  "PgUp, PgDn, blank       a page up or down",
  "Home, g   End, G        the first ones, which fail; the last one",
  "Enter, d                all about the peer: why it fails, what to try, whom to call",
  "/                       show only peers with this in name, group or tags",
  "Esc                     back; on the table: no filter",
  "Ctrl-L                  draw the screen anew",
  "q, Ctrl-C               end",
  "",
  "A block is a check, the newest one is on the right. A whole one failed; of those that",
  "passed a block is a step higher for each doubling of the median time.",
  "SINCE with < : it may have been so before it was watched. … : it is being checked.",
];

function ruleOf(look: LiveLook): string {
  return painted([{ tone: "dim", text: "─── last changes ".padEnd(look.columns, "─") }], look);
}

function newsLines(news: readonly LiveNews[], look: LiveLook): readonly string[] {
  const { text: { stateText, oneLine }, settings } = look;
  return news.map((one) => {
    const isBad = !("change" in one) || one.change.entry.verdict === "failed";
    const words = "change" in one
      ? stateText(one.change, { settings, explains: false })
      : oneLine(one.words);
    return painted([
      { tone: "dim", text: `${whenText(one.at, look)} ` },
      { tone: isBad ? "bad" : "good", text: words },
    ], look);
  });
}

/** The keys, or the filter; and which peers are on the screen. */
function footLine(
  { view, shown, room }: { readonly view: LiveView; readonly shown: number; readonly room: number },
  look: LiveLook,
): string {
  const { text: { oneLine, cutTo, widthOf }, columns } = look;
  const { filter, isTyping, top, page } = view;
  const wanted = filter === "" && !isTyping ? "" : `/${oneLine(filter)}${isTyping ? "_" : ""}  `;
  const keys = isTyping
    ? "Enter: keep it  Esc: all peers"
    : page === "table"
    ? "q end  Enter details  / filter  ? help"
    : "Esc back  Ctrl-C end";
  const last = Math.min(shown, top + room);
  const place = page !== "table" || (filter === "" && shown <= room)
    ? ""
    : shown === 0
    ? "none"
    : `${top + 1} to ${last} of ${shown}`;
  const left = cutTo(wanted + keys, Math.max(0, columns - place.length - 2));
  return painted([
    { tone: "dim", text: left },
    { tone: "plain", text: place.padStart(columns - widthOf(left)) },
  ], look);
}
