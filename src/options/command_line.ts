/**
 * From argument words to what the program shall do.
 *
 * In the reference's order: command files, splitting, options that print and end, parameters, port, logging,
 * `--arguments`, everything else. What a plain check does not need (texts, command files, ...) is loaded when asked
 * for, because start-up time counts.
 */

import { splitTarget } from "../common/target.ts";
import { peerFault } from "./address.ts";
import { Settings } from "./evaluate.ts";
import type { OptionsHost } from "./host.ts";
import { HEADER } from "./identity.ts";
import { parseInteger } from "./integer.ts";
import { loggingOf, modeOf, optionsOf } from "./meaning.ts";
import type { LoggingOptions, Options } from "./options.ts";
import { type OptionProblem, problemText, UsageError } from "./problem.ts";
import { checkRecordings } from "./recordings.ts";
import { checkReports, type ReportRequest, understoodReports } from "./reports.ts";
import type { OptionRow } from "./row.ts";
import { OPTION_ROWS, PARAMETER_ROWS } from "./rows.ts";
import { isCommandFile, type RawOptions, tokenize } from "./tokenize.ts";

/** What a command line asks for. */
export type CommandLine =
  /** Print this and end. */
  | { readonly kind: "print"; readonly stdout: string }
  /** Print the supported cipher suites and end (`+cc`); `explain`: also who speaks which. */
  | { readonly kind: "list-ciphers"; readonly explain: boolean }
  /** Print the supported TLS profiles and end (`+ph`); `explain`: also who speaks which. */
  | { readonly kind: "list-profiles"; readonly explain: boolean }
  /** Print a file to start from and end (`--print-log-config`, `--print-plan`, `--print-plan-schema`). */
  | { readonly kind: "print-file"; readonly file: "log-config" | "plan" | "plan-schema" }
  | UsageFailure
  | Run;

/** The command line is wrong. */
export interface UsageFailure {
  /** Tag. */
  readonly kind: "error";
  /** Header, error line, and for a person one line of advice. Never empty, also with `-q` (difference D3). */
  readonly stderr: string;
  /** What is wrong, as data. */
  readonly problem: OptionProblem;
  /** What to try, where somebody may want to know. */
  readonly advice: string | undefined;
  /** To be logged before the error, as in `Run`. */
  readonly argumentsMessage: string | undefined;
  /** How to log that; `undefined` when the error came before. */
  readonly logging: LoggingOptions | undefined;
  /** The reports that it asks for all the same, as far as they can be understood. */
  readonly reports: readonly ReportRequest[];
}

/** The command line is right. */
export interface Run {
  /** Tag. */
  readonly kind: "run";
  /** What to do. */
  readonly options: Options;
  /**
   * With `--arguments`: to be logged first, at INFO by the root logger, whatever its level. Ends in a line feed that
   * belongs to the message, so that the reference's lone prefix follows.
   */
  readonly argumentsMessage: string | undefined;
}

/** What is known before the last checks, for a failure in them. */
interface Progress {
  words?: readonly string[];
  hidden?: ReadonlyMap<string, string>;
  logging?: LoggingOptions;
  argumentsMessage?: string;
}

/** `problem`, or the file it is in, where a word of it must not be shown. */
function shownProblem(
  problem: OptionProblem,
  from: { readonly typed: readonly string[]; readonly hidden?: Progress["hidden"] },
): OptionProblem {
  if (!("word" in problem) || from.typed.includes(problem.word)) return problem;
  const path = from.hidden?.get(problem.word);
  return path === undefined ? problem : { kind: "no-command-file", path };
}

/** Reads the arguments of the program, without its name. Rejects only because of a defect. */
export function parseCommandLine(
  words: readonly string[],
  host: OptionsHost,
): Promise<CommandLine> {
  return parseWithRows(words, { host, rows: OPTION_ROWS });
}

/** `parseCommandLine` with a table of one's own; for tests of the table. */
export async function parseWithRows(
  words: readonly string[],
  given: { readonly host: OptionsHost; readonly rows: readonly OptionRow[] },
): Promise<CommandLine> {
  const progress: Progress = {};
  try {
    return await interpret(words, { ...given, progress });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const problem = shownProblem(error.problem, { typed: words, hidden: progress.hidden });
    const reports = understoodReports(progress.words ?? words, given.rows);
    const isTold = given.host.stderrIsTerminal || words.includes("--explain");
    const advice = isTold || reports.length > 0
      ? (await import("./advice.ts")).adviceFor(problem, given.rows)
      : undefined;
    const hint = isTold && advice ? `hint: ${advice}\n` : "";
    return {
      kind: "error",
      stderr: `${HEADER}error: ${problemText(problem)}\n${hint}`,
      problem,
      advice,
      argumentsMessage: progress.argumentsMessage,
      logging: progress.logging,
      reports,
    };
  }
}

