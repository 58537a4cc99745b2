/** The reports of a run that could not begin. Loaded only where there are any. */

import { hostAndPort } from "../common/host.ts";
import type { Options, ReportRequest } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import { EXIT, loadReports, type ObstacleFacts } from "../report/mod.ts";
import type { RunReport } from "../runner/mod.ts";
import type { World } from "./context.ts";
import { bareSettings, deliver, settingsOf, textOf, wantsNagios } from "./reports.ts";

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
