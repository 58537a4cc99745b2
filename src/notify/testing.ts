/** Peers and events for the tests of this room. */

import type { EntryDocument, NoticeEvent } from "../report/mod.ts";
import type { SeenPeer } from "./rules.ts";

/** When the runs of tests begin. */
export const BEGAN = Date.UTC(2026, 0, 31, 8);

/** A peer of a run: `""` is up, `-` was skipped, anything else the situation that it is in. */
export function seen(name: string, state: string, at = BEGAN): SeenPeer {
  const failure = {
    name: "DialFailed",
    stage: "connect",
    fault: "network",
    message: `cannot connect: ${state}`,
    fields: {},
    situation: state,
    title: `it is ${state}`,
    hint: `undo ${state}`,
  } as const;
  const entry: EntryDocument = {
    name,
    verdict: state === "" ? "passed" : state === "-" ? "skipped" : "failed",
    attempts: 1,
    tags: [],
    unmet: [],
    check: CHECK,
    ...(state === "" || state === "-" ? {} : { failure }),
  };
  return { entry, at };
}

const CHECK = {
  host: "10.1.2.3",
  port: 104,
  callingAeTitle: "ECHOSCU",
  calledAeTitle: "ARCHIVE",
  echoes: 1,
  contexts: 1,
  transferSyntaxes: [],
  transferSyntaxNames: [],
  maximumLength: 16_384,
  ending: "release",
  acseTimeoutSeconds: 30,
} as const;

/** An event of a peer. */
export function happened(
  name: string,
  event: NoticeEvent["event"],
  more: Partial<NoticeEvent> = {},
): NoticeEvent {
  const time = new Date(BEGAN).toISOString();
  return {
    event,
    severity: event === "up" ? "info" : "warning",
    text: `${name} ${event}`,
    name,
    tags: [],
    at: time,
    since: time,
    failures: event === "up" ? 0 : 2,
    ...more,
  };
}
