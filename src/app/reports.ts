/**
 * Renders and writes the reports that were asked for: of a run, of one run after another, of one that could not begin.
 * Loaded only where there may be any.
 */

import { hostAndPort } from "../common/host.ts";
import { escapeControls } from "../common/visible.ts";
import { diagnose, type Speech } from "../diagnosis/mod.ts";
import { type LogSink, peerFields } from "../log/mod.ts";
import {
  COMMIT,
  hasReportOnStdout,
  type Mode,
  type Options,
  type ReportRequest,
  VERSION,
} from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import {
  type ChangeEvent,
  type ChangeLook,
  EXIT,
  loadReports,
  type ObstacleFacts,
  type Renderer,
  type ReportSettings,
} from "../report/mod.ts";
import type { RunReport } from "../runner/mod.ts";
import type { WriteOutcome } from "../system/types.ts";
import type { ModeContext, World } from "./context.ts";
import { isJsonLog, logMessage } from "./logging.ts";

/** What writing reports takes. */
export interface ReportContext {
  /** Which reports, and the limits of Nagios. */
  readonly options: Options;
  /** Where to write. */
  readonly world: World;
  /** Gets what went wrong where it is JSON: nothing plain may stand between its lines. */
  readonly log: LogSink;
  /** Whether standard output holds an earlier report of the same kind already. */
  readonly continues?: boolean;
  /** Whether reports are made again and again. */
  readonly again?: boolean;
  /** A report that need not be written any more. */
  readonly printed?: PrintedReport | undefined;
  /** What has been said of reports that cannot be written: said again only when it is something else. */
  readonly told?: Map<ReportRequest, string>;
  /**
   * Raised when nobody reads standard output any more. Given for reports that are made again and again: a reader of
   * standard output holds nothing up then.
   */
  readonly unread?: AbortController;
}

/** A report that was printed while the run went on. */
export interface PrintedReport {
  /** Which one. */
  readonly request: ReportRequest;
  /** What came of it. */
  readonly outcome: WriteOutcome;
}

/**
 * Writes every report of `options`, whatever happens to the others.
 *
 * Gives the exit code that the reports ask for: 40 when one could not be written, else that of Nagios' state where that
 * report is among them; `undefined` when the result alone decides.
 */
export async function deliverReports(
  report: RunReport,
  context: ReportContext,
): Promise<number | undefined> {
  const { options } = context;
  const settings = settingsOf(context);
  const { loadRenderer, loadNagios } = await loadReports();
  const outcomes: Delivered[] = [];
  for (const request of options.reports) {
    if (request === context.printed?.request) {
      outcomes.push(deliveredAs(context.printed.outcome, { request, ...context }));
      continue;
    }
    const render = await loadRenderer(request.format);
    const made = textOf(request, { ...context, render, report, settings });
    outcomes.push(await deliver(request, { ...made, ...context }));
  }
  if (outcomes.includes("failed")) return EXIT.outputFailed;
  if (!wantsNagios(options)) return undefined;
  const { nagiosState, NAGIOS_CODES } = await loadNagios();
  return NAGIOS_CODES[nagiosState(report, settings)];
}

/**
 * Writes the reports of `options`, made by `render`, and one as text on standard output unless another has that; whether
 * one could not be written, which has been said.
 */
export async function deliverTexts(
  render: (format: ReportRequest["format"]) => string,
  context: ReportContext,
): Promise<boolean> {
  const { reports } = context.options;
  const hasStdout = reports.some(({ file }) => file === undefined);
  const printed = { format: "text", file: undefined } as const;
  const outcomes: Delivered[] = [];
  for (const request of hasStdout ? reports : [printed, ...reports]) {
    outcomes.push(await deliver(request, { text: render(request.format), ...context }));
  }
  return outcomes.includes("failed");
}

/** Formats of which one report after another is one report: with `--watch` files keep what they hold. */
const APPENDED: readonly string[] = ["jsonl", "csv"];

