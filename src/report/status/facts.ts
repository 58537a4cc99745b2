/** What pages of watched peers are made from. */

import type { PeerState, ReportEntry, RunReport } from "../../runner/mod.ts";

/** One watched peer. */
export interface WatchedPeer {
  /** What is known of it. */
  readonly state: PeerState;
  /** Of its checks that passed; `undefined` while there is none. */
  readonly times: { readonly medianMs: number; readonly slowestMs: number } | undefined;
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