async function interpret(
  words: readonly string[],
  given: { host: OptionsHost; rows: readonly OptionRow[]; progress: Progress },
): Promise<CommandLine> {
  const { host, rows, progress } = given;
  // The runtime puts U+FFFD where it cannot decode; another AE title than the one typed must not be sent.
  const undecoded = words.findIndex((word) => word.includes("\ufffd"));
  if (undecoded >= 0) throw new UsageError({ kind: "not-utf8", at: undecoded + 1 });
  const expanded = await expandArguments(words, given, progress);
  progress.words = expanded;
  const raw = tokenize(expanded, rows);
  const settings = new Settings(raw.occurrences, rows);
  const printed = await printOnly(raw, { host, rows, settings });
  if (printed !== undefined) return printed;
  const target = readParameters(raw);
  const between = rows.find((row) => row.long === "--arguments")?.order ?? 0;
  settings.check(0, between);
  const logging = loggingOf(settings, await readLogConfig(settings, host));
  progress.logging = logging;
  if (settings.has("--arguments")) {
    const { argumentsMessage } = await import("./arguments_message.ts");
    progress.argumentsMessage = argumentsMessage(raw, {
      words: expanded,
      programName: host.programName,
    });
  }
  settings.check(between, Infinity);
  const { called, ...place } = target;
  const mode = modeOf(settings, place);
  const because = "peer" in mode ? peerFault(mode.peer) : undefined;
  if ("peer" in mode && because !== undefined) {
    throw new UsageError({ kind: "invalid-peer", word: mode.peer, because });
  }
  const options = { mode, ...optionsOf(settings, logging), ...titleOf(settings, called) };
  checkReports(options);
  checkRecordings(options);
  if (options.notify.length > 0) (await import("./notices.ts")).checkNotices(options);
  return { kind: "run", options, argumentsMessage: progress.argumentsMessage };
}

/**
 * Replaces each `@file` in `words` by the words of that file; rejects when one cannot be opened.
 *
 * `progress` gets those that must not be shown.
 */
export async function expandArguments(
  words: readonly string[],
  given: { readonly host: Pick<OptionsHost, "readFile">; readonly rows: readonly OptionRow[] },
  progress: { hidden?: ReadonlyMap<string, string> } = {},
): Promise<readonly string[]> {
  if (!words.some(isCommandFile)) return words;
  const { expandCommandFiles } = await import("./command_file.ts");
  const { readFile } = given.host;
  const expansion = await expandCommandFiles(words, { readFile, rows: given.rows });
  progress.hidden = expansion.hidden;
  return expansion.words;
}

/** Handles the options that print something and end; no other value is looked at. */
async function printOnly(
  raw: RawOptions,
  given: { host: OptionsHost; rows: readonly OptionRow[]; settings: Settings },
): Promise<CommandLine | undefined> {
  const { host, rows, settings } = given;
  const rank = (row: OptionRow) => row.prints ? row.order : Infinity;
  const first = raw.occurrences.map(({ row }) => row).sort((a, b) => rank(a) - rank(b))[0];
  const wanted = raw.items.length === 0 ? "--help" : first?.prints ? first.long : undefined;
  switch (wanted) {
    case undefined:
      return undefined;
    case "--list-ciphers":
      return { kind: "list-ciphers", explain: settings.has("--explain") };
    case "--list-profiles":
      return { kind: "list-profiles", explain: settings.has("--explain") };
    case "--print-log-config":
      return { kind: "print-file", file: "log-config" };
    case "--print-plan":
      return { kind: "print-file", file: "plan" };
    case "--print-plan-schema":
      return { kind: "print-file", file: "plan-schema" };
  }
  settings.check(first?.order ?? 0, (first?.order ?? 0) + 1);
  const { printedText } = await import("./printed.ts");
  const stdout = await printedText(wanted, {
    host,
    rows,
    value: settings.value("--completions"),
  });
  return { kind: "print", stdout };
}

/** Whom the parameters name. */
interface Target {
  /** As typed; empty where none is wanted. */
  readonly peer: string;
  /** 1..65535; 0 where none is wanted. */
  readonly port: number;
  /** The called AE title, where it is in the word. */
  readonly called?: string;
  /** All parameters, where they are words to be explained. */
  readonly words?: readonly string[];
}

/** Takes both out of one word, counts the parameters, and reads the port. */
function readParameters(raw: RawOptions): Target {
  const only = raw.parameters.length === 1 ? splitTarget(raw.parameters[0] ?? "") : undefined;
  const parameters = only === undefined ? raw.parameters : [only.host, only.port];
  const [peer = "", portWord = "", ...more] = parameters;
  const unwanted = { peer: "", port: 0 };
  if (raw.occurrences.some(({ row }) => row.parameters === "ignored")) return unwanted;
  if (raw.occurrences.some(({ row }) => row.parameters === "words")) {
    if (raw.parameters.length > 0) return { ...unwanted, words: raw.parameters };
    throw new UsageError({ kind: "missing-parameter", parameter: "words", given: "" });
  }
  const none = raw.occurrences.some(({ row }) => row.parameters === "none");
  const missing = PARAMETER_ROWS[parameters.length];
  if (!none && missing !== undefined) {
    throw new UsageError({ kind: "missing-parameter", parameter: missing.name, given: peer });
  }
  if (more.length > 0 || (none && parameters.length > 0)) {
    throw new UsageError({ kind: "too-many-parameters" });
  }
  if (none) return unwanted;
  const port = parseInteger(portWord, { minimum: 1, maximum: 65_535, reading: "port" });
  if ("reason" in port) {
    throw new UsageError({ kind: "invalid-port", word: portWord, reason: port.reason });
  }
  return { peer, port: port.value, ...only?.called === undefined ? {} : { called: only.called } };
}

/** The title of the target, which must not be another one than that of `-aec`. */
function titleOf(settings: Settings, called: string | undefined) {
  if (called === undefined) return {};
  if (settings.has("--call") && settings.value("--call") !== called) {
    throw new UsageError({ kind: "two-titles" });
  }
  return { calledAeTitle: called };
}

async function readLogConfig(settings: Settings, host: OptionsHost) {
  const path = settings.value("--log-config");
  if (path === undefined) return undefined;
  const { readLogConfig } = await import("./log_config.ts");
  return await readLogConfig(path, host.readFile);
}
