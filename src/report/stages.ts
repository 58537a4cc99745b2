/** Where the time of a check went. */

import { durationText } from "./values.ts";

/** How long a part of a check took. */
interface Timing {
  readonly stage: string;
  readonly elapsedMs: number;
}

/** The time in milliseconds that each stage took in all, such as that of every echo, in the order of the check. */
export function stageTotals(timings: readonly Timing[]): ReadonlyMap<string, number> {
  const totals = new Map<string, number>();
  for (const { stage, elapsedMs } of timings) {
    totals.set(stage, (totals.get(stage) ?? 0) + elapsedMs);
  }
  return totals;
}

/** The same on one line, such as `connect 0.6 ms, associate 1.8 ms, echo 2.1 ms, release 0.4 ms`; may be empty. */
export function stagesLine(timings: readonly Timing[]): string {
  return [...stageTotals(timings)].map(([stage, ms]) => `${stage} ${durationText(ms)}`).join(", ");
}

/** How long systems keep back an acknowledgement in milliseconds, with what comes on top: 40 on Linux. */
const HELD_BACK = { from: 39, to: 60 } as const;

/**
 * What may be after answers to the echo of some 40 ms where no other answer took as long; `undefined` otherwise.
 *
 * A peer that writes its answer in pieces with Nagle's algorithm on, as DCMTK's programs do, sends the second piece only
 * when the first is acknowledged, and acknowledgements are held back for a moment.
 */
export function heldBack(
  { timings = [], echoes = [] }: {
    readonly timings?: readonly Timing[] | undefined;
    readonly echoes?: readonly { readonly elapsedMs: number }[] | undefined;
  },
): string | undefined {
  const fastest = echoes.reduce((least, { elapsedMs }) => Math.min(least, elapsedMs), Infinity);
  if (fastest < HELD_BACK.from || fastest > HELD_BACK.to) return undefined;
  const others = timings.filter(({ stage }) => stage !== "echo");
  if (others.some(({ elapsedMs }) => elapsedMs >= HELD_BACK.from)) return undefined;
  return "the peer may send its answer to the echo in pieces (Nagle's algorithm), which costs some 40 ms that are not the network's";
}
