/** The reports of a run that could not begin. Loaded only where there are any. */

import { hostAndPort } from "../common/host.ts";
import type { Options, ReportRequest } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import { EXIT, loadReports, type ObstacleFacts } from "../report/mod.ts";
import type { RunReport } from "../runner/mod.ts";
import type { World } from "./context.ts";
import { bareSettings, deliver, settingsOf, wantsNagios } from "./reports.ts";

/**
 * Writes the reports of a run that could not begin, for the formats that programs read: Nagios' UNKNOWN, JSON with
 * the failure; gives the exit code.
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
  const loaded = await loadReports();
  const { nagiosUnknown, NAGIOS_CODES } = await loaded.loadNagios();
  const { obstacleJson, obstacleJsonl } = await loaded.loadObstacle();
  const isNagios = wantsNagios({ reports });
  const facts = isNagios ? { ...given, exitCode: NAGIOS_CODES.UNKNOWN } : given;
  const settings = options === undefined ? bareSettings(world) : settingsOf({ options, world });
  const run = { startedAt: world.wallTime(), elapsedMs: 0, entries: notTried(options) };
  const texts: Partial<Record<ReportRequest["format"], () => string>> = {
    nagios: () => nagiosUnknown(facts.reason),
    json: () => obstacleJson(run, { facts, settings }),
    jsonl: () => obstacleJsonl(run, { facts, settings }),
  };
  let code: number = facts.exitCode;
  for (const request of reports) {
    const text = texts[request.format];
    if (text === undefined || (keepsFiles && request.file !== undefined)) continue;
    const delivered = await deliver(request, { text: text(), world });
    if (delivered === "failed") code = EXIT.outputFailed;
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
