/** What a history says of all its peers in a period, and in the one before it. Memory does not grow with results. */

import {
  cellsOf,
  type OverTime,
  type PeerAddress,
  type PeerOverTime,
  type Period,
  PeriodMaker,
  WARM_UP,
  type Zone,
} from "../availability/mod.ts";
import { hostAndPort } from "../common/host.ts";
import type { HistoryPeer, HistoryReader } from "./types.ts";

/** What is to be known. */
export interface OverTimeSettings extends Period {
  /** The time zone of days. */
  readonly zone: Zone;
  /** Raised when nobody wants to know any more. */
  readonly signal?: AbortSignal;
}

/** Reads and sums up; rejects with a `HistoryError`, or with the reason of `signal`. */
export async function readOverTime(
  reader: HistoryReader,
  { sinceMs, untilMs, zone, signal }: OverTimeSettings,
): Promise<OverTime> {
  const period = { sinceMs, untilMs };
  const earlier = { sinceMs: sinceMs - (untilMs - sinceMs), untilMs: sinceMs };
  const cells = cellsOf(period, zone);
  const known = new Map<string, Known>();
  const byId = new Map<number, Known>();
  for (const peer of await reader.peers()) {
    const key = keyOf(peer);
    const one = known.get(key) ?? {
      peers: [],
      now: new PeriodMaker({ ...period, bounds: cells.bounds }),
      earlier: new PeriodMaker(earlier),
    };
    one.peers.push(peer);
    known.set(key, one);
    byId.set(peer.id, one);
  }
  for (const one of known.values()) {
    for (const [maker, before] of [[one.earlier, earlier.sinceMs], [one.now, sinceMs]] as const) {
      const lists = [];
      for (const { id } of one.peers) {
        lists.push(await reader.last(id, { before, count: WARM_UP }));
        signal?.throwIfAborted();
      }
      for (const result of lists.flat().sort((a, b) => a.startedMs - b.startedMs)) {
        maker.add(result);
      }
    }
  }
  for await (const slice of reader.results({ ...earlier, untilMs }, signal)) {
    for (const result of slice) {
      const one = byId.get(result.peer);
      (result.startedMs < sinceMs ? one?.earlier : one?.now)?.add(result);
    }
  }
  return { ...period, zone: zone.name, cells, peers: peersOf([...known.values()]) };
}

/** A peer by its name, and what is gathered of it. */
interface Known {
  readonly peers: HistoryPeer[];
  readonly now: PeriodMaker;
  readonly earlier: PeriodMaker;
}

/**
 * A plan names its peers, also when they move to another address. Without a plan the name is the address, and who calls
 * whom by other titles checks something else.
 */
function keyOf(peer: HistoryPeer): string {
  const { name, callingAeTitle, calledAeTitle } = peer;
  return JSON.stringify(hasOwnName(peer) ? [name] : [name, callingAeTitle, calledAeTitle]);
}

function hasOwnName(peer: HistoryPeer): boolean {
  return peer.name !== hostAndPort(peer);
}

function peersOf(all: readonly Known[]): readonly PeerOverTime[] {
  const made = all.map(({ peers, now, earlier }) => ({
    peers,
    now: now.finish(),
    earlier: earlier.finish(),
  })).filter(({ now, earlier }) => isMeasured(now) || isMeasured(earlier));
  const counts = new Map<string, number>();
  for (const { peers: [peer] } of made) {
    if (peer !== undefined) counts.set(peer.name, (counts.get(peer.name) ?? 0) + 1);
  }
  return made.flatMap(({ peers, now, earlier }) => {
    const last = peers.at(-1);
    if (last === undefined) return [];
    const isOneOfMany = (counts.get(last.name) ?? 0) > 1;
    const { name, callingAeTitle, calledAeTitle } = last;
    return [{
      ...now,
      name: isOneOfMany ? `${name} (${callingAeTitle} calls ${calledAeTitle})` : name,
      group: last.group,
      addresses: peers.map(addressOf),
      earlier,
    }];
  });
}

function addressOf({ host, port, callingAeTitle, calledAeTitle }: HistoryPeer): PeerAddress {
  return { host, port, callingAeTitle, calledAeTitle };
}

function isMeasured({ results, upMs, downMs }: { results: number; upMs: number; downMs: number }) {
  return results > 0 || upMs + downMs > 0;
}
