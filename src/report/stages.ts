/** Where the time of a check went. */

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
