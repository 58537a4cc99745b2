/** Keeps results over time: `--history`. Loaded when it is given. */

import {
  type HistoryRun,
  historyRun,
  type HistoryWrite,
  loadHistoryWriter,
} from "../history/mod.ts";
import type { Mode } from "../options/mod.ts";
import { loadReports } from "../report/mod.ts";
import type { WriteOutcome } from "../system/types.ts";
import type { History, ModeContext } from "./context.ts";
import { complain, settingsOf } from "./reports.ts";

/** Most runs that wait to be written while the file is locked; the exporter goes on meanwhile. */
const MOST_WAITING = 10_000;

const DAY_MS = 86_400_000;

/** Opens the history in `file`. Nothing is written before the first result is there. */
export async function openHistory(file: string, context: ModeContext): Promise<History> {
  const { options, world } = context;
  const { entryOf } = await loadReports();
  const writeHistory = await loadHistoryWriter();
  const how = { settings: settingsOf(context), everySeconds: everyOf(options.mode), entryOf };
  const { historyKeepDays: days } = options;
  const writer = new RunWriter({
    write: (runs) => {
      const keepFromMs = days === undefined ? undefined : world.wallTime() - days * DAY_MS;
      return writeHistory(file, { runs, keepFromMs });
    },
    fail: (failure) => complain(`cannot write the history to '${file}': ${failure}`, context),
  });
  return {
    add: async (report) => await writer.add(historyRun(report, how)),
    close: async () => await writer.close(),
  };
}

/** Writes runs one after the other: those that come while others are written go together. */
class RunWriter {
  readonly #write: (runs: HistoryWrite["runs"]) => Promise<WriteOutcome>;
  readonly #fail: (failure: string) => void;
  #waiting: HistoryRun[] = [];
  #writing: Promise<void> | undefined;
  #told: string | undefined;
  #isWhole = true;

  constructor({ write, fail }: {
    readonly write: (runs: HistoryWrite["runs"]) => Promise<WriteOutcome>;
    /** Says what went wrong; what fails again and again is said once. */
    readonly fail: (failure: string) => void;
  }) {
    this.#write = write;
    this.#fail = fail;
  }

  async add(run: HistoryRun): Promise<void> {
    if (run.rows.length === 0) return;
    if (this.#waiting.length >= MOST_WAITING) return this.#lose("more comes than can be written");
    this.#waiting.push(run);
    this.#writing ??= this.#writeAll();
    await this.#writing;
  }

  async close(): Promise<boolean> {
    await this.#writing;
    return this.#isWhole;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const runs = this.#waiting;
      this.#waiting = [];
      const outcome = await this.#write(runs);
      if (typeof outcome === "object") this.#lose(outcome.failure);
      else this.#told = undefined;
    }
    this.#writing = undefined;
  }

  #lose(failure: string): void {
    this.#isWhole = false;
    if (failure !== this.#told) this.#fail(failure);
    this.#told = failure;
  }
}

/** Seconds from run to run, where that is known. */
function everyOf(mode: Mode): number | undefined {
  if (mode.kind === "watch") return mode.seconds;
  return mode.kind === "plan" && mode.again?.kind === "watch" ? mode.again.seconds : undefined;
}
