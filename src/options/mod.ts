/**
 * The command line: arguments to `Options`, and every text that belongs to it.
 *
 * ```ts
 * const commandLine = await parseCommandLine(Deno.args, host);
 * if (commandLine.kind === "run") await run(commandLine.options);
 * ```
 */

export * from "../common/choices.ts";
export type { CommandLine, Run, UsageFailure } from "./command_line.ts";
export { expandArguments, parseCommandLine, parseWithRows } from "./command_line.ts";
export type { ComponentVersion, OptionsHost } from "./host.ts";
export { HEADER, IDENTIFICATION, VERSION } from "./identity.ts";
export { type ExitCodeRow, renderManPage } from "./manual.ts";
export type {
  Again,
  CheckMode,
  DiagnoseMode,
  ExplainCodeMode,
  ExporterMode,
  HistoryMode,
  IsRootCertificateMode,
  ListenBehavior,
  ListenMode,
  Mode,
  Moment,
  PlanMode,
  ProbeTitlesMode,
  Retries,
  SelftestMode,
  ServeSettings,
  SurveyMode,
  SurveysMode,
  TlsScanMode,
  VerifyCertificateMode,
  WaitMode,
  WatchMode,
} from "./modes.ts";
export type {
  LogConfigFile,
  LoggingOptions,
  OptionFields,
  Options,
  TlsOptions,
  TlsSeeds,
} from "./options.ts";
export type { BackTarget, RejectionWords } from "./listen_values.ts";
export type { SecretSource, UserOptions } from "./user.ts";
export { type LogConfigFault, type OptionProblem, problemText } from "./problem.ts";
export type { FileTarget, NotifyTarget, SyslogTarget, WebTarget } from "./notify_target.ts";
export { hasReportOnStdout, outputFile, type ReportRequest } from "./reports.ts";
export type {
  BlockName,
  ChoiceValue,
  IntegerValue,
  OptionRow,
  ParsedValue,
  TextValue,
  ValueBase,
  ValueFault,
  ValueOutcome,
  ValueSpec,
} from "./row.ts";
export type { SourceAddress } from "./address.ts";
export { OPTION_ROWS } from "./rows.ts";
export type * from "./rows.ts";
export type { HostPattern, TargetPattern } from "./target_pattern.ts";
export { type Occurrence, type RawOptions, tokenize } from "./tokenize.ts";
export { COMMIT } from "./build.ts";

/** What turns options back into words. */
export type OptionWords = typeof import("./words.ts");

/** Loads what turns options back into words, which a plain check does not need. */
export async function loadWords(): Promise<OptionWords> {
  return await import("./words.ts");
}

/** What is said of targets of notices. */
export type NoticeOptions = typeof import("./notices.ts");

/** Loads it: for notices only. */
export async function loadNoticeOptions(): Promise<NoticeOptions> {
  return await import("./notices.ts");
}
