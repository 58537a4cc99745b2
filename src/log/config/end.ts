/** How long the end of the program waits for those who take what was logged. */
import type { LogHost } from "../host.ts";

/** How long all that waits may take at the end: 2 s. */
const END_MS = 2000;
/** The same once a signal has been raised: 0.5 s. */
const HASTY_END_MS = 500;

/** Resolves with `work`, or when waiting longer would hold up the end. */
export async function endInTime(
  work: Promise<unknown>,
  { pause, signal }: Pick<LogHost, "pause" | "signal">,
): Promise<void> {
  const { promise: raised, resolve } = Promise.withResolvers<void>();
  const onAbort = () => void pause(HASTY_END_MS).then(resolve);
  signal.addEventListener("abort", onAbort);
  if (signal.aborted) onAbort();
  await Promise.race([work, pause(END_MS), raised]);
  signal.removeEventListener("abort", onAbort);
}
