/** Checks one peer: the reference's mode. */

import { type CheckResult, runCheck, type SocketVariables } from "../check/mod.ts";
import type { CheckMode, Options } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import { exitCodeOf, loadReports } from "../report/mod.ts";
import { explainFailure } from "./explanation.ts";
import { type LogTo, logTrace } from "./logging.ts";
import type { World } from "./world.ts";

/** Checks the peer of `mode`; resolves with the exit code. */
export async function runCheckMode(
  mode: CheckMode,
  means: LogTo & { readonly options: Options },
): Promise<number> {
  const { options, world } = means;
  const startedAt = world.wallTime();
  const result = await runCheck(checkOf(mode, options), {
    dial: world.dial,
    clock: world.clock,
    signal: world.signal,
    trace: await logTrace(means),
    variables: socketVariables(world),
  });
  await explainFailure(result, means);
  return await reportCode(result, { startedAt, ...means }) ?? exitCodeOf(result, options.exitCodes);
}

/** Writes the reports that are wanted; resolves with the exit code they ask for. */
async function reportCode(
  result: CheckResult,
  { startedAt, ...means }: LogTo & { readonly options: Options; readonly startedAt: number },
): Promise<number | undefined> {
  if (means.options.reports.length === 0) return undefined;
  const { singleReport } = await loadReports();
  const report = singleReport(result, { startedAt, elapsedMs: result.elapsedMs });
  return await (await import("./reports.ts")).deliverReports(report, means);
}

/** The environment variables about sockets that the reference reads. */
function socketVariables({ env }: World): SocketVariables {
  return { bufferLength: env("TCP_BUFFER_LENGTH"), noDelay: env("TCP_NODELAY") };
}
