/** What a history holds of results, and what comes of writing to it. */

import type { PeerAddress, Period, TimedResult } from "../availability/mod.ts";
import type { WriteOutcome } from "../system/types.ts";

/** One result as a row of the table `result`, with its peer. */
export interface HistoryRow {
  /** Name in the plan; for a single check `host:port`. */
  readonly name: string;
  /** Group in the plan; empty where there is none. */
  readonly group: string;
  /** Host as it was given. */
  readonly host: string;
  /** 1..65535. */
  readonly port: number;
  /** As sent. */
  readonly callingAeTitle: string;
  /** As sent. */
  readonly calledAeTitle: string;
  /** When the last attempt began, in milliseconds since 1970. */
  readonly startedMs: number;
  /** How long it took. */
  readonly elapsedMs: number;
  /** Whether the peer did what was expected. */
  readonly verdict: "passed" | "failed";
  /** Whether the echo was answered with Success. */
  readonly outcome: "verified" | "failed";
  /** Attempts made; 1 or more. */
  readonly attempts: number;
  /** How far a check that failed got; `null` where it did not fail. */
  readonly stage: string | null;
  /** On whose side that arose. */
  readonly fault: string | null;
  /** Name of the situation. */
  readonly situation: string | null;
  /** One sentence: what happened, or which expectations were not met. */
  readonly message: string | null;
  /** Time in milliseconds spent in each stage; `null` where it was not reached. */
  readonly resolveMs: number | null;
  /** The same. */
  readonly connectMs: number | null;
  /** The same. */
  readonly tlsMs: number | null;
  /** The same. */
  readonly associateMs: number | null;
  /** The same, of all echoes. */
  readonly echoMs: number | null;
  /** The same, of release or abort. */
  readonly endMs: number | null;
  /** Whole days until the peer's certificate ends, negative after that; `null` without TLS. */
  readonly tlsDaysLeft: number | null;
}

/** One run as it is written: one transaction. */
export interface HistoryRun {
  /** When it began, in milliseconds since 1970. */
  readonly startedMs: number;
  /** How long it took. */
  readonly elapsedMs: number;
  /** Seconds from run to run with `--watch`; `null` where nobody knows when the next one is. */
  readonly everySeconds: number | null;
  /** What the plan calls itself. */
  readonly title: string | null;
  /** Its site. */
  readonly site: string | null;
  /** The machine that ran it. */
  readonly machine: string | null;
  /** Its results. */
  readonly rows: readonly HistoryRow[];
}

/** What is to be written, and what is to be removed. */
export interface HistoryWrite {
  /** All in one transaction. */
  readonly runs: readonly HistoryRun[];
  /** Results that began before this time, in milliseconds since 1970, are removed; `undefined`: none. */
  readonly keepFromMs: number | undefined;
}

/**
 * Adds to the history in a file, which is made where there is none, in one transaction; says what came of it, which is
 * never an exception.
 */
export type HistoryWriter = (file: string, write: HistoryWrite) => Promise<WriteOutcome>;

/** A row of the table `peer`. */
export interface HistoryPeer extends PeerAddress {
  /** Its key. */
  readonly id: number;
  /** Name in the plan; for a single check `host:port`. */
  readonly name: string;
  /** Group in the plan; empty where there is none. */
  readonly group: string;
}

/** A result as it is read. */
export interface HistoryResult extends TimedResult {
  /** Key of its peer. */
  readonly peer: number;
}

/** A history that is open for reading; whatever fails rejects with a `HistoryError`. */
export interface HistoryReader {
  /** All peers, in the order in which they came. */
  readonly peers: () => Promise<readonly HistoryPeer[]>;
  /** The last `count` results of a peer that began before that time, the oldest first. */
  readonly last: (
    peer: number,
    limits: { readonly before: number; readonly count: number },
  ) => Promise<readonly HistoryResult[]>;
  /** Results of all peers that began in a period, in the order of time, some thousand at a time. */
  readonly results: (
    period: Period,
    signal?: AbortSignal,
  ) => AsyncIterable<readonly HistoryResult[]>;
  /** Closes the file. */
  readonly close: () => void;
}
