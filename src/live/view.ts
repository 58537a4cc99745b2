/** What a person looks at: which page, which peers, and what keys make of it. */

import type { Key } from "./keys.ts";

/** What is looked at. */
export interface LiveView {
  /** The table, one peer of it, or the keys. */
  readonly page: "table" | "peer" | "help";
  /** The name of the peer that is pointed at; `undefined`: none, and the table shows its top. */
  readonly selected: string | undefined;
  /** Peers above the screen. */
  readonly top: number;
  /** Only peers with this in their name, group or tags, in lower case; empty: all. */
  readonly filter: string;
  /** Whether the filter is being typed. */
  readonly isTyping: boolean;
}

/** What is looked at first. */
export const FIRST_VIEW: LiveView = {
  page: "table",
  selected: undefined,
  top: 0,
  filter: "",
  isTyping: false,
};

/** What there is to point at. */
export interface Choice {
  /** The peers that pass the filter, from top to bottom. */
  readonly names: readonly string[];
  /** How many of them the screen has lines for: 1 or more. */
  readonly room: number;
}

/** Longest filter in characters. */
const LONGEST_FILTER = 40;

/** A key, and what there is to point at. */
export interface Pressed extends Choice {
  /** Which key. */
  readonly key: Key;
}

/** The view after a key; `"quit"`: the end is wanted. */
export function afterKey(view: LiveView, { key, ...choice }: Pressed): LiveView | "quit" {
  if (key === "interrupt") return "quit";
  if (view.isTyping) return afterTyping(view, key);
  if (typeof key !== "string") return afterText(view, { text: key.text, ...choice });
  const by = stepOf(key, choice);
  if (by !== undefined) return view.page === "help" ? view : moved(view, { by, ...choice });
  if (key === "home") return { ...view, selected: undefined, top: 0, page: "table" };
  if (key === "enter") return opened(view, choice);
  if (key !== "escape") return view;
  return view.page === "table" ? { ...view, filter: "", selected: undefined } : tableOf(view);
}

function afterText(
  view: LiveView,
  { text, ...choice }: Choice & { readonly text: string },
): LiveView | "quit" {
  switch (text) {
    case "q":
      return view.page === "table" ? "quit" : tableOf(view);
    case "j":
      return afterKey(view, { key: "down", ...choice });
    case "k":
      return afterKey(view, { key: "up", ...choice });
    case " ":
      return afterKey(view, { key: "page-down", ...choice });
    case "g":
      return afterKey(view, { key: "home", ...choice });
    case "G":
      return afterKey(view, { key: "end", ...choice });
    case "d":
      return opened(view, choice);
    case "?":
      return view.page === "help" ? tableOf(view) : { ...view, page: "help" };
    case "/":
      return { ...tableOf(view), isTyping: true };
    default:
      return view;
  }
}

function afterTyping(view: LiveView, key: Key): LiveView {
  if (key === "enter") return { ...view, isTyping: false };
  if (key === "escape") return { ...view, isTyping: false, filter: "" };
  if (key === "backspace") return { ...view, filter: [...view.filter].slice(0, -1).join("") };
  if (typeof key === "string" || view.filter.length >= LONGEST_FILTER) return view;
  return { ...view, filter: view.filter + key.text.toLowerCase(), top: 0, selected: undefined };
}

function tableOf(view: LiveView): LiveView {
  return { ...view, page: "table" };
}

/** By how many peers a key moves. */
function stepOf(key: Key, { names, room }: Choice): number | undefined {
  switch (key) {
    case "up":
      return -1;
    case "down":
      return 1;
    case "page-up":
      return -room;
    case "page-down":
      return room;
    case "end":
      return names.length;
    default:
      return undefined;
  }
}

function moved(
  view: LiveView,
  { by, ...choice }: Choice & { readonly by: number },
): LiveView {
  const { names } = choice;
  const from = view.selected === undefined ? -1 : names.indexOf(view.selected);
  const to = Math.max(0, Math.min(names.length - 1, from + by));
  return settled({ ...view, selected: names[to] }, choice);
}

/** Enter opens the peer that is pointed at, else the first one; and closes it. */
function opened(view: LiveView, { names }: Choice): LiveView {
  if (view.page !== "table") return tableOf(view);
  const selected = view.selected ?? names[0];
  return selected === undefined ? view : { ...view, selected, page: "peer" };
}

/** The view where peers, their order or the screen may be others by now: what is pointed at stays on the screen. */
export function settled(view: LiveView, { names, room }: Choice): LiveView {
  const at = view.selected === undefined ? -1 : names.indexOf(view.selected);
  const last = Math.max(0, names.length - room);
  const top = at < 0 ? view.top : Math.max(at - room + 1, Math.min(at, view.top));
  const page = view.page === "peer" && at < 0 ? "table" : view.page;
  return {
    ...view,
    page,
    selected: at < 0 ? undefined : view.selected,
    top: Math.max(0, Math.min(last, top)),
  };
}
