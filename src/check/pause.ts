/** The pause between two echoes of one association. */

import { Interrupted } from "./errors.ts";
import type { Session } from "./session.ts";

/** Waits as long as the check says. Throws `Interrupted` when the signal is raised meanwhile. */
export async function pause({ check, environment }: Session): Promise<void> {
  const { clock, signal } = environment;
  const seconds = check.intervalSeconds ?? 0;
  if (seconds <= 0) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = clock.after(seconds * 1000, resolve);
  const onAbort = () => resolve();
  signal?.addEventListener("abort", onAbort);
  if (!signal?.aborted) await promise;
  signal?.removeEventListener("abort", onAbort);
  cancel();
  if (signal?.aborted) throw new Interrupted("echo", signal.reason);
}
