/** How far a run is, on one line of a terminal that is written again and again. */

import type { RunEvent } from "../runner/types.ts";
import { cutTo } from "./columns.ts";
import { durationText, oneLine } from "./values.ts";

/** Takes the line away: back to its start, and everything after it is erased. */
export const ERASE_LINE = "\r\x1b[K";

/** Counts what happens in a run of `total` peers. */
export class RunProgress {
  readonly #total: number;
  #passed = 0;
  #failed = 0;
  #skipped = 0;
  /** Names of those that wait for their next attempt. */
  readonly #waiting = new Map<number, string>();
  readonly #running = new Map<number, { readonly name: string; readonly since: number }>();

  /** Nothing has happened yet. */
  constructor(total: number) {
    this.#total = total;
  }

  /** Takes note of an event. */
  add(event: RunEvent): void {
    this.#waiting.delete(event.index);
    if (event.type === "started") {
      this.#running.set(event.index, { name: event.peer.name, since: event.time });
      return;
    }
    this.#running.delete(event.index);
    if (event.type !== "finished") {
      this.#waiting.set(event.index, event.peer.name);
      return;
    }
    const { verdict } = event.entry;
    if (verdict === "passed") this.#passed += 1;
    else if (verdict === "failed") this.#failed += 1;
    else this.#skipped += 1;
  }

  /** The line at clock time `now`, in at most `width` columns. */
  line(now: number, width: number): string {
    const done = this.#passed + this.#failed + this.#skipped;
    const counts = [`${this.#passed} ok`, `${this.#failed} failed`];
    if (this.#skipped > 0) counts.push(`${this.#skipped} skipped`);
    counts.push(`${this.#running.size} running`);
    const [next] = this.#waiting.values();
    if (next !== undefined) {
      const more = this.#waiting.size > 1 ? ", ..." : "";
      counts.push(`${this.#waiting.size} to try again (${oneLine(next)}${more})`);
    }
    const [slowest] = [...this.#running.values()].sort((left, right) => left.since - right.since);
    if (slowest !== undefined && now - slowest.since >= 1000) {
      counts.push(`slowest ${oneLine(slowest.name)} ${durationText(now - slowest.since)}`);
    }
    return cutTo(`${done}/${this.#total} done: ${counts.join(", ")}`, width);
  }
}
