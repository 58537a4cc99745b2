/** The log lines of checks that failed, for who looks at them later. Loaded with the status page. */

import type { CheckEvent, CheckTrace } from "../check/mod.ts";
import { createPlainSink } from "../log/mod.ts";
import type { ReportEntry, RunReport } from "../runner/mod.ts";
import type { ModeContext, SpecialLines } from "./context.ts";
import { logTrace } from "./logging.ts";

/** Of a check with more events, the first and the last of them are kept. */
const KEPT_EVENTS = { first: 100, last: 200 };

/** Longest log of one check, in characters; the end is kept, where the failure is. */
const LONGEST_LOG = 20_000;

/** Keeps what happened in the newest check of every peer, and words it where somebody asks. */
export class FailureLogs {
  readonly #context: ModeContext;
  readonly #newest = new Map<string, Recorded>();
  readonly #failed = new WeakMap<ReportEntry, Recorded | readonly string[]>();
  readonly #wordings = new Map<SpecialLines | undefined, Promise<Wording>>();

  /** Words events as the log of `context` does, at the level of `--debug`. */
  constructor(context: ModeContext) {
    this.#context = context;
  }

  /** A trace for a check of the peer of that name, which also passes everything on. */
  async trace(
    name: string,
    { pass, special }: { readonly pass: CheckTrace; readonly special: SpecialLines | undefined },
  ): Promise<CheckTrace> {
    const wording = this.#wordings.get(special) ?? wordingOf({ ...this.#context, special });
    this.#wordings.set(special, wording);
    const recorded = new Recorded(await wording);
    this.#newest.set(name, recorded);
    return (event) => {
      recorded.add(event);
      pass(event);
    };
  }

  /** A run is over: what was kept of its failures stays for as long as its entries do. */
  take({ entries }: RunReport): void {
    for (const entry of entries) {
      const recorded = this.#newest.get(entry.name);
      if (entry.verdict === "failed" && recorded !== undefined) this.#failed.set(entry, recorded);
    }
    this.#newest.clear();
  }

  /** The lines of the check of `entry`; empty where nothing is known. */
  linesOf(entry: ReportEntry): readonly string[] {
    const found = this.#failed.get(entry) ?? [];
    if (!(found instanceof Recorded)) return found;
    const lines = found.lines();
    this.#failed.set(entry, lines);
    return lines;
  }
}

/** Words events, one check after the other. */
type Wording = (events: readonly CheckEvent[]) => string;

async function wordingOf(context: ModeContext): Promise<Wording> {
  const decoder = new TextDecoder();
  let text = "";
  const log = createPlainSink("debug", (bytes) => void (text += decoder.decode(bytes)));
  const trace = await logTrace({ ...context, log });
  return (events) => {
    text = "";
    for (const event of events) trace(event);
    return text;
  };
}

/** What happened in one check. */
class Recorded {
  readonly #word: Wording;
  readonly #first: CheckEvent[] = [];
  readonly #last: CheckEvent[] = [];
  #dropped = 0;

  constructor(word: Wording) {
    this.#word = word;
  }

  add(event: CheckEvent): void {
    if (this.#first.length < KEPT_EVENTS.first) return void this.#first.push(event);
    this.#last.push(event);
    if (this.#last.length <= KEPT_EVENTS.last) return;
    this.#last.shift();
    this.#dropped += 1;
  }

  lines(): readonly string[] {
    const gap = this.#dropped === 0 ? "" : `... (${this.#dropped} events are left out)\n`;
    const text = this.#word(this.#first) + gap + this.#word(this.#last);
    const end = text.length > LONGEST_LOG
      ? `...\n${text.slice(-LONGEST_LOG).toWellFormed()}`
      : text;
    return end.split("\n").slice(0, -1);
  }
}
