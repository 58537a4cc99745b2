/**
 * The one way out: what came of the program, and what is made of it.
 *
 * Every mode returns an `Outcome`. `finish()` writes the last lines, delivers the reports, and asks
 * `report/exit_code.ts`; no other file of this room names an exit code.
 */

import type { CheckResult } from "../check/mod.ts";
import { unreachable } from "../errors.ts";
import type { Options, ReportRequest } from "../options/mod.ts";
import {
  EXIT,
  exitCodeBeforeChecks,
  exitCodeOf,
  exitCodeOfRun,
  exitCodeOfScan,
  exitCodeOfSignal,
  loadReports,
  loadRunText,
  type Obstacle,
  type SingleRun,
} from "../report/mod.ts";
import type { RunReport } from "../runner/mod.ts";
import type { ScanResult } from "../tls_scan/mod.ts";
import type { ModeContext, RecordingEnd, World } from "./context.ts";
import { isJsonLog, logMessage, wantsLog } from "./logging.ts";
import { explainFailure } from "./explanation.ts";
import type { PrintedReport } from "./reports.ts";

/** What came of the program. */
export type Outcome =
  /** What was asked for is done, and was no check of a peer. */
  | { readonly kind: "done" }
  | CannotBegin
  /** One peer was checked. */
  | { readonly kind: "checked"; readonly result: CheckResult; readonly run: SingleRun }
  /** One peer was asked in several ways, which has been told; `result` is that of the user's own. */
  | { readonly kind: "diagnosed"; readonly result: CheckResult }
  /** The TLS of one peer was scanned; `unwritten`: a report could not be. */
  | { readonly kind: "scanned"; readonly result: ScanResult; readonly unwritten: boolean }
  /** Peers were surveyed, which has been told; `unwritten`: a report could not be; `failed`: the first that could not be asked. */
  | {
    readonly kind: "surveyed";
    readonly isComplete: boolean;
    readonly unwritten: boolean;
    readonly failed?: CheckResult | undefined;
  }
  /** What a history holds was reported; `unwritten`: a report could not be written. */
  | { readonly kind: "reported"; readonly unwritten: boolean }
  /** The peers of a plan were checked; `printed` is a report that was printed on the way. */
  | {
    readonly kind: "ran";
    readonly report: RunReport;
    readonly printed: PrintedReport | undefined;
  }
  /** A peer, or a plan, was checked again and again; `last` is what came of the last time that was not cut off. */
  | { readonly kind: "watched"; readonly last: CheckResult | RunReport | undefined }
  /** What goes on until a signal was ended by one. */
  | { readonly kind: "ended" }
  /** The self-test did not pass, and has said why. */
  | { readonly kind: "selftest-failed" }
  /** Something could not be explained, and that has been said. */
  | { readonly kind: "not-explained" }
  /** A certificate file is not accepted, and that has been said. */
  | { readonly kind: "certificate-refused" };

/** Nothing could be checked. What is wrong has been said; reports that speak of it get the reason. */
export interface CannotBegin {
  /** Tag. */
  readonly kind: "cannot-begin";
  /** What kept it from beginning. */
  readonly obstacle: Obstacle;
  /** One sentence for reports; absent where there can be none. */
  readonly reason?: string;
  /** What to try, for reports. */
  readonly hint?: string | undefined;
}

/** Whether `found` is what keeps the program from beginning, and not what it needs. */
export function isObstacle(found: object): found is CannotBegin {
  return "kind" in found && found.kind === "cannot-begin";
}

/** Writes what is left to write of `outcome`; resolves with the exit code. */
export async function finish(outcome: Outcome, context: ModeContext): Promise<number> {
  const code = await finishOutcome(outcome, context);
  await context.notices?.close();
  const isKept = await keep(outcome, context);
  const isRecorded = await context.recording?.close(await recordingEnd(outcome, { code, context }));
  return isKept && isRecorded !== false ? code : EXIT.outputFailed;
}

/** Adds what came of one run to the history; whether that was written. Runs that go on have done so themselves. */
async function keep(outcome: Outcome, { history, ...context }: ModeContext): Promise<boolean> {
  if (history === undefined) return true;
  const report = outcome.kind === "ran" ? outcome.report : await singleReportOf(outcome, context);
  if (report !== undefined) await history.add(report);
  return await history.close() || report === undefined;
}

/** The report of the one peer that was checked. */
async function singleReportOf(
  outcome: Outcome,
  { options }: Pick<ModeContext, "options">,
): Promise<RunReport | undefined> {
  if (outcome.kind !== "checked") return undefined;
  const { singleReport } = await loadReports();
  const { expiryWarnDays: warnDays } = options;
  const certificates = warnDays === undefined ? undefined : { warnDays };
  return singleReport(outcome.result, { ...outcome.run, certificates });
}

async function recordingEnd(
  outcome: Outcome,
  { code, context }: { readonly code: number; readonly context: ModeContext },
): Promise<RecordingEnd> {
  switch (outcome.kind) {
    case "checked":
      return { report: await singleReportOf(outcome, context), exitCode: code };
    case "ran":
      return { report: outcome.report, exitCode: code };
    case "cannot-begin":
      return { obstacle: outcome.reason ?? outcome.obstacle, exitCode: code };
    default:
      return { exitCode: code };
  }
}

