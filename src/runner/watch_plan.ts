/** Many peers again and again, for as long as somebody wants to know. */

import type { ReportEntry, RunReport } from "./result.ts";
import { pause } from "./pause.ts";
import type { Clock } from "./types.ts";
import { reasonKey } from "./watch.ts";

/** The state of a peer became another one. */
export interface PeerChange {
  /** What was found now: passed or failed. */
  readonly entry: ReportEntry;
  /** The state before; missing where the peer was skipped until now. */
  readonly before?: {
    /** Whether the peer had passed. */
    readonly hasPassed: boolean;
    /** How long that had lasted, in milliseconds. */
    readonly lastedMs: number;
  };
}

/** One run of those that were watched. */
export interface WatchedRun {
  /** What came of it; its entries know when a peer was last verified. */
  readonly report: RunReport;
  /** What is another one than in the run before, in the order of the plan; missing for the first run. */
  readonly changes?: readonly PeerChange[];
}

/** What one peer was when it was last looked at. */
interface State {
  readonly key: string;
  readonly hasPassed: boolean;
  /** Clock time since when it has passed, or has not. */
  readonly since: number;
}

/**
 * Runs every `seconds`, counted from the beginning of a run, until the signal is raised; resolves with the number of
 * runs. One that the signal cut short is forgotten, but for the first.
 *
 * A peer that fails for another reason than before has changed, too; one that was skipped is as it was.
 */
export async function watchPlan(
  seconds: number,
  deps: {
    /** Checks all peers once. */
    readonly run: () => Promise<RunReport>;
    readonly clock: Clock;
    readonly signal: AbortSignal;
    /** Gets each run; the next one waits for it. */
    readonly seen: (run: WatchedRun) => Promise<void>;
  },
): Promise<number> {
  const { run, clock, signal, seen } = deps;
  const states = new Map<string, State>();
  const successes = new Map<string, number>();
  for (let runs = 0;; runs += 1) {
    const began = clock.now();
    const found = await run();
    if (signal.aborted && runs > 0) return runs;
    const report = { ...found, entries: found.entries.map((one) => dated(one, successes)) };
    const changes = report.entries.flatMap((entry) => changesOf(entry, { states, began }));
    await seen(runs === 0 ? { report } : { report, changes });
    await pause(Math.max(0, seconds - (clock.now() - began) / 1000), { clock, signal });
    if (signal.aborted) return runs + 1;
  }
}

/** The entry with the time when its peer was last verified; names are unique in a plan. */
function dated(entry: ReportEntry, successes: Map<string, number>): ReportEntry {
  const { name, result, startedAt } = entry;
  if (result?.outcome === "verified" && startedAt !== undefined) {
    successes.set(name, startedAt + result.elapsedMs);
  }
  const lastSuccessAt = successes.get(name);
  return lastSuccessAt === undefined ? entry : { ...entry, lastSuccessAt };
}

function changesOf(
  entry: ReportEntry,
  { states, began }: { readonly states: Map<string, State>; readonly began: number },
): readonly PeerChange[] {
  if (entry.verdict === "skipped") return [];
  const hasPassed = entry.verdict === "passed";
  const key = hasPassed ? "passed" : failureKey(entry);
  const state = states.get(entry.name);
  if (state?.key === key) return [];
  const since = state?.hasPassed === hasPassed ? state.since : began;
  states.set(entry.name, { key, hasPassed, since });
  if (state === undefined) return [{ entry }];
  return [{ entry, before: { hasPassed: state.hasPassed, lastedMs: began - state.since } }];
}

/** Expectations have numbers in their words that differ from run to run: their names count. */
function failureKey({ result, unmet }: ReportEntry): string {
  const reason = result?.outcome === "failed" ? reasonKey(result.error) : "";
  return ["failed", reason, ...unmet.map(({ name }) => name)].join(" ");
}
