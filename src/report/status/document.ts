/** Watched peers as data: what the JSON answers are, and what the pages are made from. */

import { createHash } from "node:crypto";
import type { PeerState } from "../../runner/mod.ts";
import { entryOf } from "../document.ts";
import { failureText } from "../failure.ts";
import type { EntryDocument } from "../report_schema.ts";
import type { ReportSettings } from "../settings.ts";
import { isoTime, roundMs, sentence, withStop } from "../values.ts";
import type { StatusFacts, WatchedPeer } from "./facts.ts";
import {
  type PeerDetailsDocument,
  type PeerDocument,
  type PeerStateName,
  STATUS_LAYOUT_VERSION,
  type StatusDocument,
} from "./schema.ts";

/** Checks that the overview shows of each peer. */
const RECENT = 60;

/** All peers. */
export function statusOf(facts: StatusFacts, settings: ReportSettings): StatusDocument {
  const peers = facts.peers.map((peer) => peerOf(peer, { settings, most: RECENT }));
  const count = (state: PeerStateName) => peers.filter((one) => one.state === state).length;
  return {
    version: STATUS_LAYOUT_VERSION,
    kind: "status",
    ...aboutOf(facts, settings),
    summary: {
      total: peers.length,
      down: count("down"),
      notAsExpected: count("not-as-expected"),
      notChecked: count("not-checked"),
      downAsExpected: count("down-as-expected"),
      up: count("up"),
    },
    peers,
  };
}

/** Everything about one peer; `undefined` where there is none of that `id`. */
export function detailsOf(
  id: string,
  { facts, settings }: { readonly facts: StatusFacts; readonly settings: ReportSettings },
): PeerDetailsDocument | undefined {
  const peer = facts.peers.find(({ state }) => peerId(state.entry.name) === id);
  if (peer === undefined) return undefined;
  return {
    version: STATUS_LAYOUT_VERSION,
    kind: "peer",
    ...aboutOf(facts, settings),
    ...peerOf(peer, { settings, most: Infinity }),
    newest: entryOf(peer.state.entry, settings),
    failures: peer.state.failures.map((entry) => ({
      entry: entryOf(entry, settings),
      log: facts.linesOf(entry).map((line) => line.toWellFormed()),
    })),
  };
}

/**
 * The last part of a peer's address: its name where that is one without more ado, else `~` and 16 digits of its
 * SHA-256. Browsers resolve dots, and proxies decode slashes, also where they are escaped.
 */
function peerId(name: string): string {
  if (/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/.test(name)) return name;
  return `~${createHash("sha256").update(name.toWellFormed()).digest("hex").slice(0, 16)}`;
}

function aboutOf(
  { newest, everySeconds, now }: StatusFacts,
  { program, origin }: ReportSettings,
): Omit<StatusDocument, "version" | "kind" | "summary" | "peers"> {
  return {
    program,
    at: isoTime(now),
    everySeconds,
    ...(newest?.title === undefined ? {} : { title: newest.title.toWellFormed() }),
    ...(newest?.site === undefined ? {} : { site: newest.site.toWellFormed() }),
    ...(origin?.machine === undefined ? {} : { machine: origin.machine.toWellFormed() }),
    ...(newest === undefined
      ? {}
      : { runStartedAt: isoTime(newest.startedAt), runElapsedMs: roundMs(newest.elapsedMs) }),
  };
}

function peerOf(
  { state, times, past }: WatchedPeer,
  { settings, most }: { readonly settings: ReportSettings; readonly most: number },
): PeerDocument {
  const entry = entryOf(state.entry, settings);
  const { name, tags, group, note, contact, check, startedAt, elapsedMs } = entry;
  const { since, hasChanged, changedNow, samples } = state;
  const { lastSuccessAt } = state.entry;
  const known = {
    group,
    note,
    contact,
    host: check?.host,
    port: check?.port,
    calledAeTitle: check?.calledAeTitle,
    since: since === undefined ? undefined : isoTime(since),
    checkedAt: startedAt,
    lastSuccessAt: lastSuccessAt === undefined ? undefined : isoTime(lastSuccessAt),
    ...reasonOf(entry),
    elapsedMs,
    medianMs: times && roundMs(times.medianMs),
    slowestMs: times && roundMs(times.slowestMs),
    certificateDaysLeft: daysLeftOf(entry),
    ...availabilityOf(past),
  };
  return {
    id: peerId(state.entry.name),
    name,
    tags,
    state: stateOf(state),
    sinceIsExact: hasChanged,
    changedNow,
    recent: samples.slice(-Math.min(most, samples.length)).map(({ at, hasPassed, elapsedMs }) => ({
      at: isoTime(at),
      passed: hasPassed,
      elapsedMs: roundMs(elapsedMs),
    })),
    ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)),
  };
}

function availabilityOf(
  past: WatchedPeer["past"],
): Pick<PeerDocument, "availability" | "availabilityAt"> {
  if (past === undefined) return {};
  const availability = past.periods.map(({ availability, ...one }) =>
    availability === undefined ? one : { ...one, availability }
  );
  return { availability, availabilityAt: isoTime(past.at) };
}

function stateOf({ hasPassed, entry }: PeerState): PeerStateName {
  if (hasPassed === undefined) return "not-checked";
  const answers = entry.result?.outcome === "verified";
  if (hasPassed) return answers || entry.result === undefined ? "up" : "down-as-expected";
  return answers ? "not-as-expected" : "down";
}

/** Why a peer is not up, and what to try. */
function reasonOf(
  { unmet, failure, endingFailure, verdict }: EntryDocument,
): Pick<PeerDocument, "reason" | "hint" | "situation"> {
  const trouble = failure ?? (verdict === "passed" ? endingFailure : undefined);
  const texts = unmet.length > 0
    ? unmet.map(({ message }) => message)
    : trouble === undefined
    ? []
    : [failureText(trouble)];
  return {
    ...(texts.length === 0 ? {} : { reason: sentence(texts.join("; ")) }),
    ...(trouble?.hint === undefined ? {} : { hint: withStop(trouble.hint) }),
    ...(trouble?.situation === undefined ? {} : { situation: trouble.situation }),
  };
}

function daysLeftOf({ tls }: EntryDocument): number | undefined {
  const days = (tls?.chain ?? []).flatMap(({ daysLeft }) => daysLeft ?? []);
  return days.length === 0 ? undefined : Math.min(...days);
}
