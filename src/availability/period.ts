/** One peer in one period: how long it was what, its outages, its times. */

import { Distribution } from "./distribution.ts";
import { StretchMaker } from "./stretches.ts";
import {
  type Cell,
  type Outage,
  type Period,
  type PeriodOfPeer,
  type State,
  type Stretch,
  TIMED_STAGES,
  type TimedResult,
} from "./types.ts";

/** Most outages that are listed. */
const MOST_OUTAGES = 200;

/** Most further situations of an outage. */
const MOST_SITUATIONS = 10;

/** What is to be known of a peer in a period. */
export interface PeriodSettings extends Period {
  /** Bounds of cells, one more than there are, which need not fill the period; default: none. */
  readonly bounds?: readonly number[];
}

/** Takes the results of one peer in their order, also earlier ones that reach into the period. */
export class PeriodMaker {
  readonly #period: Period;
  readonly #maker: StretchMaker;
  readonly #sums: PeriodSums;

  /** Begins with nothing. */
  constructor(settings: PeriodSettings) {
    this.#period = settings;
    this.#sums = new PeriodSums(settings);
    this.#maker = new StretchMaker((stretch) => this.#sums.addStretch(stretch));
  }

  /** Adds a result that began no earlier than those before; what is later than the period does not count. */
  add(result: TimedResult): void {
    if (result.startedMs >= this.#period.untilMs) return;
    this.#maker.add(result);
    if (result.startedMs >= this.#period.sinceMs) this.#sums.addResult(result);
  }

  /** What is known when all results have been added. */
  finish(): PeriodOfPeer {
    this.#maker.end(this.#period.untilMs);
    return this.#sums.finish();
  }
}

type OpenOutage = { -readonly [Member in keyof Outage]: Outage[Member] };

/** Sums up stretches and results of one peer. */
class PeriodSums {
  readonly #period: Period;
  readonly #cells: CellSums;
  readonly #outages = new Outages();
  readonly #whole = new Distribution();
  readonly #stages = TIMED_STAGES.map((stage) => ({ stage, distribution: new Distribution() }));
  #upMs = 0;
  #downMs = 0;
  #results = 0;
  #failed = 0;
  #firstMs: number | undefined;
  #lastMs: number | undefined;
  #lastStretch: Stretch | undefined;
  #tls: PeriodOfPeer["tls"];

  /** Begins with nothing. */
  constructor({ bounds = [], ...period }: PeriodSettings) {
    this.#period = period;
    this.#cells = new CellSums(bounds);
  }

  /** Adds a stretch that begins no earlier than those before end; the part of it in the period counts. */
  addStretch({ beginMs, endMs, cause }: Stretch): void {
    const begin = Math.max(beginMs, this.#period.sinceMs);
    const end = Math.min(endMs, this.#period.untilMs);
    if (end <= begin) return;
    const stretch = { beginMs: begin, endMs: end, ...(cause === undefined ? {} : { cause }) };
    if (cause === undefined) this.#upMs += end - begin;
    else this.#downMs += end - begin;
    this.#cells.addStretch(stretch);
    this.#outages.add(stretch, this.#period);
    this.#lastStretch = stretch;
  }

  /** Adds a result that began in the period. */
  addResult(result: TimedResult): void {
    const { startedMs, verdict, tlsDaysLeft } = result;
    this.#results += 1;
    this.#firstMs ??= startedMs;
    this.#lastMs = startedMs;
    if (tlsDaysLeft !== null) this.#tls = { daysLeft: tlsDaysLeft, atMs: startedMs };
    if (verdict === "failed") {
      this.#failed += 1;
      return;
    }
    this.#whole.add(result.elapsedMs, startedMs);
    this.#cells.addTime(result.elapsedMs, startedMs);
    for (const [at, { distribution }] of this.#stages.entries()) {
      const ms = result.stageMs[at];
      if (typeof ms === "number") distribution.add(ms, startedMs);
    }
  }

  /** What is known. */
  finish(): PeriodOfPeer {
    const { sinceMs, untilMs } = this.#period;
    return {
      upMs: this.#upMs,
      downMs: this.#downMs,
      unmeasuredMs: untilMs - sinceMs - this.#upMs - this.#downMs,
      results: this.#results,
      failed: this.#failed,
      firstMs: this.#firstMs,
      lastMs: this.#lastMs,
      state: this.#state(),
      ...this.#outages.finish(this.#period),
      times: this.#whole.times(),
      stages: this.#stages.flatMap(({ stage, distribution }) => {
        const times = distribution.times();
        return times === undefined ? [] : [{ stage, ...times }];
      }),
      cells: this.#cells.finish(),
      tls: this.#tls,
    };
  }

  #state(): State {
    const last = this.#lastStretch;
    if (last === undefined || last.endMs < this.#period.untilMs) return "unmeasured";
    return last.cause === undefined ? "up" : "down";
  }
}

/** Gathers outages: a flood of short ones does not fill the memory. */
class Outages {
  #listed: Outage[] = [];
  #count = 0;
  #open: OpenOutage | undefined;
  #last: Stretch | undefined;

  add(stretch: Stretch, { sinceMs }: Period): void {
    const { beginMs, endMs, cause } = stretch;
    const adjoins = this.#last?.endMs === beginMs;
    const open = this.#open;
    if (open !== undefined && (cause === undefined || !adjoins)) {
      this.#close(open, adjoins ? "up" : "unmeasured");
    }
    if (cause !== undefined) {
      if (this.#open !== undefined) extend(this.#open, stretch);
      else {
        const before = adjoins ? "up" : beginMs === sinceMs ? "period" : "unmeasured";
        this.#open = { ...cause, beginMs, endMs, before, after: "unmeasured", also: [] };
      }
    }
    this.#last = stretch;
  }

  finish({ untilMs }: Period): Pick<PeriodOfPeer, "outageCount" | "outages"> {
    const open = this.#open;
    if (open !== undefined) this.#close(open, open.endMs === untilMs ? "period" : "unmeasured");
    this.#shorten(MOST_OUTAGES);
    return { outageCount: this.#count, outages: this.#listed };
  }

  #close(open: OpenOutage, after: Outage["after"]): void {
    this.#listed.push({ ...open, after });
    this.#count += 1;
    this.#open = undefined;
    if (this.#listed.length > 4 * MOST_OUTAGES) this.#shorten(MOST_OUTAGES);
  }

  #shorten(most: number): void {
    if (this.#listed.length <= most) return;
    const longest = [...this.#listed]
      .sort((a, b) => (b.endMs - b.beginMs) - (a.endMs - a.beginMs))
      .slice(0, most);
    this.#listed = longest.sort((a, b) => a.beginMs - b.beginMs);
  }
}

function extend(open: OpenOutage, { endMs, cause }: Stretch): void {
  open.endMs = endMs;
  const situation = cause?.situation ?? null;
  if (situation === null || situation === open.situation) return;
  if (open.also.includes(situation) || open.also.length >= MOST_SITUATIONS) return;
  open.also = [...open.also, situation];
}

/** Sums of each cell. What comes is in order, so that times of one cell only are kept. */
class CellSums {
  readonly #bounds: readonly number[];
  readonly #up: Float64Array;
  readonly #down: Float64Array;
  readonly #medians: (number | undefined)[];
  #stretchAt = 0;
  #timeAt = 0;
  #times = new Distribution();

  constructor(bounds: readonly number[]) {
    const count = Math.max(0, bounds.length - 1);
    this.#bounds = bounds;
    this.#up = new Float64Array(count);
    this.#down = new Float64Array(count);
    this.#medians = new Array(count);
  }

  addStretch({ beginMs, endMs, cause }: Stretch): void {
    const sums = cause === undefined ? this.#up : this.#down;
    for (let at = this.#stretchAt; at < sums.length; at += 1) {
      const [begin = 0, end = 0] = [this.#bounds[at], this.#bounds[at + 1]];
      if (begin >= endMs) break;
      if (end <= beginMs) this.#stretchAt = at + 1;
      else sums[at] = (sums[at] ?? 0) + Math.min(end, endMs) - Math.max(begin, beginMs);
    }
  }

  addTime(ms: number, startedMs: number): void {
    while (this.#timeAt < this.#up.length && startedMs >= (this.#bounds[this.#timeAt + 1] ?? 0)) {
      this.#endCell();
    }
    this.#times.add(ms, startedMs);
  }

  finish(): readonly Cell[] {
    if (this.#timeAt < this.#up.length) this.#endCell();
    return Array.from(this.#up, (upMs, at) => {
      const downMs = this.#down[at] ?? 0;
      const lengthMs = (this.#bounds[at + 1] ?? 0) - (this.#bounds[at] ?? 0);
      return { upMs, downMs, unmeasuredMs: lengthMs - upMs - downMs, medianMs: this.#medians[at] };
    });
  }

  #endCell(): void {
    this.#medians[this.#timeAt] = this.#times.times()?.medianMs;
    this.#times = new Distribution();
    this.#timeAt += 1;
  }
}
