/** What was measured of peers over time, and what follows from it. */

/** What a check said, or that nothing did. */
export type State = "up" | "down" | "unmeasured";

/** The stages whose times are kept, in the order of a check; `end` is release or abort. */
export const TIMED_STAGES = ["resolve", "connect", "tls", "associate", "echo", "end"] as const;

/** One of them. */
export type TimedStage = typeof TIMED_STAGES[number];

/** Why a peer is down, as its first failed check said it. */
export interface Cause {
  /** Name of the situation; `null` where the check failed on an expectation. */
  readonly situation: string | null;
  /** How far the check got. */
  readonly stage: string | null;
  /** On whose side it failed. */
  readonly fault: string | null;
  /** One sentence. */
  readonly message: string | null;
}

/** One result of a peer. */
export interface TimedResult extends Cause {
  /** When the attempt began, in milliseconds since 1970. */
  readonly startedMs: number;
  /** How long it took. */
  readonly elapsedMs: number;
  /** Whether the peer did what was expected. */
  readonly verdict: "passed" | "failed";
  /** Seconds from run to run; `null` where nobody knows when the next one is. */
  readonly everySeconds: number | null;
  /** How long its run took, in milliseconds. */
  readonly runMs: number;
  /** Times of the stages in milliseconds, in the order of `TIMED_STAGES`; `null`: not reached. */
  readonly stageMs: readonly (number | null)[];
  /** Whole days until the peer's certificate ends; `null` without TLS. */
  readonly tlsDaysLeft: number | null;
}

/** A time in which a peer was up, or down for one reason; the times between stretches are unmeasured. */
export interface Stretch {
  /** In milliseconds since 1970. */
  readonly beginMs: number;
  /** The same, after `beginMs`. */
  readonly endMs: number;
  /** Why the peer was down; absent: it was up. */
  readonly cause?: Cause;
}

/** From `sinceMs` up to `untilMs`, in milliseconds since 1970. */
export interface Period {
  /** The first moment. */
  readonly sinceMs: number;
  /** The first moment after it. */
  readonly untilMs: number;
}

/** How long a peer, or several together, were what. */
export interface Sums {
  /** Milliseconds. */
  readonly upMs: number;
  /** The same. */
  readonly downMs: number;
  /** The same. */
  readonly unmeasuredMs: number;
}

/** A time in which a peer was down without a break. */
export interface Outage extends Cause {
  /** When the first check that failed began, or the period where it began before that. */
  readonly beginMs: number;
  /** When the first check that passed began; or until when it was seen down. */
  readonly endMs: number;
  /** What was before: `unmeasured` also means that it may have begun earlier. */
  readonly before: "up" | "unmeasured" | "period";
  /** What came after that; `period`: it was down at the end of the period. */
  readonly after: "up" | "unmeasured" | "period";
  /** Further situations that it went through, each once, 10 at most. */
  readonly also: readonly string[];
}

/** Times of checks that passed, in milliseconds. */
export interface Times {
  /** How many. */
  readonly count: number;
  /** Half of them took no longer; within 2.5 %. */
  readonly medianMs: number;
  /** Of 100, 95 took no longer; within 2.5 %. */
  readonly p95Ms: number;
  /** The slowest. */
  readonly slowestMs: number;
  /** When that began, in milliseconds since 1970. */
  readonly slowestAtMs: number;
}

/** One cell of a strip. */
export interface Cell extends Sums {
  /** Median of the checks that passed in it; `undefined`: none did. */
  readonly medianMs: number | undefined;
}

/** One peer in a period. */
export interface PeriodOfPeer extends Sums {
  /** Results that began in it. */
  readonly results: number;
  /** Of these, how many failed. */
  readonly failed: number;
  /** When the first of them began; `undefined`: there is none. */
  readonly firstMs: number | undefined;
  /** When the last of them began. */
  readonly lastMs: number | undefined;
  /** At the end of the period. */
  readonly state: State;
  /** How many outages there were. */
  readonly outageCount: number;
  /** The longest of them, 200 at most, in their order. */
  readonly outages: readonly Outage[];
  /** Times of whole checks; `undefined`: none passed. */
  readonly times: Times | undefined;
  /** Times of the stages that were reached. */
  readonly stages: readonly (Times & { readonly stage: TimedStage })[];
  /** One for each cell of the period. */
  readonly cells: readonly Cell[];
  /** What was last known of its certificate; `undefined`: nothing. */
  readonly tls: { readonly daysLeft: number; readonly atMs: number } | undefined;
}

/** What a cell of a strip is. */
export type CellUnit = "hour" | "day" | "month";

/** The cells of a period. */
export interface Cells {
  /** What each is, unless an end of the period cuts it. */
  readonly unit: CellUnit;
  /** Where each begins, in milliseconds since 1970, the end of the last one besides: one more than cells. */
  readonly bounds: readonly number[];
}

/** Where a peer was checked, and by which titles. */
export interface PeerAddress {
  /** Host as it was given. */
  readonly host: string;
  /** 1..65535. */
  readonly port: number;
  /** As sent. */
  readonly callingAeTitle: string;
  /** As sent. */
  readonly calledAeTitle: string;
}

/** A peer in a period and in the one before it. */
export interface PeerOverTime extends PeriodOfPeer {
  /** Its name in the plan; without one `host:port`, with the titles where there are several. */
  readonly name: string;
  /** Its group in the plan; empty where there is none. */
  readonly group: string;
  /** Where it was checked, the latest last. */
  readonly addresses: readonly PeerAddress[];
  /** The same in the period before this one, which is as long; it has no cells. */
  readonly earlier: PeriodOfPeer;
}

/** All peers of a history in a period. */
export interface OverTime extends Period {
  /** The time zone of days, by its name. */
  readonly zone: string;
  /** The cells of the peers' strips. */
  readonly cells: Cells;
  /** Those with results in the period or in the one before it, in the order in which they came. */
  readonly peers: readonly PeerOverTime[];
}
