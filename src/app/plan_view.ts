/**
 * What a person, or a program after a pipe, sees of a run of many checks.
 *
 * On a terminal: a line on standard error that is written again and again while the run goes on, and a table on
 * standard output at its end. Elsewhere: a line on standard output for each check, in the order of the plan, as soon as
 * it and all before it are done, and a summary. A report that was asked for on standard output has it to itself.
 */

import { hasReportOnStdout, type ReportRequest } from "../options/mod.ts";
import { loadReports, loadRunText, type RunText } from "../report/mod.ts";
import type { ReportEntry, RunEvent, RunReport } from "../runner/mod.ts";
import type { WriteOutcome } from "../system/types.ts";
import type { ModeContext, World } from "./context.ts";
import { isJsonLog, isQuiet, wantsLog } from "./logging.ts";
import { type PrintedReport, settingsOf } from "./reports.ts";

/** Shows a run. */
export interface PlanView {
  /** Takes note of an event. */
  readonly notice: (event: RunEvent) => void;
  /** Shows the end; resolves when all has been printed. */
  readonly close: (report: RunReport) => Promise<void>;
}

/** Opens the view of a run of `total` peers. */
export async function openPlanView(total: number, context: ModeContext): Promise<PlanView> {
  const { options } = context;
  const text = await loadRunText();
  const progress = await openProgress(total, context);
  const output = hasReportOnStdout(options) ? undefined : outputOf(total, { text, context });
  return {
    notice(event) {
      progress.notice(event);
      output?.notice(event);
    },
    async close(report) {
      progress.close();
      await output?.close(report);
    },
  };
}

/** How far a run is, where a person can see it. */
export interface ProgressView {
  /** Takes note of an event. */
  readonly notice: (event: RunEvent) => void;
  /** Takes it away. */
  readonly close: () => void;
}

/** Opens the line that says how far a run of `total` peers is; nothing is shown where nobody looks. */
export async function openProgress(total: number, context: ModeContext): Promise<ProgressView> {
  if (!showsProgress(context)) return { notice: () => {}, close: () => {} };
  return progressOf(total, { text: await loadRunText(), world: context.world });
}

/** Not on dumb terminals, not between log lines, and not where a program's report is printed. */
function showsProgress({ options, world }: ModeContext): boolean {
  if (hasReportOnStdout(options) && world.stdoutIsTerminal) return false;
  return world.stderrIsTerminal && world.env("TERM") !== "dumb" && !wantsLog(options) &&
    !isQuiet(options) && !isJsonLog({ options });
}

interface Showing {
  readonly text: RunText;
  readonly context: ModeContext;
}

function outputOf(total: number, { text, context }: Showing): PlanView {
  const { options, world } = context;
  const settings = settingsOf(context);
  const { print, done } = openPrinter(world.print);
  const say = async (words: string) => {
    print(words);
    await done();
  };
  const isColored = text.usesColor(options.color, {
    isTerminal: world.stdoutIsTerminal,
    env: world.env,
  });
  // Asked for at the end: the terminal may have another width by then.
  const look = () => ({ width: world.stdoutIsTerminal ? world.columns() : undefined, isColored });
  if (isQuiet(options)) {
    return {
      notice: () => {},
      close: (report) => say(text.renderClosing(report, { settings, look: look() })),
    };
  }
  if (world.stdoutIsTerminal) {
    return {
      notice: () => {},
      close: (report) => say(text.renderTable(report, { settings, look: look() })),
    };
  }
  const next = inOrder(total, (entry) => print(text.renderLine(entry, settings)));
  return {
    notice: (event) => {
      if (event.type === "finished") next(event.index, event.entry);
    },
    close: (report) =>
      say(
        options.explain
          ? text.renderClosing(report, { settings, look: look() })
          : `${text.summaryLine(report)}\n`,
      ),
  };
}

/** Passes entries on in the order of their places, each as soon as all before it are there. */
function inOrder(
  total: number,
  pass: (entry: ReportEntry) => void,
): (index: number, entry: ReportEntry) => void {
  const waiting = new Map<number, ReportEntry>();
  let due = 0;
  return (index, entry) => {
    waiting.set(index, entry);
    for (; due < total; due++) {
      const first = waiting.get(due);
      if (first === undefined) return;
      waiting.delete(due);
      pass(first);
    }
  };
}

/** Nothing is shown of a run that is over by then. */
const FIRST_SHOWN_MS = 300;
/** At most ten times a second: a person cannot read faster. */
const SHOWN_EVERY_MS = 100;

function progressOf(
  total: number,
  { text, world }: { readonly text: RunText; readonly world: World },
): ProgressView {
  const progress = new text.RunProgress(total);
  const write = (words: string) => world.writeErr(new TextEncoder().encode(words));
  let shown = "";
  function show(): void {
    // Columns stay free for the ^C that terminals show: after a full line it would go on to the next.
    const line = progress.line(world.clock.now(), (world.columns() ?? 80) - 3);
    if (line !== shown) write(text.ERASE_LINE + line);
    shown = line;
    cancel = world.clock.after(SHOWN_EVERY_MS, show);
  }
  let cancel = world.clock.after(FIRST_SHOWN_MS, show);
  return {
    notice: (event) => progress.add(event),
    close() {
      cancel();
      if (shown !== "") write(text.ERASE_LINE);
    },
  };
}

/** What prints. */
export interface Printer {
  /** Prints after everything before; does not wait, so that a slow reader does not hold up any check. */
  readonly print: (text: string) => void;
  /** Resolves when all has been printed, with what came of it. */
  readonly done: () => Promise<WriteOutcome>;
}

/** Opens a printer. After what could not be written nothing more is: it would make no sense. */
export function openPrinter(write: World["print"]): Printer {
  let outcome: Promise<WriteOutcome> = Promise.resolve("written");
  async function behind(before: Promise<WriteOutcome>, text: string): Promise<WriteOutcome> {
    const known = await before;
    return known === "written" ? await write(new TextEncoder().encode(text)) : known;
  }
  return {
    print: (text) => void (outcome = behind(outcome, text)),
    done: () => outcome,
  };
}

/** Prints lines as they come. */
export interface ReportStream {
  /** Takes note of an event: peers are printed in the order of the plan. */
  readonly notice: (event: RunEvent) => void;
  /** Prints the last line. */
  readonly close: (report: RunReport) => Promise<PrintedReport>;
}

/** Opens the stream of a run of `total` peers as `request` asks for it. */
export async function openReportStream(
  request: ReportRequest,
  { total, context: { options, world } }: { readonly total: number; readonly context: ModeContext },
): Promise<ReportStream> {
  const { entryLine, summaryLine } = await (await loadReports()).loadLines();
  const settings = settingsOf({ options, world });
  const { print, done } = openPrinter((bytes) => world.writeReport(undefined, bytes));
  const next = inOrder(total, (entry) => print(entryLine(entry, settings)));
  return {
    notice(event) {
      if (event.type === "finished") next(event.index, event.entry);
    },
    async close(report) {
      print(summaryLine(report, settings));
      return { request, outcome: await done() };
    },
  };
}