async function finishOutcome(outcome: Outcome, context: ModeContext): Promise<number> {
  const { options, world: { signal } } = context;
  switch (outcome.kind) {
    case "done":
    case "ended":
    case "cannot-begin":
      return await finishEarly(outcome, { world: context.world, ...options, options });
    case "checked":
      return await finishCheck(outcome, context);
    case "diagnosed":
      return exitCodeOf(outcome.result, options.exitCodes);
    case "scanned":
      if (signal.aborted) return exitCodeOfSignal(signal.reason);
      return outcome.unwritten
        ? EXIT.outputFailed
        : exitCodeOfScan(outcome.result, options.exitCodes);
    case "surveyed":
      if (signal.aborted) return exitCodeOfSignal(signal.reason);
      if (outcome.unwritten) return EXIT.outputFailed;
      if (outcome.failed !== undefined) return exitCodeOf(outcome.failed, options.exitCodes);
      return outcome.isComplete ? EXIT.verified : EXIT.failed;
    case "reported":
      if (signal.aborted) return exitCodeOfSignal(signal.reason);
      return outcome.unwritten ? EXIT.outputFailed : EXIT.verified;
    case "ran":
      return await finishRun(outcome, context);
    case "watched":
      return signal.aborted ? exitCodeOfSignal(signal.reason) : codeOfLast(outcome.last, options);
    case "selftest-failed":
    case "not-explained":
      return EXIT.failed;
    case "certificate-refused":
      return EXIT.certificateFailed;
    default:
      return unreachable(outcome);
  }
}

async function finishRun(
  { report, printed }: Extract<Outcome, { kind: "ran" }>,
  context: ModeContext,
): Promise<number> {
  const { options } = context;
  const code = exitCodeOfRun(report, options.exitCodes);
  if (options.reports.length === 0) return code;
  const { deliverReports } = await import("./reports.ts");
  return await deliverReports(report, { ...context, printed }) ?? code;
}

/**
 * The same without a log and without all of the options; `keepsFiles`: reports are written to standard output only,
 * because what else is wrong with the command line nobody knows.
 */
export async function finishEarly(
  outcome: CannotBegin | { readonly kind: "done" } | { readonly kind: "ended" },
  { world, reports = [], exitCodes = "default", keepsFiles = false, options }: {
    readonly world: World;
    /** All of them, where the command line is right. */
    readonly options?: Options;
    readonly reports?: readonly ReportRequest[];
    readonly exitCodes?: Options["exitCodes"];
    readonly keepsFiles?: boolean;
  },
): Promise<number> {
  if (outcome.kind === "done") return EXIT.verified;
  if (outcome.kind === "ended") return exitCodeOfSignal(world.signal.reason);
  const { obstacle, reason, hint } = outcome;
  const exitCode = exitCodeBeforeChecks(obstacle, exitCodes);
  if (reason === undefined || reports.length === 0) return exitCode;
  const { reportObstacle } = await import("./reports.ts");
  const facts = { obstacle, reason, hint, exitCode };
  return await reportObstacle(facts, { world, reports, keepsFiles, options });
}

async function finishCheck(
  outcome: Extract<Outcome, { kind: "checked" }>,
  context: ModeContext,
): Promise<number> {
  const { result, run } = outcome;
  const { options } = context;
  await sumUp(result, context);
  await explainFailure(result, context);
  if (options.tls.mode !== "off") {
    await (await import("./tls.ts")).finishSecured(result, context);
  }
  const isEnded = run.endedBy !== undefined && result.outcome === "failed";
  return await reportCode(outcome, context) ??
    (isEnded ? exitCodeOfSignal(run.endedBy) : exitCodeOf(result, options.exitCodes));
}

/** The exit code that the wanted reports ask for. */
async function reportCode(outcome: Outcome, context: ModeContext): Promise<number | undefined> {
  if (context.options.reports.length === 0) return undefined;
  const report = await singleReportOf(outcome, context);
  const { deliverReports } = await import("./reports.ts");
  return report && await deliverReports(report, context);
}

function codeOfLast(last: CheckResult | RunReport | undefined, { exitCodes }: Options): number {
  if (last === undefined) return EXIT.verified;
  return "entries" in last ? exitCodeOfRun(last, exitCodes) : exitCodeOf(last, exitCodes);
}

/**
 * Sums up the times of repeated echoes with `-v`, as ping does.
 *
 * The reference prints no such line: so it needs a person who reads, `--explain`, or `--interval`, which the reference
 * does not have.
 */
export async function sumUp(result: CheckResult, context: ModeContext): Promise<void> {
  const { options, world } = context;
  const isSeen = world.stderrIsTerminal || options.explain || options.intervalSeconds !== undefined;
  if (options.repeat < 2 || !wantsLog(options) || !isSeen) return;
  const { echoLine } = await loadRunText();
  const line = echoLine(result);
  if (line === undefined) return;
  if (isJsonLog(context)) return logMessage(context, { level: "info", text: line });
  world.writeErr(new TextEncoder().encode(`${line}\n`));
}
