/** Peers over time as data: what all reports about it are made from. */

import {
  availabilityOf,
  measuredShareOf,
  type Outage,
  type OverTime,
  type PeerOverTime,
  type PeriodOfPeer,
  sumOf,
  type Sums,
  type Times,
} from "../availability/mod.ts";
import {
  OVER_TIME_LAYOUT_VERSION,
  type OverTimeDocument,
  type PeerDocument,
} from "./over_time_schema.ts";
import type { ReportSettings } from "./settings.ts";
import { isoTime, roundMs } from "./values.ts";

const DAY_MS = 86_400_000;

/** Shares are never rounded up: what was down for a moment is not 1. */
const DECIMALS = 10_000_000;

/** The document of `found`, which was read from the file `history`. */
export function overTimeDocument(
  found: OverTime,
  { history, settings }: { readonly history: string; readonly settings: ReportSettings },
): OverTimeDocument {
  const { commit, machine, operator } = settings.origin ?? {};
  const groups = Map.groupBy(found.peers, ({ group }) => group);
  const hasGroups = found.peers.some(({ group }) => group !== "");
  return {
    version: OVER_TIME_LAYOUT_VERSION,
    kind: "availability",
    program: settings.program,
    ...(commit === undefined ? {} : { commit }),
    ...(machine === undefined ? {} : { machine: machine.toWellFormed() }),
    ...(operator === undefined ? {} : { operator: operator.toWellFormed() }),
    history: history.toWellFormed(),
    since: isoTime(found.sinceMs),
    until: isoTime(found.untilMs),
    timeZone: found.zone,
    cellUnit: found.cells.unit,
    cellBounds: found.cells.bounds.map(isoTime),
    total: together(found.peers),
    groups: hasGroups
      ? [...groups].map(([group, peers]) => ({
        ...together(peers),
        ...(group === "" ? {} : { group: group.toWellFormed() }),
      }))
      : [],
    peers: found.peers.map(peerOf),
  };
}

function sharesOf(sums: Sums) {
  const availability = availabilityOf(sums);
  const { upMs, downMs, unmeasuredMs } = sums;
  return {
    upMs,
    downMs,
    unmeasuredMs,
    measured: roundedDown(measuredShareOf(sums)),
    ...(availability === undefined ? {} : { availability: roundedDown(availability) }),
  };
}

function roundedDown(share: number): number {
  return Math.floor(share * DECIMALS + 1e-6) / DECIMALS;
}

function together(peers: readonly PeerOverTime[]): OverTimeDocument["total"] {
  return {
    ...sharesOf(sumOf(peers)),
    peers: peers.length,
    outageCount: peers.reduce((sum, { outageCount }) => sum + outageCount, 0),
    earlier: sharesOf(sumOf(peers.map(({ earlier }) => earlier))),
  };
}

function peerOf(peer: PeerOverTime): PeerDocument {
  const { name, group, firstMs, lastMs, times, tls } = peer;
  return {
    name: name.toWellFormed(),
    ...(group === "" ? {} : { group: group.toWellFormed() }),
    addresses: peer.addresses.map(({ host, port, callingAeTitle, calledAeTitle }) => ({
      host: host.toWellFormed(),
      port,
      callingAeTitle: callingAeTitle.toWellFormed(),
      calledAeTitle: calledAeTitle.toWellFormed(),
    })),
    ...sharesOf(peer),
    state: peer.state,
    results: peer.results,
    failed: peer.failed,
    ...(firstMs === undefined ? {} : { firstAt: isoTime(firstMs) }),
    ...(lastMs === undefined ? {} : { lastAt: isoTime(lastMs) }),
    outageCount: peer.outageCount,
    outages: peer.outages.map(outageOf),
    ...(times === undefined ? {} : { times: timesOf(times) }),
    stages: peer.stages.map((one) => ({ stage: one.stage, ...timesOf(one) })),
    cells: peer.cells.map(({ upMs, downMs, medianMs }) => ({
      upMs,
      downMs,
      ...(medianMs === undefined ? {} : { medianMs: roundMs(medianMs) }),
    })),
    ...(tls === undefined ? {} : { tls: certificateOf(tls) }),
    earlier: earlierOf(peer.earlier),
  };
}

function outageOf(outage: Outage): PeerDocument["outages"][number] {
  const { beginMs, endMs, before, after, also } = outage;
  const causes = ["situation", "stage", "fault", "message"] as const;
  const known = causes.flatMap((member) => {
    const value = outage[member];
    return value === null ? [] : [[member, value.toWellFormed()] as const];
  });
  return {
    begin: isoTime(beginMs),
    end: isoTime(endMs),
    downMs: endMs - beginMs,
    before,
    after,
    also,
    ...Object.fromEntries(known),
  };
}

function timesOf({ count, medianMs, p95Ms, slowestMs, slowestAtMs }: Times) {
  return {
    count,
    medianMs: roundMs(medianMs),
    p95Ms: roundMs(p95Ms),
    slowestMs: roundMs(slowestMs),
    slowestAt: isoTime(slowestAtMs),
  };
}

function certificateOf({ daysLeft, atMs }: NonNullable<PeriodOfPeer["tls"]>) {
  return { daysLeft, at: isoTime(atMs), until: isoTime(atMs + daysLeft * DAY_MS) };
}

function earlierOf(earlier: PeriodOfPeer): PeerDocument["earlier"] {
  const { times } = earlier;
  return {
    ...sharesOf(earlier),
    ...(times === undefined ? {} : { medianMs: roundMs(times.medianMs) }),
  };
}
