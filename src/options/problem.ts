/** What can be wrong with a command line, as data, and the reference's text for it. */

import { FILE_FAULTS, type FileFault } from "../system/mod.ts";
import type { ValueFault } from "./row.ts";

/** One thing wrong with the command line. `option` is always a long name, `word` a word as typed. */
export type OptionProblem =
  /** The runtime could not decode this argument, counted from 1. */
  | { readonly kind: "not-utf8"; readonly at: number }
  | { readonly kind: "unknown-option"; readonly word: string }
  | { readonly kind: "missing-value"; readonly option: string }
  /** `given`: the one before it, empty where there is none. */
  | { readonly kind: "missing-parameter"; readonly parameter: string; readonly given: string }
  | { readonly kind: "too-many-parameters" }
  | {
    readonly kind: "invalid-value";
    readonly option: string;
    readonly word: string;
    readonly reason: ValueFault;
    /** Text of the row, where it has one of its own. */
    readonly complaint?: string;
    /** What is wrong with a word that looks right. */
    readonly because?: string;
  }
  | { readonly kind: "invalid-port"; readonly word: string; readonly reason: ValueFault }
  | { readonly kind: "invalid-peer"; readonly word: string; readonly because: string }
  /** `-aec` and the target name two called AE titles. */
  | { readonly kind: "two-titles" }
  | {
    readonly kind: "only-allowed-with";
    /** The option that was given. */
    readonly option: string;
    /** The name the reference puts into the text. */
    readonly reportedAs: string;
    readonly partners: readonly string[];
  }
  | {
    readonly kind: "not-allowed-with";
    readonly option: string;
    readonly partners: readonly string[];
  }
  /** Two reports for the same file; `undefined`: for standard output. */
  | { readonly kind: "reports-collide"; readonly file: string | undefined }
  /** `--watch` would print reports of this format one after the other. */
  | { readonly kind: "report-needs-file"; readonly format: string }
  /** The mode of `option` makes reports of these formats only. */
  | {
    readonly kind: "report-format";
    readonly option: string;
    readonly formats: readonly string[];
    readonly format: string;
  }
  | { readonly kind: "latency-limits" }
  | { readonly kind: "command-file"; readonly path: string; readonly fault: FileFault }
  /** What is wrong is in a file whose content is not shown. */
  | { readonly kind: "no-command-file"; readonly path: string }
  | { readonly kind: "log-config"; readonly fault: LogConfigFault };

/** What is wrong with a `--log-config` file: as the reference finds it, or why it was not read. */
export type LogConfigFault =
  | FileFault
  | "does not contain any settings"
  | "does not contain any valid settings"
  | "does not set up log4cplus.rootLogger";

/** Leaves the parser with a problem; caught once, in `parseCommandLine`. */
export class UsageError extends Error {
  /** Stable name. */
  override readonly name = "UsageError";
  /** What is wrong. */
  readonly problem: OptionProblem;

  /** Carries `problem`. */
  constructor(problem: OptionProblem) {
    super(problemText(problem));
    this.problem = problem;
  }
}

const FIXED_TEXTS = {
  "too-many-parameters": "Too many parameters",
  "two-titles": "The target and --call name different called AE titles",
  "latency-limits": "--warn-latency is above --critical-latency",
} as const;

/** The text after `error: `, in the reference's words where it has them. */
export function problemText(problem: OptionProblem): string {
  switch (problem.kind) {
    case "not-utf8":
      return `Argument ${problem.at} is not valid UTF-8`;
    case "unknown-option":
      return `Unknown option ${problem.word}`;
    case "missing-value":
      return `Missing value for option ${problem.option}`;
    case "missing-parameter":
      return `Missing parameter ${problem.parameter}`;
    case "invalid-value":
      return problem.complaint ??
        `Invalid value for option ${problem.option}${inBrackets(problem)}`;
    case "invalid-port":
      return `Invalid parameter value ${problem.word}` +
        (problem.reason === "invalid" ? "" : ` (${problem.reason})`);
    case "invalid-peer":
      return `Invalid parameter value ${problem.word} (${problem.because})`;
    case "only-allowed-with":
      return `${problem.reportedAs} only allowed with ${listed(problem.partners, "or")}`;
    case "not-allowed-with":
      return `${problem.option} not allowed with ${listed(problem.partners, "or")}`;
    case "reports-collide":
      return `More than one report for ${fileText(problem.file)}`;
    case "report-needs-file":
      return `--watch needs a file for the ${problem.format} report`;
    case "report-format":
      return formatText(problem);
    case "too-many-parameters":
    case "two-titles":
    case "latency-limits":
      return FIXED_TEXTS[problem.kind];
    case "command-file":
      return commandFileText(problem);
    case "no-command-file":
      return `Command file '${problem.path}' does not begin with an option, or a peer and a port`;
    case "log-config":
      return `Specified --log-config file ${logConfigFault(problem.fault)}`;
  }
}

function formatText(
  { option, format, formats }: OptionProblem & { kind: "report-format" },
): string {
  return `${option} makes no ${format} report, only ${listed(formats, "and")}`;
}

function fileText(file: string | undefined): string {
  return file === undefined ? "standard output" : `file '${file}'`;
}

/** The reference has words for what it cannot open. */
function commandFileText(
  { path, fault }: { readonly path: string; readonly fault: FileFault },
): string {
  return fault === "missing" || fault === "unreadable"
    ? `Cannot open command file '${path}'`
    : `Command file '${path}' ${FILE_FAULTS[fault]}`;
}

/** The reference finds no file where there is a directory. */
function logConfigFault(fault: LogConfigFault): string {
  if (fault === "directory") return FILE_FAULTS.missing;
  return fault in FILE_FAULTS ? FILE_FAULTS[fault as FileFault] : fault;
}

/** ` (word)`, ` (underflow: word)`, ` (word: what is wrong)`, or nothing for an empty word. */
function inBrackets(
  value: { readonly word: string; readonly reason: ValueFault; readonly because?: string },
): string {
  if (value.word === "") return "";
  if (value.because !== undefined) return ` (${value.word}: ${value.because})`;
  return value.reason === "invalid" ? ` (${value.word})` : ` (${value.reason}: ${value.word})`;
}

/** `a`, `a or b`, `a, b or c`. */
function listed(names: readonly string[], word: "or" | "and"): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1)}`;
}
