/** Draws watched peers on a terminal, and does what keys say. Loaded only where there is a person to see it. */

import { isAsciiOnly } from "../common/locale.ts";
import { loadRunText, type RunText } from "../report/mod.ts";
import {
  afterKey,
  asciiOf,
  choiceOf,
  FIRST_VIEW,
  frameOf,
  type Key,
  LEAVE,
  LiveModel,
  nameWidthOf,
  settled,
} from "../live/mod.ts";
import type { Plan } from "../plan/mod.ts";
import type { RunEvent, RunReport, WatchedRun } from "../runner/mod.ts";
import { Canvas } from "./canvas.ts";
import type { ModeContext, Terminal, World } from "./context.ts";
import { openKeys } from "./keyboard.ts";
import type { ProgressView } from "./plan_view.ts";
import type { WatchPlace, WatchView } from "./watch_view.ts";

/** What the program had to say meanwhile is printed at the end: its newest bytes. */
const MOST_SAID_BYTES = 64 * 1024;

/** Where a table is. */
interface TablePlace extends WatchPlace {
  /** What prints the end. */
  readonly lines: WatchView;
}

/**
 * Opens the table; at its end the peers that fail and the summary are printed by `lines`. `undefined` where standard
 * input is not a terminal.
 */
export async function openTable(
  place: TablePlace,
  { world }: ModeContext,
): Promise<WatchView | undefined> {
  const table = new WatchTable(place, { world, text: await loadRunText() });
  const keys = openKeys(world.clock, (key) => table.press(key));
  const terminal = await world.takeTerminal({
    leave: LEAVE,
    typed: keys.typed,
    spoiled: () => table.redraw(),
    said: (bytes) => table.say(bytes),
  });
  if (terminal === undefined) return undefined;
  table.open(terminal);
  return {
    begin: (plan) => Promise.resolve(table.begin(plan)),
    seen: (watched) => table.seen(watched),
    close(runs, last) {
      keys.close();
      table.close(runs, last);
    },
  };
}

class WatchTable {
  readonly #place: TablePlace;
  readonly #world: World;
  readonly #text: RunText;
  readonly #isAscii: boolean;
  readonly #began: number;
  readonly #model = new LiveModel();
  readonly #said: Uint8Array[] = [];
  #view = FIRST_VIEW;
  #nameWidth = 0;
  #progress: InstanceType<RunText["RunProgress"]>;
  #runBegan: number;
  #terminal: Terminal | undefined;
  #canvas: Canvas | undefined;

  constructor(
    place: TablePlace,
    { world, text }: { readonly world: World; readonly text: RunText },
  ) {
    this.#place = place;
    this.#world = world;
    this.#text = text;
    this.#isAscii = isAsciiOnly(world.env);
    this.#began = this.#runBegan = world.clock.now();
    this.#progress = new text.RunProgress(0);
  }

  open(terminal: Terminal): void {
    this.#terminal = terminal;
    this.#canvas = new Canvas({
      world: this.#world,
      lines: () => this.#lines(terminal),
      failed: terminal.hangUp,
    });
  }

  begin(plan: Pick<Plan, "title" | "peers">): ProgressView {
    this.#progress = new this.#text.RunProgress(plan.peers.length);
    this.#runBegan = this.#world.clock.now();
    this.#nameWidth = nameWidthOf(plan.peers, this.#text);
    this.#model.begin(plan);
    this.#canvas?.draw();
    return { notice: (event) => this.#notice(event), close: () => {} };
  }

  #notice(event: RunEvent): void {
    this.#progress.add(event);
    this.#model.notice(event);
    this.#canvas?.drawSoon();
  }

  seen(watched: WatchedRun): void {
    this.#model.add(watched);
    this.#canvas?.draw();
  }

  /** What would have gone to standard error is shown now and printed at the end. */
  say(bytes: Uint8Array): void {
    const said = this.#said;
    said.push(bytes);
    let size = said.reduce((sum, { length }) => sum + length, 0);
    while (size > MOST_SAID_BYTES) size -= said.shift()?.length ?? size;
    for (const line of new TextDecoder().decode(bytes).split("\n")) {
      if (line.trim() !== "") this.#model.say(line, this.#world.wallTime());
    }
    this.#canvas?.drawSoon();
  }

  press(key: Key): void {
    const terminal = this.#terminal;
    if (terminal === undefined) return;
    if (key === "redraw") return this.redraw();
    const choice = choiceOf({ model: this.#model, view: this.#view }, terminal.size().rows);
    const next = afterKey(this.#view, { key, ...choice });
    if (next === "quit") return terminal.interrupt();
    this.#view = next;
    this.#canvas?.draw();
  }

  redraw(): void {
    this.#canvas?.redraw();
  }

  close(runs: number, last: RunReport | undefined): void {
    this.#canvas?.close();
    this.#terminal?.giveBack();
    for (const bytes of this.#said) this.#world.writeErr(bytes);
    const { lines } = this.#place;
    if (last !== undefined) lines.seen({ report: last });
    lines.close(runs, last);
  }

  #lines(terminal: Terminal): readonly string[] {
    const { rows, columns } = terminal.size();
    const model = this.#model;
    this.#view = settled(this.#view, choiceOf({ model, view: this.#view }, rows));
    const { clock, wallTime } = this.#world;
    const picture = {
      model,
      view: this.#view,
      progress: this.#progressLine(columns),
      watchedMs: clock.now() - this.#began,
      nameWidth: this.#nameWidth,
    };
    const { settings } = this.#place.outputs.look;
    const look = { text: this.#text, settings, columns, rows, now: wallTime() };
    const frame = frameOf(picture, look);
    return this.#isAscii ? frame.map((line) => asciiOf(line, this.#text.widthOf)) : frame;
  }

  #progressLine(columns: number): string {
    const { durationText } = this.#text;
    const { isRunning, done, elapsedMs = 0 } = this.#model.runs;
    const now = this.#world.clock.now();
    if (isRunning) return `run ${done + 1}: ${this.#progress.line(now, columns)}`;
    const rest = Math.max(0, Math.ceil(this.#place.seconds - (now - this.#runBegan) / 1000));
    return `run ${done} took ${durationText(elapsedMs)}, the next one begins in ${rest} s`;
  }
}
