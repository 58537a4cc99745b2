/** Words, times and marks that the pages of watched peers have in common. */

import { hostAndPort } from "../../common/host.ts";
import { renderIsoTime } from "../../common/local_time.ts";
import { type Content, type Markup, markup } from "../markup.ts";
import type { ReportSettings } from "../settings.ts";
import { durationText } from "../values.ts";
import type { PeerDocument, PeerStateName, StatusDocument } from "./schema.ts";

/** What a page is made with: the moment, and how far local time is from UTC. */
export interface PageTime {
  /** When it is made, in milliseconds since 1970. */
  readonly now: number;
  /** Minutes by which local time is ahead of UTC at a time. */
  readonly offsetMinutes: (time: number) => number;
}

/** The page time of `at`, as documents have it. */
export function pageTime(at: string, { offsetMinutes = () => 0 }: ReportSettings): PageTime {
  return { now: Date.parse(at), offsetMinutes };
}

/** What states are called, each with a mark of its own: they are not told apart by color alone. */
export const STATE_WORDS: Readonly<Record<PeerStateName, string>> = {
  "down": "✗ down",
  "not-as-expected": "! not as expected",
  "not-checked": "– not checked",
  "down-as-expected": "✓ down, as expected",
  "up": "✓ up",
};

/** The class that colors a state, as the HTML report has them. */
export const STATE_CLASSES: Readonly<Record<PeerStateName, "passed" | "failed" | "skipped">> = {
  "down": "failed",
  "not-as-expected": "failed",
  "not-checked": "skipped",
  "down-as-expected": "passed",
  "up": "passed",
};

/** The state as a badge. */
export function badge(state: PeerStateName): Markup {
  return markup`<span class="badge">${STATE_WORDS[state]}</span>`;
}

/** The most important thing in one line: `2 of 60 peers are down`. */
export function headline({ summary, runStartedAt }: StatusDocument): string {
  const { total, down, notAsExpected, notChecked } = summary;
  if (runStartedAt === undefined) return "The first check is under way";
  if (down > 0) {
    const others = notAsExpected === 0
      ? ""
      : `, ${notAsExpected} ${notAsExpected === 1 ? "is" : "are"} not as expected`;
    return total === 1
      ? "The peer is down"
      : `${down} of ${total} peers ${down === 1 ? "is" : "are"} down${others}`;
  }
  if (notAsExpected > 0) {
    const verb = notAsExpected === 1 ? "is" : "are";
    return total === 1
      ? "The peer is not as expected"
      : `${notAsExpected} of ${total} peers ${verb} not as expected`;
  }
  if (notChecked > 0) return `${notChecked} of ${total} peers could not be checked yet`;
  return total === 1 ? "The peer is as expected" : `All ${total} peers are as expected`;
}

/** A time as the clock of the checking machine shows it, without the date where that is today's. */
export function clock(iso: string, { now, offsetMinutes }: PageTime): Markup {
  const at = Date.parse(iso);
  const [day = "", time = ""] = renderIsoTime(at, offsetMinutes(at)).split("T");
  const today = renderIsoTime(now, offsetMinutes(now)).slice(0, 10);
  const text = `${day === today ? "" : `${day} `}${time.slice(0, 8)}`;
  return markup`<time datetime="${iso}">${text}</time>`;
}

/** Local time's distance from UTC: `UTC+01:00`. */
export function zone({ now, offsetMinutes }: PageTime): string {
  const offset = offsetMinutes(now);
  return offset === 0 ? "UTC" : `UTC${renderIsoTime(now, offset).slice(-6)}`;
}

/** Since when a peer is what it is, and for how long. */
export function sinceText({ since, sinceIsExact }: PeerDocument, time: PageTime): Content {
  if (since === undefined) return undefined;
  const lasted = durationText(Math.max(0, time.now - Date.parse(since)));
  return sinceIsExact
    ? markup`${clock(since, time)} <span class="soft">for ${lasted}</span>`
    : markup`at least ${lasted}`;
}

/** Where a peer is and what it is called. */
export function placeText({ host, port, calledAeTitle }: PeerDocument): string {
  if (host === undefined) return "";
  const place = port === undefined ? host : hostAndPort({ host, port });
  return calledAeTitle === undefined ? place : `${calledAeTitle} at ${place}`;
}

/** A number of days for people: a day in hours. */
export function daysText(days: number): string {
  return days === 1 ? "24 h" : `${days} d`;
}
