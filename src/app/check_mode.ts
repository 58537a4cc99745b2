/** Checks one peer: the reference's mode. */

import type { CheckResult } from "../check/mod.ts";
import type { CheckMode, Options } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import { EXIT, exitCodeOf, loadReports, loadRunText } from "../report/mod.ts";
import { checkPeer, wantsLog } from "./checking.ts";
import { explainFailure } from "./explanation.ts";
import { type LogTo, logTrace } from "./logging.ts";

/** What a mode with a result takes. */
export type CheckMeans = LogTo & { readonly options: Options };

/** Checks the peer of `mode`; resolves with the exit code. */
export async function runCheckMode(mode: CheckMode, means: CheckMeans): Promise<number> {
  const { options, world } = means;
  const startedAt = world.wallTime();
  const tls = options.tls.mode === "off" ? undefined : await import("./tls_check.ts");
  const secured = await tls?.secureChecks(means);
  if (secured === "impossible") {
    return options.exitCodes === "detailed" ? EXIT.tlsFailed : EXIT.failed;
  }
  const trace = secured?.trace ?? await logTrace(means);
  const secure = secured?.secure;
  const result = await checkPeer(checkOf(mode, options), { world, trace, secure });
  await sumUp(result, means);
  const code = await conclude(result, { startedAt, ...means });
  await secured?.finish(result);
  return code;
}

/** Explains a failure and writes the reports that are wanted; resolves with the exit code. */
export async function conclude(
  result: CheckResult,
  { startedAt, ...means }: CheckMeans & { readonly startedAt: number },
): Promise<number> {
  await explainFailure(result, means);
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
