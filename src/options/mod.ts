/**
 * The command line: arguments to `Options`, and every text that belongs to it.
 *
 * ```ts
 * const commandLine = await parseCommandLine(Deno.args, host);
 * if (commandLine.kind === "run") await run(commandLine.options);
 * ```
 */

export type { CommandLine, Run, UsageFailure } from "./command_line.ts";
export { parseCommandLine } from "./command_line.ts";
export type { ComponentVersion, FileFault, FileReader, OptionsHost } from "./host.ts";
export {
  HEADER,
  IDENTIFICATION,
  PROGRAM_NAME,
  PURPOSE,
  RELEASE_DATE,
  VERSION,
} from "./identity.ts";
export type {
  CheckMode,
  IsRootCertificateMode,
  ListenMode,
  LogConfigFile,
  LoggingOptions,
  LogLevel,
  Mode,
  Options,
  PasswordSource,
  SelftestMode,
  TlsOptions,
  TlsProfile,
  TlsSettings,
  VerifyCertificateMode,
} from "./options.ts";
export type { LogConfigFault, OptionProblem } from "./problem.ts";
export type { ValueFault } from "./row.ts";
export { wordToBytes } from "./word.ts";
