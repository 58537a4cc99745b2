/** Checks one peer: the reference's mode. */

import type { CheckResult } from "../check/mod.ts";
import type { CheckMode, Options } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import {
  EXIT,
  exitCodeOf,
  exitCodeOfSignal,
  loadReports,
  loadRunText,
  type SingleRun,
} from "../report/mod.ts";
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
  if (secured === "impossible") return await withoutTls(means);
  const trace = await logTrace({ ...means, ...secured });
  const { secure } = secured;
  const { peerDeadlineSeconds: deadlineSeconds } = options;
  const result = await checkPeer(checkOf(mode, options), {
    world,
    trace,
    secure,
    deadlineSeconds,
  });
  return await conclude(result, { run: { startedAt, elapsedMs: result.elapsedMs }, ...means });
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

/** The same for a run that has reports. */
export async function withoutTls(means: CheckMeans): Promise<number> {
  const code = setupExitCode(means.options);
  if (means.options.reports.length === 0) return code;
  const reason = "TLS cannot be set up, nobody was contacted";
  return await (await import("./reports.ts")).failedToBegin({ code, reason }, means);
}

/** Sums up, explains a failure, and writes the reports that are wanted; resolves with the exit code. */
export async function conclude(
  result: CheckResult,
  { run, ...means }: CheckMeans & { readonly run: SingleRun },
): Promise<number> {
  const { options } = means;
  await sumUp(result, means);
  await explainFailure(result, means);
  if (options.tls.mode !== "off") {
    await (await import("./tls_check.ts")).finishSecured(result, means);
  }
  const isEnded = run.endedBy !== undefined && result.outcome === "failed";
  return await reportCode(result, { run, ...means }) ??
    (isEnded ? exitCodeOfSignal(run.endedBy) : exitCodeOf(result, options.exitCodes));
}

/** The exit code that the wanted reports ask for. */
async function reportCode(
  result: CheckResult,
  { run, ...means }: CheckMeans & { readonly run: SingleRun },
): Promise<number | undefined> {
  if (means.options.reports.length === 0) return undefined;
  const { singleReport } = await loadReports();
  const { deliverReports } = await import("./reports.ts");
  const { expiryWarnDays: warnDays } = means.options;
  const certificates = warnDays === undefined ? undefined : { warnDays };
  return await deliverReports(singleReport(result, { ...run, certificates }), means);
}

/**
 * Sums up the times of repeated echoes with `-v`, as ping does.
 *
 * The reference prints no such line: so it needs a person who reads, `--explain`, or `--interval`, which the reference
 * does not have.
 */
export async function sumUp(result: CheckResult, { options, world }: CheckMeans): Promise<void> {
  const isSeen = world.stderrIsTerminal || options.explain || options.intervalSeconds !== undefined;
  if (options.repeat < 2 || !wantsLog(options) || !isSeen) return;
  const { echoLine } = await loadRunText();
  const line = echoLine(result);
  if (line !== undefined) world.writeErr(new TextEncoder().encode(`${line}\n`));
}