/** The text of `report` for `request`, and what its file begins with where it is added to. */
function textOf(
  { format, file }: ReportRequest,
  { render, report, settings, again, continues }:
    & Pick<ReportContext, "again" | "continues">
    & { readonly render: Renderer; readonly report: RunReport; readonly settings: ReportSettings },
): { readonly text: string; readonly first?: string } {
  const appends = again === true && APPENDED.includes(format) && file !== undefined;
  const text = render(report, {
    ...settings,
    continues: appends || (continues && file === undefined),
  });
  if (!appends) return { text };
  const { obstacle: _, ...plain } = settings;
  return { text, first: format === "csv" ? render({ ...report, entries: [] }, plain) : "" };
}

/** What became of a report. */
type Delivered = "written" | "unread" | "failed";

/** Writes one report, or says why that failed. */
async function deliver(
  request: ReportRequest,
  { text, first, ...context }: Pick<ReportContext, "world" | "told" | "unread"> & Complaining & {
    readonly text: string;
    /** What a file begins with that it is added to. */
    readonly first?: string;
  },
): Promise<Delivered> {
  const { world, unread } = context;
  const bytes = new TextEncoder().encode(text);
  if (request.file !== undefined || unread === undefined) {
    const appending = first === undefined ? undefined : { first: new TextEncoder().encode(first) };
    const outcome = await world.writeReport(request.file, bytes, appending);
    return deliveredAs(outcome, { request, ...context });
  }
  void world.writeOut(bytes).then((outcome) => {
    if (deliveredAs(outcome, { request, ...context }) === "unread") unread.abort();
  });
  return "written";
}

/** Where it is said that a report cannot be written; without a log on standard error. */
export interface Complaining {
  readonly log?: LogSink | undefined;
  readonly options?: Pick<Options, "logging"> | undefined;
}

/** Says that something cannot be written: on standard error, or in the log where that is JSON. */
export function complain(
  text: string,
  { world, log, options }: Complaining & Pick<ReportContext, "world">,
): void {
  if (log !== undefined && options !== undefined && isJsonLog({ options })) {
    return logMessage({ log, world }, { level: "error", text });
  }
  world.writeErr(new TextEncoder().encode(`${escapeControls(`error: ${text}`)}\n`));
}

/** What came of a report; says why it failed. */
function deliveredAs(
  outcome: WriteOutcome,
  { request, told, ...to }: Pick<ReportContext, "world" | "told" | "unread"> & Complaining & {
    readonly request: ReportRequest;
  },
): Delivered {
  const { format, file } = request;
  if (typeof outcome === "string") {
    told?.delete(request);
    return outcome;
  }
  if (told?.get(request) === outcome.failure) return "failed";
  told?.set(request, outcome.failure);
  const where = file === undefined ? "standard output" : `'${file}'`;
  complain(`cannot write the ${format} report to ${where}: ${outcome.failure}`, to);
  return "failed";
}

/** Whether the report of Nagios is among those that are wanted: the exit code is its own then. */
function wantsNagios({ reports }: Pick<Options, "reports">): boolean {
  return reports.some(({ format }) => format === "nagios");
}

/** The settings of the reports from those of the program. */
export function settingsOf(
  { options, world }: Pick<ReportContext, "options" | "world">,
): ReportSettings {
  const { mode, operator, warnLatencyMs, criticalLatencyMs } = options;
  const speech = speechOf(mode);
  return {
    ...bareSettings(world, operator),
    diagnose: (result) => diagnose(result, speech),
    warnLatencyMs,
    criticalLatencyMs,
  };
}

/** Those that need no option. */
function bareSettings(world: World, operator?: string): ReportSettings {
  return {
    program: `echoscu ${VERSION}`,
    origin: { commit: COMMIT, machine: world.machineName(), operator },
    offsetMinutes: (time) => 0 - new Date(time).getTimezoneOffset(),
  };
}

/** Hints are for whoever wrote the plan or the list that the peers come from. */
export function speechOf(mode: Mode): Speech {
  const plan = mode.kind === "exporter" || mode.kind === "surveys" ? mode.plan : mode;
  if (plan?.kind !== "plan") return "options";
  return plan.source.form === "plan" ? "plan" : "list";
}

/** Prometheus has no word for it: an old file grows old, which the rules for alerts notice. */
const SILENT: readonly ReportRequest["format"][] = ["prometheus"];

/**
 * Writes the reports of a run that could not begin; gives the exit code.
 *
 * Otherwise an old one would go on saying that all is well, or whoever reads standard output would find nothing there.
 */
