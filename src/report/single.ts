/** The report of one check that no plan knows of. */

import type { CheckResult } from "../check/mod.ts";
import type { CertificateLimits, RunReport } from "../runner/mod.ts";
import { hostAndPort } from "../common/host.ts";

/** The run that a check was made in. */
export interface SingleRun {
  /** When it began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** How long it took in all. */
  readonly elapsedMs: number;
  /** Attempts that were made, of which the result is the last; 1 by default. */
  readonly attempts?: number;
  /** When that attempt began; by default when the run did. */
  readonly lastStartedAt?: number;
  /** The signal that ended a run of several attempts. */
  readonly endedBy?: unknown;
  /** When an earlier check last verified the peer, in milliseconds since 1970, where that is known. */
  readonly lastSuccessAt?: number | undefined;
  /** What the peer's certificates are held against. */
  readonly certificates?: CertificateLimits | undefined;
}

/** A run of one peer, of which nothing was expected but to be verified. */
export function singleReport(result: CheckResult, run: SingleRun): RunReport {
  const { startedAt, elapsedMs, attempts = 1, lastStartedAt = startedAt, lastSuccessAt } = run;
  const reason = result.outcome === "failed" && result.error.name === "Interrupted"
    ? result.error.reason
    : run.endedBy;
  const interrupted = reason === "SIGINT" || reason === "SIGTERM" ? reason : undefined;
  return {
    startedAt,
    elapsedMs,
    ...(interrupted === undefined ? {} : { interrupted }),
    entries: [{
      name: hostAndPort(result.check.target),
      tags: [],
      verdict: result.outcome === "verified" ? "passed" : "failed",
      unmet: [],
      result,
      attempts,
      startedAt: lastStartedAt,
      ...(lastSuccessAt === undefined ? {} : { lastSuccessAt }),
      ...(run.certificates === undefined ? {} : { certificates: run.certificates }),
    }],
  };
}
