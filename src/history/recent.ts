/** What a history says of peers until now: their newest results, and how available they were lately. */

import { PeriodMaker, type PeriodOfPeer, WARM_UP } from "../availability/mod.ts";
import type { Sample } from "../runner/mod.ts";
import type { HistoryPeer, HistoryReader } from "./types.ts";

const DAY_MS = 86_400_000;

/** Which of the newest results are wanted. */
export interface NewestSettings {
  /** None of before this time, in milliseconds since 1970. */
  readonly sinceMs: number;
  /** None that began then or later. */
  readonly untilMs: number;
  /** So many of each peer at most. */
  readonly count: number;
}

/** Which periods are wanted. */
export interface PeriodsSettings {
  /** When they end, in milliseconds since 1970. */
  readonly untilMs: number;
  /** How many days each has. */
  readonly days: readonly number[];
  /** Raised when nobody wants to know any more. */
  readonly signal: AbortSignal;
}

/** The newest results of peers by their names, the oldest first. */
export async function readNewest(
  reader: HistoryReader,
  { sinceMs, untilMs, count }: NewestSettings,
): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const found = new Map<string, readonly Sample[]>();
  for (const [name, peers] of byName(await reader.peers())) {
    const samples: Sample[] = [];
    for (const { id } of peers) {
      for (const result of await reader.last(id, { before: untilMs, count })) {
        if (result.startedMs < sinceMs) continue;
        const { startedMs: at, elapsedMs, verdict } = result;
        samples.push({ at, hasPassed: verdict === "passed", elapsedMs });
      }
    }
    found.set(name, samples.toSorted((left, right) => left.at - right.at).slice(-count));
  }
  return found;
}

/** What peers were in the last `days` of each number, by their names; rejects with the reason of `signal`. */
export async function readPeriods(
  reader: HistoryReader,
  { untilMs, days, signal }: PeriodsSettings,
): Promise<ReadonlyMap<string, readonly PeriodOfPeer[]>> {
  const sinceMs = untilMs - Math.max(...days) * DAY_MS;
  const byId = new Map<number, readonly PeriodMaker[]>();
  const named = new Map<string, readonly PeriodMaker[]>();
  for (const [name, peers] of byName(await reader.peers())) {
    const makers = days.map((one) => new PeriodMaker({ sinceMs: untilMs - one * DAY_MS, untilMs }));
    named.set(name, makers);
    const earlier = [];
    for (const { id } of peers) {
      byId.set(id, makers);
      earlier.push(await reader.last(id, { before: sinceMs, count: WARM_UP }));
      signal.throwIfAborted();
    }
    for (const result of earlier.flat().toSorted((a, b) => a.startedMs - b.startedMs)) {
      for (const maker of makers) maker.add(result);
    }
  }
  for await (const slice of reader.results({ sinceMs, untilMs }, signal)) {
    for (const result of slice) {
      for (const maker of byId.get(result.peer) ?? []) maker.add(result);
    }
  }
  return new Map([...named].map(([name, makers]) => [name, makers.map((one) => one.finish())]));
}

/** A plan names its peers, also when they move to another address. */
function byName(peers: readonly HistoryPeer[]): ReadonlyMap<string, readonly HistoryPeer[]> {
  return Map.groupBy(peers, ({ name }) => name);
}
