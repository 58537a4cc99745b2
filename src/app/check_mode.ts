/** Checks one peer: the reference's mode. */

import { runCheck, type SocketVariables } from "../check/mod.ts";
import type { CheckMode, Options } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import { EXIT, exitCodeOf } from "../report/mod.ts";
import { explainFailure } from "./explanation.ts";
import { type LogTo, logTrace } from "./logging.ts";
import type { World } from "./world.ts";

/** Checks the peer of `mode`; resolves with the exit code. */
export async function runCheckMode(
  mode: CheckMode,
  means: LogTo & { readonly options: Options },
): Promise<number> {
  const { options, world } = means;
  const tls = options.tls.mode === "off" ? undefined : await import("./tls_check.ts");
  const secured = await tls?.secureChecks(means);
  if (secured === "impossible") {
    return options.exitCodes === "detailed" ? EXIT.tlsFailed : EXIT.failed;
  }
  const result = await runCheck(checkOf(mode, options), {
    dial: world.dial,
    secure: secured?.secure,
    clock: world.clock,
    signal: world.signal,
    trace: secured?.trace ?? await logTrace(means),
    variables: socketVariables(world),
  });
  await explainFailure(result, means);
  await secured?.finish(result);
  return exitCodeOf(result, options.exitCodes);
}

/** The environment variables about sockets that the reference reads. */
function socketVariables({ env }: World): SocketVariables {
  return { bufferLength: env("TCP_BUFFER_LENGTH"), noDelay: env("TCP_NODELAY") };
}
