/** A screen that is drawn on again and again. */

import { ENTER, LEAVE, Screen } from "../live/mod.ts";
import type { World } from "./context.ts";

/** What happens often is drawn at most ten times a second, */
const SOON_MS = 100;
/** and less often where that would take more than a tenth of the time, as with thousands of peers. */
const REST = 9;
/** Times and countdowns go on. */
const TICK_MS = 1000;

/** What a canvas takes. */
export interface CanvasDeps {
  /** Where to draw, and when. */
  readonly world: Pick<World, "clock" | "writeOut">;
  /** What to draw now. */
  readonly lines: () => readonly string[];
  /** Nobody can see it any more. */
  readonly failed: () => void;
}

/**
 * Takes the screen, and draws on it when asked to, and every second. It waits for nobody: what a slow terminal has not
 * taken yet must be gone before the next picture is made.
 */
export class Canvas {
  readonly #deps: CanvasDeps;
  readonly #screen = new Screen();
  #isClosed = false;
  #isWriting = false;
  #isLate = false;
  #tookMs = 0;
  #cancelSoon: (() => void) | undefined;
  #cancelTick = () => {};

  /** Takes the screen. */
  constructor(deps: CanvasDeps) {
    this.#deps = deps;
    void this.#write(ENTER);
    this.#tick();
  }

  /** Draws what has changed. */
  draw(): void {
    this.#cancelSoon?.();
    this.#cancelSoon = undefined;
    if (this.#isClosed) return;
    this.#isLate = this.#isWriting;
    if (this.#isWriting) return;
    const { lines, world: { clock } } = this.#deps;
    const began = clock.now();
    const words = this.#screen.draw(lines());
    this.#tookMs = clock.now() - began;
    if (words !== "") void this.#write(words);
  }

  /** The same in a moment, for what changes often. */
  drawSoon(): void {
    if (this.#isClosed) return;
    const { clock } = this.#deps.world;
    const ms = Math.max(SOON_MS, REST * this.#tookMs);
    this.#cancelSoon ??= clock.after(ms, () => this.draw());
  }

  /** Draws everything. */
  redraw(): void {
    this.#screen.forget();
    this.draw();
  }

  /** Gives the screen back, once all is written that was drawn. */
  close(): void {
    this.#isClosed = true;
    this.#cancelSoon?.();
    this.#cancelTick();
    void this.#put(LEAVE);
  }

  #tick(): void {
    this.draw();
    this.#cancelTick = this.#deps.world.clock.after(TICK_MS, () => this.#tick());
  }

  async #write(words: string): Promise<void> {
    this.#isWriting = true;
    const outcome = await this.#put(words);
    this.#isWriting = false;
    if (this.#isClosed) return;
    if (outcome !== "written") return this.#deps.failed();
    if (this.#isLate) this.draw();
  }

  #put(words: string): ReturnType<World["writeOut"]> {
    return this.#deps.world.writeOut(new TextEncoder().encode(words));
  }
}
