/** Shares of time. */

import type { Sums } from "./types.ts";

/** Of the time that was measured, the part in which it was up, 0 to 1; `undefined`: nothing was measured. */
export function availabilityOf({ upMs, downMs }: Sums): number | undefined {
  const measuredMs = upMs + downMs;
  return measuredMs === 0 ? undefined : upMs / measuredMs;
}

/** The part of the time that was measured, 0 to 1. */
export function measuredShareOf({ upMs, downMs, unmeasuredMs }: Sums): number {
  const wholeMs = upMs + downMs + unmeasuredMs;
  return wholeMs === 0 ? 0 : (upMs + downMs) / wholeMs;
}

/** Several together: each counts for as long as it was measured. */
export function sumOf(all: readonly Sums[]): Sums {
  return {
    upMs: all.reduce((sum, { upMs }) => sum + upMs, 0),
    downMs: all.reduce((sum, { downMs }) => sum + downMs, 0),
    unmeasuredMs: all.reduce((sum, { unmeasuredMs }) => sum + unmeasuredMs, 0),
  };
}
