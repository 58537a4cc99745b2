/** What pages of watched peers are made from. */

import type { PeerState, ReportEntry, RunReport } from "../../runner/mod.ts";

/** One watched peer. */
export interface WatchedPeer {
  /** What is known of it. */
  readonly state: PeerState;
  /** Of its checks that passed; `undefined` while there is none. */
  readonly times: { readonly medianMs: number; readonly slowestMs: number } | undefined;
  /** From the history; `undefined` where there is none, or nothing yet. */
  readonly past: PastFigures | undefined;
}

/** How available a peer was lately. */
export interface PastFigures {
  /** When that was summed up, in milliseconds since 1970. */
  readonly at: number;
  /** For each of some periods until then. */
  readonly periods: readonly {
    /** How long it is. */
    readonly days: number;
    /** Of the time that was measured, the part in which it was up, 0 to 1; `undefined`: nothing was measured. */
    readonly availability: number | undefined;
    /** The part of the time that was measured, 0 to 1. */
    readonly measured: number;
    /** How many outages there were. */
    readonly outages: number;
  }[];
}

/** All of them, and the newest run. */
export interface StatusFacts {
  /** The newest run; `undefined` before the first one ended. */
  readonly newest: RunReport | undefined;
  /** The peers in the order of the plan. */
  readonly peers: readonly WatchedPeer[];
  /** The log lines of a check that failed; empty where they are not known. */
  readonly linesOf: (entry: ReportEntry) => readonly string[];
  /** From the beginning of one run to that of the next, in seconds. */
  readonly everySeconds: number;
  /** When the page is made, in milliseconds since 1970. */
  readonly now: number;
}
