/** What is shown of watched peers: what is known of them, what goes on now, and what was said last. */

import type { Plan, PlanPeer } from "../plan/mod.ts";
import {
  Board,
  type PeerChange,
  type PeerState,
  type ReportEntry,
  type RunEvent,
  type Verdict,
  type WatchedRun,
} from "../runner/mod.ts";

/** One peer of the table. */
export interface LiveRow {
  /** What the plan says of it. */
  readonly peer: PlanPeer;
  /** What is known of it from runs that are over. */
  readonly known: PeerState | undefined;
  /** The newest result, also of the run that goes on. */
  readonly entry: ReportEntry | undefined;
  /** What came of it; `undefined`: it has not been checked yet. */
  readonly verdict: Verdict | undefined;
  /** Since when it is so, in milliseconds since 1970; missing where nobody knows. */
  readonly since: number | undefined;
  /** Whether it was otherwise before; else it may have been so for longer. */
  readonly hasChanged: boolean;
  /** Whether the newest result is another one than that before. */
  readonly changedNow: boolean;
  /** Whether it is being checked. */
  readonly isRunning: boolean;
}

/** Something that happened: the change of a peer, or what the program had to say. */
export type LiveNews =
  | { readonly at: number; readonly change: PeerChange }
  | { readonly at: number; readonly words: string };

/** What is kept of the news. */
const MOST_NEWS = 50;

/** Where the runs are. */
export interface LiveRuns {
  /** What the plan calls itself. */
  readonly title: string;
  /** Runs that are over. */
  readonly done: number;
  /** Whether one goes on. */
  readonly isRunning: boolean;
  /** How long the newest one took that is over, in milliseconds. */
  readonly elapsedMs: number | undefined;
}

/** Takes note of what happens. */
export class LiveModel {
  readonly #board = new Board();
  #plan: Pick<Plan, "title" | "peers"> = { title: "", peers: [] };
  #known = new Map<string, PeerState>();
  readonly #running = new Set<string>();
  readonly #finished = new Map<string, ReportEntry>();
  #news: readonly LiveNews[] = [];
  #done = 0;
  #isRunning = false;
  #rows: readonly LiveRow[] | undefined;

  /** A run of the peers of `plan` begins. */
  begin(plan: Pick<Plan, "title" | "peers">): void {
    this.#rows = undefined;
    this.#plan = plan;
    this.#isRunning = true;
    this.#running.clear();
    this.#finished.clear();
  }

  /** Takes note of an event of the run. */
  notice(event: RunEvent): void {
    this.#rows = undefined;
    const { name } = event.peer;
    if (event.type === "started") this.#running.add(name);
    else this.#running.delete(name);
    if (event.type === "finished") this.#finished.set(name, event.entry);
  }

  /** Takes note of a run that is over. */
  add({ report, changes = [] }: WatchedRun): void {
    this.#rows = undefined;
    this.#board.add(report);
    this.#known = new Map(this.#board.peers().map((state) => [state.entry.name, state]));
    this.#running.clear();
    this.#finished.clear();
    this.#isRunning = false;
    this.#done += 1;
    this.#tell(
      changes.map((change) => ({ at: change.entry.startedAt ?? report.startedAt, change })),
    );
  }

  /** Takes note of words of the program, a line. */
  say(words: string, at: number): void {
    this.#tell([{ at, words }]);
  }

  #tell(news: readonly LiveNews[]): void {
    this.#news = [...news, ...this.#news].slice(0, MOST_NEWS);
  }

  /** What happened, the newest first, of one run in the order of the plan; 50 at most. */
  get news(): readonly LiveNews[] {
    return this.#news;
  }

  /** Where the runs are. */
  get runs(): LiveRuns {
    return {
      title: this.#plan.title,
      done: this.#done,
      isRunning: this.#isRunning,
      elapsedMs: this.#board.newest?.elapsedMs,
    };
  }

  /** All peers, those first that fail; else in the order of the plan. The same list until something happens. */
  rows(): readonly LiveRow[] {
    return this.#rows ??= this.#sortedRows();
  }

  #sortedRows(): readonly LiveRow[] {
    const rows = this.#plan.peers.map((peer) => this.#rowOf(peer));
    const failing = rows.filter(({ verdict }) => verdict === "failed");
    return [...failing, ...rows.filter(({ verdict }) => verdict !== "failed")];
  }

  #rowOf(peer: PlanPeer): LiveRow {
    const known = this.#known.get(peer.name);
    const isRunning = this.#running.has(peer.name);
    const finished = this.#finished.get(peer.name);
    const before = verdictOf(known);
    if (finished === undefined || finished.verdict === "skipped") {
      return {
        peer,
        known,
        entry: known?.entry,
        verdict: before,
        since: known?.since,
        hasChanged: known?.hasChanged ?? false,
        changedNow: known?.changedNow ?? false,
        isRunning,
      };
    }
    const { verdict, startedAt } = finished;
    const isSame = before === verdict;
    const changedNow = !isSame && known?.hasPassed !== undefined;
    return {
      peer,
      known,
      entry: finished,
      verdict,
      since: isSame ? known?.since : startedAt,
      hasChanged: changedNow || (isSame && known?.hasChanged === true),
      changedNow,
      isRunning,
    };
  }
}

function verdictOf(state: PeerState | undefined): Verdict | undefined {
  if (state === undefined) return undefined;
  if (state.hasPassed === undefined) return "skipped";
  return state.hasPassed ? "passed" : "failed";
}

/** Those of `rows` that have `filter`, in lower case, in their name, group or tags. */
export function filtered(rows: readonly LiveRow[], filter: string): readonly LiveRow[] {
  if (filter === "") return rows;
  return rows.filter(({ peer: { name, group = "", tags } }) =>
    [name, group, ...tags].some((text) => text.toLowerCase().includes(filter))
  );
}
