/** From the command line to the exit code: which mode, and what is printed before it starts. */

import {
  type CommandLine,
  HEADER,
  IDENTIFICATION,
  type LoggingOptions,
  type Options,
  parseCommandLine,
  problemText,
} from "../options/mod.ts";
import { wordToBytes } from "../dicom/mod.ts";
import { unreachable } from "../errors.ts";
import { loadSampleLogConfig, type LogSink, type PeerFields, peerFields } from "../log/mod.ts";
import { checkOf, loadPlanSchema, loadSamplePlan } from "../plan/mod.ts";
import { runCheckMode } from "./check_mode.ts";
import type { ModeContext, World } from "./context.ts";
import { isJsonLog, loadElementNames, LogConfigError, logMessage, openLog } from "./logging.ts";
import { explainTitles, wrapped } from "./explanation.ts";
import { type CannotBegin, finish, finishEarly, type Outcome } from "./outcome.ts";

/** Runs the program; resolves with its exit code. Rejects only because of a defect. */
export async function run(world: World): Promise<number> {
  try {
    return await runCommandLine(world);
  } catch (error) {
    if (!world.signal.aborted || error !== world.signal.reason) throw error;
    return await finishEarly({ kind: "ended" }, { world });
  }
}

async function runCommandLine(world: World): Promise<number> {
  const commandLine = await parseCommandLine(world.args, {
    programName: world.programName,
    readFile: (path) => world.readFile(path),
    stderrIsTerminal: world.stderrIsTerminal,
    target: world.target,
    versions: [{ name: "Deno", version: world.runtimeVersion }],
  });
  switch (commandLine.kind) {
    case "run":
      return await runOptions(commandLine, world);
    case "error":
      return await usageError(commandLine, world);
    case "print":
      world.writeOut(new TextEncoder().encode(commandLine.stdout));
      break;
    case "list-ciphers":
    case "list-profiles":
      await (await import("./offline_mode.ts")).printTlsList(commandLine, world);
      break;
    case "print-file":
      world.writeOut(new TextEncoder().encode(await fileToPrint(commandLine.file)));
      break;
    default:
      return unreachable(commandLine);
  }
  return await finishEarly({ kind: "done" }, { world });
}

/** The text of a file that people start from. */
async function fileToPrint(
  file: Extract<CommandLine, { kind: "print-file" }>["file"],
): Promise<string> {
  if (file === "log-config") return await loadSampleLogConfig();
  return file === "plan" ? await loadSamplePlan() : await loadPlanSchema();
}

async function usageError(
  failure: Extract<CommandLine, { kind: "error" }>,
  world: World,
): Promise<number> {
  const { argumentsMessage, logging, reports } = failure;
  if (argumentsMessage !== undefined && logging !== undefined) {
    const log = await openLogOr(logging, world);
    if (typeof log === "string") {
      return await refuseLogConfig(log, { world, reports, keepsFiles: true });
    }
    logArguments(log, { text: argumentsMessage, world });
    await log.close();
  }
  const lines = failure.stderr.split("\n")
    .map((line) => line.startsWith("hint: ") ? wrapped(line, world) : line);
  world.writeErr(wordToBytes(lines.join("\n")));
  const reason = problemText(failure.problem);
  const { advice: hint } = failure;
  const outcome = { kind: "cannot-begin", obstacle: "usage", reason, hint } as const;
  return await finishEarly(outcome, { world, reports, keepsFiles: true });
}

async function runOptions(
  { options, argumentsMessage }: Extract<CommandLine, { kind: "run" }>,
  world: World,
): Promise<number> {
  if (options.permissions) return await tellPermissions(options, world);
  const log = await openLogOr(options.logging, world, peerOf(options));
  if (typeof log === "string") {
    return await refuseLogConfig(log, { world, reports: options.reports, options });
  }
  try {
    if (argumentsMessage !== undefined) logArguments(log, { text: argumentsMessage, world });
    logMessage({ log, world }, { level: "debug", text: `${IDENTIFICATION}\n` });
    const elements = await loadElementNames({ log, world });
    const context = await withHistory(await withRecording({ options, log, world, elements }));
    const identified = await withIdentity(context);
    if ("kind" in identified) return await finish(identified, context);
    const ready = await withNotices(identified);
    return "kind" in ready
      ? await finish(ready, context)
      : await finish(await runMode(ready), { ...context, notices: ready.notices });
  } finally {
    await log.close();
  }
}

