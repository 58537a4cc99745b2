/** What is known of watched peers now: for everything that shows them. */

import type { ReportEntry, RunReport } from "./result.ts";

/** One result of a peer, as small as strips and medians need it. */
export interface Sample {
  /** When the last attempt began, in milliseconds since 1970. */
  readonly at: number;
  /** What came of it. */
  readonly hasPassed: boolean;
  /** How long that attempt took, in milliseconds. */
  readonly elapsedMs: number;
}

/** What is known of one peer. */
export interface PeerState {
  /** The newest result; the peer without one while it has only been skipped. */
  readonly entry: ReportEntry;
  /** Whether it passed; `undefined` while it has only been skipped. */
  readonly hasPassed: boolean | undefined;
  /** When the check began that first found it so, in milliseconds since 1970. */
  readonly since: number | undefined;
  /** Whether it was known to be otherwise before `since`; without that it may have been so for longer. */
  readonly hasChanged: boolean;
  /** Whether the newest run found this change. */
  readonly changedNow: boolean;
  /** Results without those of skipped runs, the oldest first; 240 at most. */
  readonly samples: readonly Sample[];
  /** The newest failures, the newest first; 5 at most. */
  readonly failures: readonly ReportEntry[];
}

/** Results that are kept of a peer: four hours of a check a minute. */
const MOST_SAMPLES = 240;

/** Failures with all that is known of them: each may hold a certificate chain. */
const MOST_FAILURES = 5;

/** The state of every peer of the newest run. */
export class Board {
  #states = new Map<string, PeerState>();
  #newest: RunReport | undefined;
  #past: Past | undefined;

  /**
   * Recalls what was known of peers before, by their names and the oldest first, for those that it knows nothing of yet.
   * Results that are more than `gapMs` apart say nothing about the time between them.
   */
  recall(past: ReadonlyMap<string, readonly Sample[]>, gapMs: number): void {
    this.#past = { samples: past, gapMs };
  }

  /** Takes note of a run. Peers that are not in it any more are forgotten; names are unique in a plan. */
  add(report: RunReport): void {
    const before = this.#states;
    this.#newest = report;
    this.#states = new Map(
      report.entries.map((entry) => {
        const known = before.get(entry.name) ?? recalled(entry, { report, past: this.#past });
        return [entry.name, stateAfter(entry, { before: known, report })];
      }),
    );
  }

  /** The newest run; `undefined` before the first one. */
  get newest(): RunReport | undefined {
    return this.#newest;
  }

  /** All peers in the order of the plan. */
  peers(): readonly PeerState[] {
    return [...this.#states.values()];
  }
}

interface Past {
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
  readonly gapMs: number;
}

/** What was known of a peer before the first run; `undefined`: nothing. */
function recalled(
  entry: ReportEntry,
  { report, past }: { readonly report: RunReport; readonly past: Past | undefined },
): PeerState | undefined {
  const samples = past?.samples.get(entry.name) ?? [];
  const last = samples.at(-1);
  if (past === undefined || last === undefined) return undefined;
  const at = entry.startedAt ?? report.startedAt;
  const known = { ...unknown(entry), samples: samples.slice(-MOST_SAMPLES) };
  if (at - last.at > past.gapMs) return known;
  let since = last;
  for (const one of samples.toReversed()) {
    if (since.at - one.at > past.gapMs) break;
    if (one.hasPassed !== last.hasPassed) {
      return { ...known, hasPassed: last.hasPassed, since: since.at, hasChanged: true };
    }
    since = one;
  }
  return { ...known, hasPassed: last.hasPassed, since: since.at };
}

function stateAfter(
  entry: ReportEntry,
  { before, report }: { readonly before: PeerState | undefined; readonly report: RunReport },
): PeerState {
  if (entry.verdict === "skipped") {
    return before === undefined ? unknown(entry) : { ...before, changedNow: false };
  }
  const hasPassed = entry.verdict === "passed";
  const at = entry.startedAt ?? report.startedAt;
  const isSame = before?.hasPassed === hasPassed;
  const hasChangedNow = before?.hasPassed === !hasPassed;
  const sample = { at, hasPassed, elapsedMs: entry.result?.elapsedMs ?? 0 };
  return {
    entry,
    hasPassed,
    since: isSame ? before.since : at,
    hasChanged: hasChangedNow || (isSame && before.hasChanged),
    changedNow: hasChangedNow,
    samples: [...before?.samples ?? [], sample].slice(-MOST_SAMPLES),
    failures: hasPassed
      ? before?.failures ?? []
      : [entry, ...before?.failures ?? []].slice(0, MOST_FAILURES),
  };
}

function unknown(entry: ReportEntry): PeerState {
  return {
    entry,
    hasPassed: undefined,
    since: undefined,
    hasChanged: false,
    changedNow: false,
    samples: [],
    failures: [],
  };
}

/** The median and the longest time of those that passed, in milliseconds; `undefined` where none has. */
export function timesOf(
  samples: readonly Sample[],
): { readonly medianMs: number; readonly slowestMs: number } | undefined {
  const times = samples.filter(({ hasPassed }) => hasPassed).map(({ elapsedMs }) => elapsedMs)
    .toSorted((a, b) => a - b);
  const slowestMs = times.at(-1);
  if (slowestMs === undefined) return undefined;
  const half = times.length / 2;
  const [low = slowestMs, high = slowestMs] = [times[Math.ceil(half) - 1], times[Math.floor(half)]];
  return { medianMs: (low + high) / 2, slowestMs };
}