export async function reportObstacle(
  given: ObstacleFacts,
  { world, reports, keepsFiles, options }: {
    readonly world: World;
    readonly reports: readonly ReportRequest[];
    readonly keepsFiles: boolean;
    readonly options?: Options | undefined;
  },
): Promise<number> {
  const { loadNagios, loadRenderer } = await loadReports();
  const { nagiosUnknown, NAGIOS_CODES } = await loadNagios();
  const isNagios = wantsNagios({ reports });
  const obstacle = isNagios ? { ...given, exitCode: NAGIOS_CODES.UNKNOWN } : given;
  const about = options === undefined ? bareSettings(world) : settingsOf({ options, world });
  const settings = { ...about, obstacle };
  const report = { startedAt: world.wallTime(), elapsedMs: 0, entries: notTried(options) };
  let code: number = obstacle.exitCode;
  for (const request of reports) {
    const { format, file } = request;
    if (SILENT.includes(format) || (keepsFiles && file !== undefined)) continue;
    const render = format === "nagios"
      ? () => nagiosUnknown(obstacle.reason)
      : await loadRenderer(format);
    const made = textOf(request, { render, report, settings, again: isWatch(options) });
    if (await deliver(request, { ...made, world }) === "failed") code = EXIT.outputFailed;
  }
  return code;
}

/** The one peer that was to be checked; of a plan nobody can be named. */
function notTried(options: Options | undefined): RunReport["entries"] {
  if (options === undefined || !("peer" in options.mode)) return [];
  const check = checkOf({ ...options.mode, kind: "check" }, options);
  const name = hostAndPort(check.target);
  return [{ name, tags: [], verdict: "skipped", unmet: [], attempts: 0, check }];
}

function isWatch(options: Options | undefined): boolean {
  const mode = options?.mode;
  return mode?.kind === "watch" || (mode?.kind === "plan" && mode.again?.kind === "watch");
}

/** What changed: lines for people, events for programs. */
export interface Changes {
  /** Lines with their ends; may be none. */
  readonly lines: () => string;
  /** The same for a log in JSON. */
  readonly events: () => readonly ChangeEvent[];
}

/** Where to tell changes, and what writes reports. */
export interface WatchOutputs {
  /** Raised when nobody reads standard output any more. */
  readonly unread: AbortSignal;
  /** How changes are reported. */
  readonly look: ChangeLook;
  /**
   * Reports changes: on standard output, unless a report has that to itself or nothing can be written there; as events
   * of the log where that is JSON, whatever its level.
   */
  readonly say: (changes: Changes) => void;
  /** Writes the reports that are wanted, and the history, and has people told; what fails again and again is reported once. */
  readonly report: (run: RunReport) => Promise<void>;
}

/** Opens the outputs that the options ask for. */
export function openWatchOutputs(context: ModeContext): WatchOutputs {
  const { options, world } = context;
  const isTaken = hasReportOnStdout(options);
  const unread = new AbortController();
  const told = new Map<ReportRequest, string>();
  let continues = false;
  const deliverAgain = async (run: RunReport) => {
    await deliverReports(run, { ...context, continues, told, unread, again: true });
    continues = true;
  };
  return {
    unread: unread.signal,
    look: { settings: settingsOf(context), explains: options.explain },
    say({ lines, events }) {
      if (isJsonLog(context)) return logEvents(events(), context);
      const text = lines();
      if (text === "") return;
      const bytes = new TextEncoder().encode(text);
      if (isTaken) return world.writeErr(bytes);
      void world.writeOut(bytes).then((outcome) => {
        if (outcome === "unread") unread.abort();
        // Watching goes on where standard output is full for a while.
        else if (outcome !== "written") world.writeErr(bytes);
      });
    },
    async report(run) {
      if (options.reports.length > 0) await deliverAgain(run);
      context.notices?.see(run);
      await context.history?.add(run);
    },
  };
}

function logEvents(events: readonly ChangeEvent[], context: ModeContext): void {
  for (const { level, text, fields, entry } of events) {
    const check = entry?.result?.check ?? entry?.check;
    const whom = entry === undefined
      ? {}
      : check === undefined
      ? { peer: entry.name }
      : peerFields(check, entry.name);
    const message = { level, text, stage: "watch", fields: { ...whom, ...fields } };
    logMessage(context, { ...message, unconditional: true });
  }
}
