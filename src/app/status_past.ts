/** What the history says of the peers of the status page: loaded with both. */

import { availabilityOf, measuredShareOf, type PeriodOfPeer } from "../availability/mod.ts";
import { type HistoryReader, type HistoryReading, loadHistoryReader } from "../history/mod.ts";
import type { PastFigures } from "../report/mod.ts";
import type { Board } from "../runner/mod.ts";
import type { ModeContext } from "./context.ts";
import { logMessage } from "./logging.ts";

const DAY_MS = 86_400_000;

/** Availability is shown of so many days until now. */
const PERIODS = [1, 7, 30];

/** Most results of a peer that are recalled: as many as a board keeps. */
const RECALLED = 240;

/** Figures are summed up again after a minute at the earliest, and not more than a hundredth of the time. */
const REST = { leastMs: 60_000, times: 100 };

/** Results further apart than so many intervals, and a minute, say nothing about the time between them. */
const GAP_INTERVALS = 3;

/** What is known from the history. Whatever cannot be read is left out, and logged. */
export class StatusPast {
  readonly #file: string;
  readonly #context: ModeContext;
  readonly #reading: HistoryReading;
  readonly #ended = new AbortController();
  readonly #signal: AbortSignal;
  #figures: ReadonlyMap<string, PastFigures> = new Map();
  #nextAt = 0;
  #running: Promise<void> | undefined;

  private constructor(
    file: string,
    { context, reading }: { readonly context: ModeContext; readonly reading: HistoryReading },
  ) {
    this.#file = file;
    this.#context = context;
    this.#reading = reading;
    this.#signal = AbortSignal.any([context.world.signal, this.#ended.signal]);
  }

  /** Has `board` recall the last day, and begins to sum up. */
  static async open(
    file: string,
    { board, everySeconds, context }: {
      readonly board: Board;
      readonly everySeconds: number;
      readonly context: ModeContext;
    },
  ): Promise<StatusPast> {
    const reading = await loadHistoryReader();
    const past = new StatusPast(file, { context, reading });
    await past.#read(async (reader) => {
      const untilMs = context.world.wallTime();
      const limits = { sinceMs: untilMs - DAY_MS, untilMs, count: RECALLED };
      const gapMs = everySeconds * 1000 * GAP_INTERVALS + 60_000;
      board.recall(await reading.readNewest(reader, limits), gapMs);
    });
    past.refresh();
    return past;
  }

  /** Figures of a peer by its name; `undefined` while there are none. */
  figuresOf(name: string): PastFigures | undefined {
    return this.#figures.get(name);
  }

  /** Sums up again in the background, where that is due. */
  refresh(): void {
    const isDue = this.#context.world.clock.now() >= this.#nextAt;
    if (isDue && this.#running === undefined && !this.#signal.aborted) {
      this.#running = this.#sumUp();
    }
  }

  /** Ends that; resolves when the file is closed. */
  async close(): Promise<void> {
    this.#ended.abort("the watch has ended");
    await this.#running;
  }

  async #sumUp(): Promise<void> {
    const { clock, wallTime } = this.#context.world;
    const began = clock.now();
    await this.#read(async (reader) => {
      const untilMs = wallTime();
      const settings = { untilMs, days: PERIODS, signal: this.#signal };
      const found = await this.#reading.readPeriods(reader, settings);
      this.#figures = new Map(
        [...found].map(([name, periods]) => [name, figuresOf(periods, untilMs)]),
      );
    });
    const ended = clock.now();
    this.#nextAt = ended + Math.max(REST.leastMs, (ended - began) * REST.times);
    this.#running = undefined;
  }

  /** Before anything was written there may be no file yet, and what writes to it complains of everything else. */
  async #read(act: (reader: HistoryReader) => Promise<void>): Promise<void> {
    try {
      const reader = await this.#reading.openHistoryReader(this.#file);
      try {
        await act(reader);
      } finally {
        reader.close();
      }
    } catch (error) {
      if (this.#signal.aborted) return;
      if (!this.#reading.isHistoryError(error)) throw error;
      const text = `The status page goes without the history: ${error.message}`;
      logMessage(this.#context, { level: "info", text });
    }
  }
}

function figuresOf(periods: readonly PeriodOfPeer[], at: number): PastFigures {
  return {
    at,
    periods: periods.map((one, place) => ({
      days: PERIODS[place] ?? 0,
      availability: availabilityOf(one),
      measured: measuredShareOf(one),
      outages: one.outageCount,
    })),
  };
}
