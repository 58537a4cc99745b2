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
export async function runCheckMode(mode: CheckMode, context: ModeContext): Promise<Outcome> {
  const { options, world } = context;
  const startedAt = world.wallTime();
  const secured = await securityOf(context);
  if (secured === "impossible") return WITHOUT_TLS;
  const trace = await logTrace({ ...context, ...secured });
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
      ...context,
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
  context: ModeContext,
): Promise<Partial<SecuredChecks> | "impossible"> {
  if (context.options.tls.mode === "off") return {};
  return await (await import("./tls_check.ts")).secureChecks(context);
}