/** With `--permissions` nothing is opened, no log either. */
async function tellPermissions(options: Options, world: World): Promise<number> {
  const { runPermissions, UNLOGGED } = await import("./permissions_mode.ts");
  const context: ModeContext = { options, world, log: await openLog(UNLOGGED, world) };
  const outcome = await runPermissions(context);
  return await finish(outcome, { ...context, options: { ...options, reports: [] } });
}

/** The context with the user identity, where one is asked for; or why there is none. */
async function withIdentity(context: ModeContext): Promise<ModeContext | CannotBegin> {
  const { user } = context.options;
  if (user === undefined) return context;
  return await (await import("./user_identity.ts")).withUserIdentity(user, context);
}

/** The context with the recordings that the options ask for. */
async function withRecording(context: ModeContext): Promise<ModeContext> {
  const { pcap, trace, bundle } = context.options;
  if ([pcap, trace, bundle].every((file) => file === undefined)) return context;
  const { openRecording } = await import("./recording.ts");
  return { ...context, recording: await openRecording(context) };
}

/** The context with the history that the options ask for. */
async function withHistory(context: ModeContext): Promise<ModeContext> {
  const { history: file } = context.options;
  if (file === undefined || context.options.mode.kind === "history") return context;
  return { ...context, history: await (await import("./history.ts")).openHistory(file, context) };
}

/** The context with the notices that the options ask for; or why there can be none. */
async function withNotices(context: ModeContext): Promise<ModeContext | CannotBegin> {
  if (context.options.notify.length === 0) return context;
  const notices = await (await import("./notices.ts")).openNotices(context);
  return "kind" in notices ? notices : { ...context, notices };
}

/** Whom a check of one peer is about: for every event of a log in JSON. */
function peerOf(options: Options): PeerFields | undefined {
  const { mode } = options;
  if (!isJsonLog({ options }) || !("peer" in mode)) return undefined;
  return peerFields(checkOf({ ...mode, kind: "check" }, options));
}

/** The log; or what is wrong with its configuration. */
async function openLogOr(
  logging: LoggingOptions,
  world: World,
  peer?: PeerFields,
): Promise<LogSink | string> {
  try {
    return await openLog(logging, world, peer);
  } catch (error) {
    if (!(error instanceof LogConfigError)) throw error;
    return error.message;
  }
}

async function refuseLogConfig(
  reason: string,
  to: Parameters<typeof finishEarly>[1],
): Promise<number> {
  to.world.writeErr(wordToBytes(`${HEADER}error: ${reason}\n`));
  return await finishEarly({ kind: "cannot-begin", obstacle: "usage", reason }, to);
}

function logArguments(log: LogSink, what: { readonly text: string; readonly world: World }): void {
  log.log({
    logger: "root",
    level: "info",
    text: what.text,
    time: what.world.wallTime(),
    unconditional: true,
  });
}

async function runMode(context: ModeContext): Promise<Outcome> {
  const { mode } = context.options;
  if ("peer" in mode) await explainTitles(context);
  switch (mode.kind) {
    case "check":
      return await runCheckMode(mode, context);
    case "diagnose":
      return await (await import("./diagnose_mode.ts")).runDiagnoseMode(mode, context);
    case "probe-titles":
      return await (await import("./diagnose_mode.ts")).runProbeTitles(mode, context);
    case "survey":
      return await (await import("./survey_mode.ts")).runSurveyMode(mode, context);
    case "surveys":
      return await (await import("./survey_mode.ts")).runSurveysMode(mode, context);
    case "tls-scan":
      return await (await import("./scan_mode.ts")).runScanMode(mode, context);
    case "listen":
      return await (await import("./listen_mode.ts")).runListenMode(mode, context);
    case "selftest":
      return await (await import("./selftest_mode.ts")).runSelftest(mode, context);
    case "plan":
      return await (await import("./plan_mode.ts")).runPlanMode(mode, context);
    case "watch":
      return await (await import("./again_modes.ts")).runWatchMode(mode, context);
    case "wait":
      return await (await import("./again_modes.ts")).runWaitMode(mode, context);
    case "exporter":
      return await (await import("./exporter_mode.ts")).runExporterMode(mode, context);
    case "history":
      return await (await import("./history_mode.ts")).runHistoryMode(mode, context);
    case "explain-code":
      return await (await import("./offline_mode.ts")).runExplainCode(mode, context);
    case "verify-cert":
    case "is-root-cert":
      return await (await import("./offline_mode.ts")).runOfflineMode(mode, context);
    default:
      return unreachable(mode);
  }
}
