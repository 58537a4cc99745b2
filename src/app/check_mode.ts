/** Checks one peer: the reference's mode. */

import type { CheckResult } from "../check/mod.ts";
import type { CheckMode, Options } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import { EXIT, exitCodeOf, loadReports, loadRunText } from "../report/mod.ts";
import { checkPeer, wantsLog } from "./checking.ts";
import { explainFailure } from "./explanation.ts";
import { type LogTo, logTrace } from "./logging.ts";
import type { SecuredChecks } from "./tls_check.ts";

/** What a mode with a result takes. */
export type CheckMeans = LogTo & { readonly options: Options };

/** Checks the peer of `mode`; resolves with the exit code. */
export async function runCheckMode(mode: CheckMode, means: CheckMeans): Promise<number> {
  const { options, world } = means;
  const startedAt = world.wallTime();
  const secured = await securityOf(means);
  if (secured === "impossible") return setupExitCode(options);
  const trace = await logTrace({ ...means, ...secured });
  const { secure } = secured;
  const result = await checkPeer(checkOf(mode, options), { world, trace, secure });
  await sumUp(result, means);
  return await conclude(result, { startedAt, ...means });
}

/** The TLS that the options ask for, none in plain ones; `impossible` when it cannot be, which has been said then. */
export async function securityOf(
  means: CheckMeans,
): Promise<Partial<SecuredChecks> | "impossible"> {
  if (means.options.tls.mode === "off") return {};
  return await (await import("./tls_check.ts")).secureChecks(means);
}

/** The exit code of a run whose TLS could not be prepared. */
export function setupExitCode({ exitCodes }: Options): number {
  return exitCodes === "detailed" ? EXIT.tlsFailed : EXIT.failed;
}

/** Explains a failure and writes the reports that are wanted; resolves with the exit code. */
export async function conclude(
  result: CheckResult,
  { startedAt, ...means }: CheckMeans & { readonly startedAt: number },
): Promise<number> {
  await explainFailure(result, means);
  if (means.options.tls.mode !== "off") {
    await (await import("./tls_check.ts")).finishSecured(result, means);
  }
  return await reportCode(result, { startedAt, ...means }) ??
    exitCodeOf(result, means.options.exitCodes);
}

/** The exit code that the wanted reports ask for. */
async function reportCode(
  result: CheckResult,
  { startedAt, ...means }: CheckMeans & { readonly startedAt: number },
): Promise<number | undefined> {
  if (means.options.reports.length === 0) return undefined;
  const { singleReport } = await loadReports();
  const report = singleReport(result, { startedAt, elapsedMs: result.elapsedMs });
  return await (await import("./reports.ts")).deliverReports(report, means);
}

/**
 * Sums up the times of repeated echoes with `-v`, as ping does.
 *
 * The reference prints no such line: so it needs a person who reads, `--explain`, or `--interval`, which the reference
 * does not have.
 */
async function sumUp(result: CheckResult, { options, world }: CheckMeans): Promise<void> {
  const isSeen = world.stderrIsTerminal || options.explain || options.intervalSeconds !== undefined;
  if (options.repeat < 2 || !wantsLog(options) || !isSeen) return;
  const { echoStatistics, statisticsLine } = await loadRunText();
  const statistics = echoStatistics(result);
  if (statistics === undefined) return;
  world.writeErr(new TextEncoder().encode(`${statisticsLine(statistics)}\n`));
}
