/** Renders and writes the reports that were asked for. Loaded only when there are any. */

import { type Options, type ReportRequest, VERSION } from "../options/mod.ts";
import { diagnose } from "../diagnosis/mod.ts";
import { escapeControls } from "../dicom/mod.ts";
import { EXIT, loadReports, type ReportSettings, type RunReport } from "../report/mod.ts";
import type { World } from "./world.ts";

/** What writing reports takes. */
export interface ReportMeans {
  /** Which reports, and the limits of Nagios. */
  readonly options: Options;
  /** Where to write. */
  readonly world: World;
}

/**
 * Writes every report of `options`, whatever happens to the others.
 *
 * Resolves with the exit code that the reports ask for: 40 when one could not be written, else that of Nagios' state
 * where that report is among them; `undefined` when the result alone decides.
 */
export async function deliverReports(
  report: RunReport,
  { options, world }: ReportMeans,
): Promise<number | undefined> {
  const settings = settingsOf(options);
  let isComplete = true;
  for (const request of options.reports) {
    const problem = await deliver(request, { report, settings, world });
    if (problem === undefined) continue;
    isComplete = false;
    const where = request.file === undefined ? "standard output" : `'${request.file}'`;
    const line = `error: cannot write the ${request.format} report to ${where}: ${problem}`;
    world.writeErr(new TextEncoder().encode(`${escapeControls(line)}\n`));
  }
  if (!isComplete) return EXIT.outputFailed;
  if (options.reports.every(({ format }) => format !== "nagios")) return undefined;
  const { nagiosState, NAGIOS_CODES } = await (await loadReports()).loadNagios();
  return NAGIOS_CODES[nagiosState(report, settings)];
}

/** The settings of the reports from those of the program. */
export function settingsOf(options: Options): ReportSettings {
  const { warnLatencyMs, criticalLatencyMs } = options;
  return { program: `echoscu ${VERSION}`, diagnose, warnLatencyMs, criticalLatencyMs };
}

async function deliver(
  { format, file }: ReportRequest,
  { report, settings, world }: {
    readonly report: RunReport;
    readonly settings: ReportSettings;
    readonly world: World;
  },
): Promise<string | undefined> {
  const { loadRenderer } = await loadReports();
  const render = await loadRenderer(format);
  return await world.writeReport(file, new TextEncoder().encode(render(report, settings)));
}

/**
 * Tells Nagios that a command line is wrong, when `args` ask for its report; gives the exit code that it wants.
 *
 * Without a line and a code of its own Nagios would show a warning without text.
 */
export async function reportUsageError(
  { args, writeOut }: World,
  problem: string,
): Promise<number | undefined> {
  const isAsked = args.some((word, at) =>
    word === "--report" && /^nagios(=-)?$/.test(args[at + 1] ?? "")
  );
  if (!isAsked) return undefined;
  const { nagiosUnknown, NAGIOS_CODES } = await (await loadReports()).loadNagios();
  writeOut(new TextEncoder().encode(nagiosUnknown(problem)));
  return NAGIOS_CODES.UNKNOWN;
}
