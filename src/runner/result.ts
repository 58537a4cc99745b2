/** What comes of a run: the results of many checks with what the plan says of each. */

import type { Check, CheckResult } from "../check/mod.ts";
import type { TlsWeakness } from "../common/tls_weaknesses.ts";

/** Whether a peer did what was expected of it. */
export type Verdict =
  /** As expected: verified, or expectedly not reachable. */
  | "passed"
  /** Not as expected. */
  | "failed"
  /** Not tried: the run ended before its turn. */
  | "skipped";

/** An expectation that was not met though the echo was answered. */
export interface UnmetExpectation {
  /** Which one, by its name in the plan: `maxLatency`, `tls.minDaysValid`, `reachable`, ... */
  readonly name: string;
  /** One sentence: what was expected and what was found. */
  readonly message: string;
}

/** How long certificates of a peer should last, in whole days. */
export interface CertificateLimits {
  /** Fewer days, for any certificate of the peer and of the path found for it, are worth a warning. */
  readonly warnDays?: number;
  /** With fewer days for the peer's own certificate the expectation is not met. */
  readonly minDays?: number;
}

/** One peer of a run. */
export interface ReportEntry {
  /** Name in the plan; for a single check the host and port. */
  readonly name: string;
  /** Group in the plan. */
  readonly group?: string;
  /** Tags of the plan, in its order. */
  readonly tags: readonly string[];
  /** Free text of the plan: what this peer is. */
  readonly note?: string;
  /** Free text of the plan: who looks after it. */
  readonly contact?: string;
  /** Nobody is told of what it does. */
  readonly isMuted?: true;
  /** What came of it. */
  readonly verdict: Verdict;
  /** Expectations of the plan that were not met. */
  readonly unmet: readonly UnmetExpectation[];
  /** What its certificates are held against; missing where nothing is. */
  readonly certificates?: CertificateLimits;
  /** What may be weak in its TLS without a warning; missing: nothing. */
  readonly allowedWeaknesses?: readonly TlsWeakness[];
  /** What was to be checked; needed only when skipped, because a result says it too. */
  readonly check?: Check;
  /** The last attempt; missing when skipped. */
  readonly result?: CheckResult;
  /** Number of attempts made: 1 + retries used; 0 when skipped. */
  readonly attempts: number;
  /** When the last attempt began, in milliseconds since 1970; missing when skipped. */
  readonly startedAt?: number;
  /** When an earlier attempt last verified the peer, in milliseconds since 1970, where that is known. */
  readonly lastSuccessAt?: number;
}

/** A whole run. */
export interface RunReport {
  /** When it began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** How long it took in all. */
  readonly elapsedMs: number;
  /** What the plan calls itself, or the plan's file. */
  readonly title?: string;
  /** Where the peers are, as the plan says. */
  readonly site?: string;
  /** The files that the plan was read from, with their SHA-256 in hex. */
  readonly sources?: readonly { readonly file: string; readonly sha256: string }[];
  /** The peers in the order of the plan. */
  readonly entries: readonly ReportEntry[];
  /** Why it ended early: the signal. */
  readonly interrupted?: "SIGINT" | "SIGTERM" | "deadline";
}
