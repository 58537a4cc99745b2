/** What a run of many checks is given, and what it reports while it runs. */

import type { CheckEnvironment, CheckResult } from "../check/mod.ts";
import type { PlanPeer } from "../plan/types.ts";
import type { ReportEntry } from "./result.ts";

/** Time as checks know it. */
export type Clock = CheckEnvironment["clock"];

/** How to run. */
export interface RunSettings {
  /** Most checks at once: 1 or more. */
  readonly jobs: number;
  /** Of them, most at the same host: 1 or more. */
  readonly jobsPerHost: number;
  /** How often to try again what may be gone soon. */
  readonly retries: number;
  /** Pause before each of these, in seconds. */
  readonly retryDelaySeconds: number;
  /** Limit for one attempt where the peer has none of its own, in seconds. */
  readonly peerDeadlineSeconds?: number;
  /** Limit for the whole run, in seconds. */
  readonly deadlineSeconds?: number;
  /**
   * Try again whatever failed, until it passes or so many seconds are over. That is an early end only for a peer that
   * could not be tried until then. `retries` and `deadlineSeconds` do not count.
   */
  readonly waitSeconds?: number;
}

/** The world as a run sees it. */
export interface RunEnvironment {
  /** Checks one peer; when the signal is raised it ends at once, with an `Interrupted` result. */
  readonly check: (peer: PlanPeer, signal: AbortSignal) => Promise<CheckResult>;
  /** Monotonic time and timers. */
  readonly clock: Clock;
  /** Milliseconds since 1970. */
  readonly wallTime: () => number;
  /** Raised with `"SIGINT"` or `"SIGTERM"`: what is done is reported, the rest is skipped. */
  readonly signal?: AbortSignal;
  /** Gets what happens, in order. */
  readonly notice?: (event: RunEvent) => void;
}

/** What happens in a run. `index` is the peer's place in the plan, `time` is the clock's. */
export type RunEvent =
  /** An attempt begins, counted from 1. */
  | {
    readonly type: "started";
    readonly index: number;
    readonly peer: PlanPeer;
    readonly attempt: number;
    readonly time: number;
  }
  /** An attempt failed, and another one follows. */
  | {
    readonly type: "attempt";
    readonly index: number;
    readonly peer: PlanPeer;
    readonly attempt: number;
    readonly result: CheckResult;
    readonly retryInSeconds: number;
    readonly time: number;
  }
  /** There was no free descriptor: the attempt does not count, and fewer checks run at once. */
  | {
    readonly type: "postponed";
    readonly index: number;
    readonly peer: PlanPeer;
    readonly jobs: number;
    readonly time: number;
  }
  /** The peer is done: passed, failed or skipped. */
  | {
    readonly type: "finished";
    readonly index: number;
    readonly peer: PlanPeer;
    readonly entry: ReportEntry;
    readonly time: number;
  };
