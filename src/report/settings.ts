/** What a report is made with next to the run itself. */

import type { TroubledCheck } from "../check/mod.ts";
import type { ObstacleFacts } from "./obstacle.ts";

/** What a failure means, in the words of the table of situations. */
export interface FailureMeaning {
  /** Stable name. */
  readonly situation: string;
  /** What it means, as a clause. */
  readonly title: string;
  /** One sentence: what to try. */
  readonly hint: string;
}

/** Who made a report, where and with which build. */
export interface ReportOrigin {
  /** The commit of the program, in hex. */
  readonly commit?: string | undefined;
  /** The machine's own name. */
  readonly machine?: string | undefined;
  /** Who made the check. */
  readonly operator?: string | undefined;
}

/** Settings that all formats share; each takes what it needs. */
export interface ReportSettings {
  /** Program and version, such as `echoscu 1.2.3`. */
  readonly program: string;
  /** Who made the report, where and with which build: each as far as it is known. */
  readonly origin?: ReportOrigin;
  /** Local time; default: reports say UTC only. */
  readonly offsetMinutes?: (time: number) => number;
  /** Looks up what a failure means; without it reports say what the failure says of itself. */
  readonly diagnose?: (result: TroubledCheck) => FailureMeaning;
  /** What kept the run from beginning: nobody was contacted, and the report says why. */
  readonly obstacle?: ObstacleFacts | undefined;
  /** Whether an earlier report comes before this one, so that it needs no header (CSV only). */
  readonly continues?: boolean | undefined;
  /** An average echo slower than this is a warning (Nagios only). */
  readonly warnLatencyMs?: number | undefined;
  /** An average echo slower than this is critical (Nagios only). */
  readonly criticalLatencyMs?: number | undefined;
}
