/** Says what a failed check means and what to try: where a person may be reading, never where scripts look. */

import type { CheckResult, TroubledCheck } from "../check/mod.ts";
import type { OfflineFinding } from "../diagnosis/mod.ts";
import { fitsAeTitle } from "../dicom/mod.ts";
import { LOGGERS } from "../log/mod.ts";
import type { ConnectionRecord } from "../scp/mod.ts";
import type { TlsSetupProblem } from "../tls/types.ts";
import { loadRunText } from "../report/mod.ts";
import type { LogTo, ModeContext, World } from "./context.ts";
import { isQuiet, logMessage, wantsLog } from "./logging.ts";

/**
 * Follows the reference's lines with one `hint: ` line when something went wrong in `result` and standard error is a terminal.
 *
 * `--explain` brings the line anywhere and adds how far the check got, on whose side it failed and the situation's
 * name in `docs/diagnosis.md`; `-q` keeps it from a terminal. A log in JSON holds the same as one event.
 */
export async function explainFailure(
  result: CheckResult,
  context: ModeContext,
): Promise<void> {
  if (result.outcome === "verified" && result.endingError === undefined) {
    await tellPassed(result, context);
    return await tellSoftware(result, context);
  }
  const { options, world } = context;
  if (options.logging.format === "json") return await logDiagnosis(result, context);
  if (!isExplained(context)) return;
  const { hint, stage, fault, situation } = await diagnosisOf(result);
  const more = `stage: ${stage}, fault: ${fault}, situation: ${situation}\n`;
  const lines = `${wrapped(`hint: ${hint}`, world)}\n${options.explain ? more : ""}`;
  world.writeErr(new TextEncoder().encode(lines));
  await tellSoftware(result, context);
}

/** Says with `--explain` which software the peer says it is, where it got to say so. */
async function tellSoftware({ association }: CheckResult, context: ModeContext): Promise<void> {
  const { explain, logging } = context.options;
  if (!explain || logging.format === "json" || association === undefined) return;
  const { softwareLine } = await loadRunText();
  const line = softwareLine(association);
  if (line !== undefined) tellHint(line, context);
}

/** Says in one line who answered, and how fast: to a person at a terminal, where the reference says nothing. */
async function tellPassed(
  result: CheckResult,
  { options, world }: ModeContext,
): Promise<void> {
  if (!world.stderrIsTerminal || isQuiet(options) || wantsLog(options)) return;
  if (options.logging.format === "json") return;
  const { passedLine } = await loadRunText();
  world.writeErr(new TextEncoder().encode(`${wrapped(passedLine(result), world)}\n`));
}

/** Follows a problem of preparing TLS with its hint, where `explainFailure` would; gives the hint. */
export async function explainSetup(
  problem: TlsSetupProblem,
  context: ModeContext,
): Promise<string> {
  const { setupHint } = await import("../diagnosis/mod.ts");
  const { speechOf } = await import("./reports.ts");
  const hint = setupHint(problem, speechOf(context.options.mode));
  if (!isExplained(context)) return hint;
  tellHint(`hint: ${hint}`, context);
  if (context.options.explain) tellHint("stage: tls, fault: user", context);
  return hint;
}

/** Follows a certificate that did not pass `+vc` or `+rc` with its hint, where `explainFailure` would. */
export async function explainOffline(
  mode: "verify-cert" | "is-root-cert",
  { context, find }: {
    readonly context: ModeContext;
    /** Finds out what is wrong. */
    readonly find: () => OfflineFinding;
  },
): Promise<void> {
  if (!isExplained(context)) return;
  const { offlineHint } = await import("../diagnosis/mod.ts");
  tellHint(`hint: ${offlineHint(find(), mode)}`, context);
}

/** Says before a check what is wrong with its AE titles, where hints are wanted. */
export async function explainTitles(
  context: ModeContext,
): Promise<void> {
  if (!isExplained(context)) return;
  const { options } = context;
  const titles = { "-aet": options.callingAeTitle, "-aec": options.calledAeTitle };
  if (Object.values(titles).every(fitsAeTitle)) return;
  const { titleNotes } = await import("../diagnosis/mod.ts");
  for (const note of titleNotes(titles)) tellHint(`note: ${note}`, context);
}

/** Explains the end of one connection to us; `undefined` where nothing is to be explained. */
export type CallerExplanation = (
  record: ConnectionRecord,
) => {
  /** For the event of the log. */
  readonly fields: Readonly<Record<string, string>>;
  /** Says it on standard error, where hints are wanted. */
  readonly say: () => void;
} | undefined;

/** What explains callers that were refused or lost, where `explainFailure` would; `undefined`: nobody wants to know. */
export async function callerExplanation(
  context: ModeContext,
): Promise<CallerExplanation | undefined> {
  const isJson = context.options.logging.format === "json";
  if (!isJson && !isExplained(context)) return undefined;
  const { diagnoseCaller } = await import("../diagnosis/mod.ts");
  return (record) => {
    const diagnosis = diagnoseCaller(record);
    if (diagnosis === undefined) return undefined;
    const { hint, fault, situation } = diagnosis;
    return {
      fields: { hint, fault, situation },
      say() {
        if (isJson) return;
        tellHint(`hint: ${hint}`, context);
        if (context.options.explain) tellHint(`fault: ${fault}, situation: ${situation}`, context);
      },
    };
  };
}

/** One line next to the log; as an event of it where it is JSON, since nothing else may stand between its lines. */
export function tellHint(line: string, context: ModeContext): void {
  if (context.options.logging.format === "json") {
    return logMessage(context, { level: "warn", text: line });
  }
  context.world.writeErr(new TextEncoder().encode(`${wrapped(line, context.world)}\n`));
}

/** Whether hints are wanted, or a person may be reading. */
export function isExplained(
  { options, world }: ModeContext,
): boolean {
  return options.explain || (world.stderrIsTerminal && !isQuiet(options));
}

async function logDiagnosis(result: TroubledCheck, { log, world }: LogTo): Promise<void> {
  const { hint, stage, fault, situation } = await diagnosisOf(result);
  log.log({
    logger: LOGGERS.app,
    level: "info",
    text: `hint: ${hint}`,
    time: world.wallTime(),
    stage,
    fields: { hint, fault, situation },
    unconditional: true,
  });
}

/** The table of situations is loaded only here: most checks succeed. */
async function diagnosisOf(result: TroubledCheck) {
  const { diagnose } = await import("../diagnosis/mod.ts");
  return diagnose(result);
}

/** Continues a broken line. */
const INDENT = "  ";

/**
 * `line` in pieces that fit the terminal of standard error, broken at blanks and with two blanks before each but the
 * first; as it is where no terminal or no width is known.
 */
export function wrapped(
  line: string,
  { stderrIsTerminal, columns }: Pick<World, "stderrIsTerminal" | "columns">,
): string {
  const width = stderrIsTerminal ? columns() ?? Infinity : Infinity;
  const lines: string[] = [];
  for (const word of line.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(lines.length === 0 ? word : INDENT + word);
  }
  return lines.join("\n");
}
