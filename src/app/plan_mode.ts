/** Checks many peers: `--plan` and `--peers`. Loaded when one of them is asked for. */

import type { CheckTrace } from "../check/mod.ts";
import type { Options, PlanMode } from "../options/mod.ts";
import type { Plan, PlanPeer } from "../plan/mod.ts";
import type { RunReport } from "../runner/mod.ts";
import { type RunEvent, runPlan, type RunSettings } from "../runner/mod.ts";
import { escapeControls } from "../common/visible.ts";
import { checkPeer, wantsLog } from "./checking.ts";
import type { ModeContext } from "./context.ts";
import { logTrace } from "./logging.ts";
import { type Outcome, WITHOUT_TLS } from "./outcome.ts";
import { readPeers } from "./plan_reading.ts";
import type { SecuredPeers } from "./tls_check.ts";
import { openPlanView } from "./plan_view.ts";

/** Checks the peers of `mode`, or only looks for mistakes; gives what came of it. */
export async function runPlanMode(mode: PlanMode, means: ModeContext): Promise<Outcome> {
  const { world } = means;
  const plan = await readPeers(mode, means);
  if ("kind" in plan) return plan;
  const { peers } = plan;
  // Keys and certificates are read before anything is said of the plan.
  const secured = await securityOfPeers(peers, means);
  if (secured === "impossible") return WITHOUT_TLS;
  if (mode.checkOnly) {
    world.writeOut(new TextEncoder().encode(sound(plan)));
    return { kind: "done" };
  }
  const run = await prepareRuns({ title: plan.title, peers }, { mode, means, secured });
  if (mode.again?.kind === "watch") {
    const { watchPeers } = await import("./plan_watch.ts");
    return await watchPeers({ run, total: peers.length, ...mode.again }, means);
  }
  return await runOnce({ run, total: peers.length }, means);
}

async function runOnce(
  { run, total }: { readonly run: PlanRun; readonly total: number },
  means: ModeContext,
): Promise<Outcome> {
  const { reports } = means.options;
  const view = await openPlanView(total, means);
  const lines = reports.find(({ format, file }) => format === "jsonl" && file === undefined);
  const stream = lines &&
    await (await import("./report_stream.ts")).openReportStream(lines, { total, means });
  const report = await run((event) => {
    view.notice(event);
    stream?.notice(event);
  });
  await view.close(report);
  if (means.options.tlsReport !== undefined) {
    await (await import("./tls_check.ts")).reportTlsOfPeers(report, means);
  }
  return { kind: "ran", report, printed: await stream?.close(report) };
}

/** TLS for those peers that want it; loaded only for them. */
export async function securityOfPeers(
  peers: readonly PlanPeer[],
  means: ModeContext,
): Promise<Partial<SecuredPeers> | "impossible"> {
  if (peers.every(({ tls }) => tls.mode === "off")) return {};
  return await (await import("./tls_check.ts")).securePeers(peers, means);
}

/** What `--plan-check` says of a plan without mistakes. */
function sound(plan: Plan): string {
  const chosen = plan.peers.length;
  const peers = chosen === 1 ? "1 peer" : `${chosen} peers`;
  const files = plan.files > 1 ? ` in ${plan.files} files` : "";
  return `${escapeControls(plan.title)}: ${peers}${files}, no errors\n`;
}

/** Checks all peers once, and tells what happens. */
export type PlanRun = (notice: (event: RunEvent) => void) => Promise<RunReport>;

/** Everything that runs of the same peers have in common. */
async function prepareRuns(
  plan: { readonly title: string; readonly peers: readonly PlanPeer[] },
  { mode, means, secured }: {
    readonly mode: PlanMode;
    readonly means: ModeContext;
    readonly secured: Partial<SecuredPeers>;
  },
): Promise<PlanRun> {
  const { world } = means;
  const { clock, wallTime, signal } = world;
  const settings = runSettings(mode, means.options);
  const traceOf = await peerTraces({ ...means, special: secured.special });
  const check = async (peer: PlanPeer, signal: AbortSignal) =>
    await checkPeer(peer.check, {
      world,
      secure: secured.secureOf?.(peer),
      trace: await traceOf(peer),
      signal,
    });
  return (notice) =>
    runPlan(plan, { settings, environment: { check, clock, wallTime, signal, notice } });
}

function runSettings(mode: PlanMode, { peerDeadlineSeconds }: Options): RunSettings {
  const { jobs, jobsPerHost, retries, retryDelaySeconds, deadlineSeconds, again } = mode;
  return {
    jobs,
    jobsPerHost,
    retries,
    retryDelaySeconds,
    ...(peerDeadlineSeconds === undefined ? {} : { peerDeadlineSeconds }),
    ...(deadlineSeconds === undefined ? {} : { deadlineSeconds }),
    ...(again?.kind === "wait" ? { waitSeconds: again.seconds } : {}),
  };
}

/**
 * Makes traces of peers: without `-v` or a log configuration nothing is logged, since nobody could tell whose line is
 * whose; otherwise the peer's name stands before every line.
 */
async function peerTraces(means: ModeContext): Promise<(peer: PlanPeer) => Promise<CheckTrace>> {
  const { options, log } = means;
  const silent: CheckTrace = () => {};
  if (!wantsLog(options)) return () => Promise.resolve(silent);
  const { withPeerName } = await import("./peer_log.ts");
  return (peer) =>
    logTrace({ ...means, log: withPeerName(log, { name: peer.name, ...options.logging }) });
}
