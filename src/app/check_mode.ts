/** Checks one peer: the reference's mode. */

import type { CheckTrace } from "../check/mod.ts";
import type { CheckMode } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import { checkPeer, wantsLog } from "./checking.ts";
import type { ModeContext } from "./context.ts";
import { logTrace } from "./logging.ts";
import { type Outcome, WITHOUT_TLS } from "./outcome.ts";
import type { SecuredChecks } from "./tls_check.ts";

/** Checks the peer of `mode`; gives what came of it. */
export async function runCheckMode(mode: CheckMode, means: ModeContext): Promise<Outcome> {
  const { options, world } = means;
  const startedAt = world.wallTime();
  const secured = await securityOf(means);
  if (secured === "impossible") return WITHOUT_TLS;
  const trace = await logTrace({ ...means, ...secured });
  const { secure } = secured;
  const { peerDeadlineSeconds: deadlineSeconds } = options;
  const peer = checkOf(mode, options);
  const check = (trace: CheckTrace) => checkPeer(peer, { world, trace, secure, deadlineSeconds });
  if (mode.retries !== undefined) {
    const { retried } = await import("./retried.ts");
    const began = world.clock.now();
    const { signal } = world;
    const isLive = wantsLog(options);
    const { result, attempts, startedAt: lastStartedAt } = await retried(mode.retries, {
      ...means,
      check,
      trace,
      isLive,
      signal,
    });
    const elapsedMs = world.clock.now() - began;
    return { kind: "checked", result, run: { startedAt, elapsedMs, attempts, lastStartedAt } };
  }
  const result = await check(trace);
  return { kind: "checked", result, run: { startedAt, elapsedMs: result.elapsedMs } };
}

/** The TLS that the options ask for, none in plain ones; `impossible` when it cannot be, which has been said then. */
export async function securityOf(
  means: ModeContext,
): Promise<Partial<SecuredChecks> | "impossible"> {
  if (means.options.tls.mode === "off") return {};
  return await (await import("./tls_check.ts")).secureChecks(means);
}
