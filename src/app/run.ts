/** From the command line to the exit code: which mode, and what is printed before it starts. */

import {
  type CommandLine,
  HEADER,
  IDENTIFICATION,
  type Options,
  parseCommandLine,
  problemText,
} from "../options/mod.ts";
import { wordToBytes } from "../dicom/mod.ts";
import { EXIT, exitCodeOfSignal } from "../report/mod.ts";
import { unreachable } from "../errors.ts";
import { loadSampleLogConfig, type LogSink } from "../log/mod.ts";
import { runCheckMode } from "./check_mode.ts";
import { loadElementNames } from "./dictionary.ts";
import { explainTitles } from "./explanation.ts";
import { LogConfigError, logMessage, type LogTo, openLog } from "./logging.ts";
import type { World } from "./world.ts";

/** Runs the program; resolves with its exit code. Rejects only because of a defect. */
export async function run(world: World): Promise<number> {
  try {
    return await runCommandLine(world);
  } catch (error) {
    if (world.signal.aborted && error === world.signal.reason) return exitCodeOfSignal(error);
    if (!(error instanceof LogConfigError)) throw error;
    world.writeErr(wordToBytes(`${HEADER}error: ${error.message}\n`));
    return await codeBeforeChecks(EXIT.failed, { problem: error.message, world });
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
      return commandLine.exitCode;
    case "list-ciphers":
    case "list-profiles":
      await (await import("./tls_lists.ts")).printTlsList(commandLine.kind, world);
      return EXIT.verified;
    case "print-log-config":
      world.writeOut(new TextEncoder().encode(await loadSampleLogConfig()));
      return EXIT.verified;
    default:
      return unreachable(commandLine);
  }
}

async function usageError(
  failure: Extract<CommandLine, { kind: "error" }>,
  world: World,
): Promise<number> {
  if (failure.argumentsMessage !== undefined && failure.logging !== undefined) {
    const log = await openLog(failure.logging, world);
    logArguments(log, { text: failure.argumentsMessage, world });
    await log.close();
  }
  world.writeErr(wordToBytes(failure.stderr));
  return await codeBeforeChecks(failure.exitCode, { problem: problemText(failure.problem), world });
}

/** The exit code for what is wrong with the command line: `usual`, unless Nagios asks. */
async function codeBeforeChecks(
  usual: number,
  { problem, world }: { readonly problem: string; readonly world: World },
): Promise<number> {
  if (!world.args.includes("--report")) return usual;
  return await (await import("./reports.ts")).reportUsageError(world, problem) ?? usual;
}

async function runOptions(
  { options, argumentsMessage }: Extract<CommandLine, { kind: "run" }>,
  world: World,
): Promise<number> {
  const log = await openLog(options.logging, world);
  try {
    if (argumentsMessage !== undefined) logArguments(log, { text: argumentsMessage, world });
    return await runMode(options, { log, world });
  } finally {
    await log.close();
  }
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

async function runMode(options: Options, to: LogTo): Promise<number> {
  const { mode } = options;
  logMessage(to, { level: "debug", text: `${IDENTIFICATION}\n` });
  const means: LogTo = { ...to, elements: await loadElementNames(to) };
  if ("peer" in mode) await explainTitles({ options, ...means });
  switch (mode.kind) {
    case "check":
      return await runCheckMode(mode, { options, ...means });
    case "listen":
      return await (await import("./listen_mode.ts")).runListenMode(mode, { options, ...means });
    case "selftest":
      return await (await import("./selftest_mode.ts")).runSelftest(mode, { options, ...means });
    case "plan":
      return await (await import("./plan_mode.ts")).runPlanMode(mode, { options, ...means });
    case "watch":
      return await (await import("./again_modes.ts")).runWatchMode(mode, { options, ...means });
    case "wait":
      return await (await import("./again_modes.ts")).runWaitMode(mode, { options, ...means });
    case "exporter":
      return await (await import("./exporter_mode.ts")).runExporterMode(mode, {
        options,
        ...means,
      });
    case "verify-cert":
    case "is-root-cert":
      return await (await import("./offline_mode.ts")).runOfflineMode(mode, { options, ...means });
    default:
      return unreachable(mode);
  }
}
