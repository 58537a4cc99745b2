/** Waits for what a program under test brings about. */

import { slowness } from "./slowness.ts";

/** Nothing that is going to come takes longer, but in slow laboratories. */
const LIMIT_MS = 60_000;

/** As much of a program that runs as can be waited for. */
interface Living {
  /** Whether it still runs. */
  readonly alive: boolean;
  /** What it has printed. */
  output(): string;
}

/**
 * Looks again and again until something is found, and gives that.
 *
 * An error with what `program` printed when that program has ended before, or when it takes longer than a minute.
 */
export async function untilFound<Found>(
  look: () => Found | undefined | Promise<Found | undefined>,
  program?: Living,
): Promise<Found> {
  const end = performance.now() + LIMIT_MS * slowness();
  for (;;) {
    const lives = program?.alive ?? true;
    const found = await look();
    if (found !== undefined) return found;
    if (lives && performance.now() < end) {
      await new Promise((done) => setTimeout(done, 20));
      continue;
    }
    // What a program that has ended printed last may still be on its way.
    await new Promise((done) => setTimeout(done, 500));
    const late = await look();
    if (late !== undefined) return late;
    throw new Error(`${lives ? "it never came" : "it has ended"}: ${program?.output() ?? ""}`);
  }
}

/** Looks again and again until something is so; fails as `untilFound()` does. */
export async function untilTrue(
  look: () => boolean | Promise<boolean>,
  program?: Living,
): Promise<void> {
  await untilFound(async () => await look() || undefined, program);
}
