/** Waiting between attempts. */

import type { Clock } from "./types.ts";

/** Resolves after `seconds`, or as soon as `signal` is raised. */
export async function pause(
  seconds: number,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = clock.after(seconds * 1000, resolve);
  const onAbort = () => resolve();
  signal.addEventListener("abort", onAbort);
  await promise;
  signal.removeEventListener("abort", onAbort);
  cancel();
}

/** The shortest pause between attempts of a wait, in seconds: our judgement, a peer must not be flooded. */
const SHORTEST_SECONDS = 0.05;

/**
 * The pause before the next attempt of a wait that ends in `leftMs`, in seconds; `undefined` when that is too soon.
 *
 * It is `wanted`, but gets shorter towards the end, so that a peer that comes up late is not missed.
 */
export function pauseInWait(wanted: number, leftMs: number): number | undefined {
  const seconds = Math.min(Math.max(wanted, SHORTEST_SECONDS), leftMs / 2000);
  return seconds < SHORTEST_SECONDS ? undefined : seconds;
}
