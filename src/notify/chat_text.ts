/** A notice for people, before a chat system has its own way with it. */

import { renderIsoTime } from "../common/local_time.ts";
import { shortened } from "../common/visible.ts";
import type { NoticeDocument, NoticeEvent } from "../report/mod.ts";

/** What a chat message says. */
export interface ChatText {
  /** One line. */
  readonly title: string;
  /** How it looks. */
  readonly tone: "bad" | "good";
  /** Lines of text, without line ends. */
  readonly lines: readonly string[];
}

/** How a notice is worded. */
export interface ChatLook {
  /** About so many characters of lines have room. */
  readonly most: number;
  /** Makes visible what would be markup, or would call people. */
  readonly escape: (text: string) => string;
  /** Minutes that local time is ahead of UTC. */
  readonly offsetMinutes: (time: number) => number;
}

/**
 * The text of a notice; what has no room is counted.
 *
 * Peers that do the same for the same reason are named together, so that one cause is one paragraph.
 */
export function chatText(notice: NoticeDocument, look: ChatLook): ChatText {
  const { events, severity } = notice;
  const { most, escape } = look;
  const groups = [
    ...Map.groupBy(events, ({ event, reason }) => `${event} ${reason ?? ""}`).values(),
  ];
  const lines: string[] = [];
  let room = most;
  let told = 0;
  for (const group of groups) {
    const paragraph = paragraphWithin(room, { group, look });
    if (paragraph === undefined) break;
    room -= lengthOf(paragraph);
    told += group.length;
    lines.push(...paragraph);
  }
  if (told < events.length) lines.push(`... and ${events.length - told} more`);
  const mark = severity === "info"
    ? "\u{1F7E2}"
    : severity === "critical"
    ? "\u{1F534}"
    : "\u{1F7E0}";
  return {
    title: `${mark} ${escape(shortened(notice.text, 140))}`,
    tone: severity === "info" ? "good" : "bad",
    lines,
  };
}

/** Most peers that are named in a paragraph. */
const MOST_NAMED = 30;

/** A paragraph that names as many peers as have room; `undefined` where there is none for a single one. */
function paragraphWithin(
  room: number,
  { group, look }: { readonly group: readonly NoticeEvent[]; readonly look: ChatLook },
): readonly string[] | undefined {
  for (let named = Math.min(group.length, MOST_NAMED); named > 0; named -= 1) {
    const paragraph = paragraphOf(group, { look, named }).map(look.escape);
    if (lengthOf(paragraph) <= room) return paragraph;
  }
  return undefined;
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

function paragraphOf(
  events: readonly NoticeEvent[],
  { look, named }: { readonly look: ChatLook; readonly named: number },
): readonly string[] {
  const [first] = events;
  if (first === undefined) return [];
  const { hint, contact, reason } = first;
  const common = [
    ...(hint === undefined ? [] : [`Try: ${hint}`]),
    ...(contact === undefined || events.some((one) => one.contact !== contact)
      ? []
      : [`Contact: ${contact}`]),
  ];
  if (events.length === 1) return [first.text, ...placeOf(first, look), ...common];
  const names = events.slice(0, named).map(({ name }) => shortened(name, 60)).join(", ");
  const rest = events.length - named;
  const why = reason === undefined ? "" : `: ${reason}`;
  const what = first.event === "up" ? "up again" : first.event.replace("-", " ");
  return [
    `${events.length} ${what}${why}`,
    rest > 0 ? `${names}, and ${rest} more` : names,
    ...common,
  ];
}

function placeOf(event: NoticeEvent, { offsetMinutes }: ChatLook): readonly string[] {
  const { host, port, calledAeTitle, changes } = event;
  const sum = changes === undefined ? [] : [`${changes} changes in all`];
  if (host === undefined || port === undefined) return sum;
  const since = Date.parse(event.since);
  const [date, time = ""] = renderIsoTime(since, offsetMinutes(since)).split("T");
  const state = event.event === "up" ? "up" : "down";
  const when = event.failures === 0 && state === "down"
    ? []
    : [`${state} since ${date} ${time.replace(/\.\d+/, " ")}`];
  return [[`${host} ${port}`, `AE title ${calledAeTitle}`, ...when, ...sum].join(", ")];
}
