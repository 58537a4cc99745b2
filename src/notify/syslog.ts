/** Events as messages of syslog: RFC 5424, and what the log of this computer takes. */

import { oneLineOf } from "./words.ts";
import type { NoticeDocument, NoticeEvent } from "../report/mod.ts";

/** Who sends. */
export interface SyslogSender {
  /** The name of this computer; empty where it is not known. */
  readonly machine: string;
  /** Process number. */
  readonly pid: number;
}

/** The facility: system daemons. */
const DAEMON = 3;

/** Severities of RFC 5424 6.2.1. */
const SEVERITIES: Readonly<Record<NoticeEvent["severity"], number>> = {
  critical: 2,
  warning: 3,
  info: 5,
};

/** Not bad enough for an error. */
const WARNING = 4;

/** The number that RFC 5612 keeps for examples: this program has none of its own. */
const SD_ID = "echoscu@32473";

/** Longest value of structured data, in characters: a message then fits what RFC 5424 6.1 wants receivers to take. */
const LONGEST_VALUE = 160;
const LONGEST_TEXT = 480;

function priorityOf({ event, severity }: NoticeEvent): number {
  const isMild = event === "unstable" || event === "certificate";
  return DAEMON * 8 + (isMild && severity === "warning" ? WARNING : SEVERITIES[severity]);
}

/** One event as a message of RFC 5424, in UTF-8. */
export function syslogMessage(
  event: NoticeEvent,
  { notice, machine, pid }: SyslogSender & { readonly notice: NoticeDocument },
): Uint8Array<ArrayBuffer> {
  const facts = factsOf(event, notice)
    .map(([name, value]) => ` ${name}="${cut(value).replace(/["\\\]]/g, "\\$&")}"`);
  const text = textOf(event);
  const mark = /^[\x20-\x7e]*$/.test(text) ? "" : "\ufeff";
  const head = `<${priorityOf(event)}>1 ${event.at} ${printable(machine, 255)} echoscu ${pid}`;
  const line = `${head} ${event.event} [${SD_ID}${facts.join("")}] ${mark}${text}`;
  return new TextEncoder().encode(line);
}

/** The same in a stream: with its length before it (RFC 6587 3.4.1). */
export function counted(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`${message.length} `);
  const whole = new Uint8Array(head.length + message.length);
  whole.set(head);
  whole.set(message, head.length);
  return whole;
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** One event as syslog(3) of the C library sends it; `time` is local time as if it were UTC. */
export function localMessage(
  event: NoticeEvent,
  { pid, time }: Pick<SyslogSender, "pid"> & { readonly time: number },
): Uint8Array<ArrayBuffer> {
  const date = new Date(time);
  const day = String(date.getUTCDate()).padStart(2);
  const stamp = `${MONTHS[date.getUTCMonth()]} ${day} ${date.toISOString().slice(11, 19)}`;
  const line = `<${priorityOf(event)}>${stamp} echoscu[${pid}]: ${textOf(event)}`;
  return new TextEncoder().encode(line);
}

/** The line, and what to try. */
function textOf({ text, hint }: NoticeEvent): string {
  const whole = hint === undefined ? text : `${text}; try: ${hint}`;
  return oneLineOf(whole, LONGEST_TEXT);
}

function factsOf(
  event: NoticeEvent,
  { title, site }: Pick<NoticeDocument, "title" | "site">,
): readonly (readonly [string, string])[] {
  const { name, group, host, port, callingAeTitle, calledAeTitle, since, failures, downMs } = event;
  const { stage, fault, situation, contact, changes, tags } = event;
  const facts = {
    name,
    group,
    host,
    port,
    callingAeTitle,
    calledAeTitle,
    tags: tags.length === 0 ? undefined : tags.join(","),
    since,
    failures,
    downSeconds: downMs === undefined ? undefined : Math.round(downMs / 1000),
    changes,
    stage,
    fault,
    situation,
    contact,
    title,
    site,
  };
  return Object.entries(facts).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, `${value}`] as const]
  );
}

function cut(value: string): string {
  return oneLineOf(value, LONGEST_VALUE);
}

/** Printable ASCII without blanks, `-` where nothing is left. */
function printable(text: string, longest: number): string {
  return text.replace(/[^\x21-\x7e]/g, "").slice(0, longest) || "-";
}
