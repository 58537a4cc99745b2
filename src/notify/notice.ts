/** From what happened to the JSON of a notice. */

import { shortened } from "../common/visible.ts";
import type {
  EntryDocument,
  NoticeDocument,
  NoticeEvent,
  NoticeReport,
  SummaryDocument,
} from "../report/mod.ts";
import { certificateWarning, type Happening } from "./rules.ts";

/** Longest text of one member: peers and plans may say more than anybody reads. */
const LONGEST = 600;

/** The tag of peers whose failures are critical, as in alerts of Prometheus. */
const CRITICAL_TAG = "critical";

/** What texts are made with. */
export type Words = Pick<NoticeReport, "durationText" | "failureText" | "oneLine">;

/** The JSON of one event. */
export function eventOf(happening: Happening, words: Words): NoticeEvent {
  const { event, entry, at, since, failures, downMs } = happening;
  const { name, group, tags, note, contact, check, failure } = entry;
  const reason = reasonOf(happening, words);
  const isBad = event !== "up";
  return {
    event,
    severity: !isBad ? "info" : tags.includes(CRITICAL_TAG) ? "critical" : "warning",
    text: short(words.oneLine(eventText(happening, { reason, words }))),
    name: short(name),
    tags: tags.slice(0, 20).map(short),
    at: isoTime(at),
    since: isoTime(since),
    failures,
    ...(downMs === undefined ? {} : { downMs: Math.round(downMs) }),
    ...given({ group, note, contact }),
    ...(check === undefined ? {} : {
      host: check.host,
      port: check.port,
      callingAeTitle: check.callingAeTitle,
      calledAeTitle: check.calledAeTitle,
    }),
    ...(event === "up" || failure === undefined ? {} : {
      stage: failure.stage,
      fault: failure.fault,
      ...given({ situation: failure.situation, message: failure.message, hint: failure.hint }),
    }),
    ...given({ reason }),
  };
}

function reasonOf(
  { event, entry }: Happening,
  { failureText }: Words,
): string | undefined {
  if (event === "certificate") return certificateWarning(entry);
  return event === "up" ? undefined : whyDown(entry, failureText);
}

function whyDown(
  { failure, unmet }: EntryDocument,
  failureText: Words["failureText"],
): string | undefined {
  const parts = [
    ...(failure === undefined ? [] : [failureText(failure)]),
    ...unmet.map(({ message }) => message),
  ];
  return parts.length === 0 ? undefined : parts.join("; ");
}

/** Such as `Archive down for 2 min 0 s (3 checks): nothing listens on the port`. */
function eventText(
  { event, entry, failures, downMs = 0 }: Happening,
  { reason, words: { durationText } }: {
    readonly reason: string | undefined;
    readonly words: Words;
  },
): string {
  const { name } = entry;
  const why = reason === undefined ? "" : `: ${reason}`;
  const lasted = durationText(downMs);
  const often = failures === 1 ? "1 check" : `${failures} checks in a row`;
  switch (event) {
    case "down":
      return `${name} down (${often})${why}`;
    case "still-down":
      return `${name} still down after ${lasted}${why}`;
    case "changed":
      return `${name} still down after ${lasted}, for another reason${why}`;
    case "up":
      return `${name} up again after ${lasted}`;
    case "unstable":
      return `${name} goes down and up all the time${why}`;
    case "certificate":
      return `${name}${why}`;
  }
}

/** What a notice says besides its events. */
export interface NoticeFrame {
  /** Program and version. */
  readonly program: string;
  /** The computer that checks. */
  readonly machine?: string | undefined;
  /** What the plan calls itself. */
  readonly title?: string | undefined;
  /** Where the peers are. */
  readonly site?: string | undefined;
  /** How many peers did what in the last run. */
  readonly summary: SummaryDocument;
}

/** The JSON of a notice of at least one event. */
export function noticeOf(
  events: readonly NoticeEvent[],
  { program, machine, title, site, summary }: NoticeFrame,
): NoticeDocument {
  const severities = ["critical", "warning"] as const;
  const severity = severities.find((one) => events.some((event) => event.severity === one)) ??
    "info";
  return {
    version: 1,
    kind: "notice",
    program,
    severity,
    text: short(headline(events, { title, site })),
    summary,
    events,
    ...given({ machine, title, site }),
  };
}

/** All of it in one line: the only event, or how many peers did what. */
function headline(
  events: readonly NoticeEvent[],
  { title, site }: Pick<NoticeFrame, "title" | "site">,
): string {
  const [first] = events;
  const where = [site, title].filter((word) => word !== undefined).join(", ");
  const from = where === "" ? "" : `${where}: `;
  if (first !== undefined && events.length === 1) return from + first.text;
  const parts = Object.entries(COUNTED).flatMap(([event, what]) => {
    const count = events.filter((one) => one.event === event).length;
    return count === 0 ? [] : [`${count} ${what}`];
  });
  return `${from}${parts.join(", ")}`;
}

/** How many did what, in the order of a headline. */
const COUNTED: Readonly<Record<NoticeEvent["event"], string>> = {
  down: "down",
  changed: "down for another reason",
  "still-down": "still down",
  unstable: "unstable",
  certificate: "with a certificate that ends soon",
  up: "up again",
};

/**
 * Two events of one peer as one: the later one, as whoever has not heard of the earlier one must hear it.
 *
 * A reminder of what was never told is news.
 */
export function merged(earlier: NoticeEvent, later: NoticeEvent): NoticeEvent {
  const isNews = earlier.event === "down" &&
    (later.event === "still-down" || later.event === "changed");
  if (isNews) return { ...later, event: "down", ...changesOf(earlier, undefined) };
  const isSame = earlier.event === later.event || later.event === "still-down";
  return isSame ? later : { ...later, ...changesOf(earlier, later) };
}

function changesOf(
  earlier: NoticeEvent,
  later: NoticeEvent | undefined,
): Pick<NoticeEvent, "changes"> {
  const count = (earlier.changes ?? 1) + (later === undefined ? 0 : later.changes ?? 1);
  return count > 1 ? { changes: count } : {};
}

function short(text: string): string {
  return shortened(text.toWellFormed(), LONGEST);
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** Members with a value, none of them too long. */
function given<T extends Readonly<Record<string, string | undefined>>>(
  members: T,
): { readonly [K in keyof T]?: string } {
  const found = Object.entries(members).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, short(value)]]
  );
  return Object.fromEntries(found) as { readonly [K in keyof T]?: string };
}
