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
export async function runPlanMode(mode: PlanMode, context: ModeContext): Promise<Outcome> {
  const { world } = context;
  const plan = await readPeers(mode, context);
  if ("kind" in plan) return plan;
  const { peers } = plan;
  // Keys and certificates are read before anything is said of the plan.
  const secured = await securityOfPeers(peers, context);
  if (secured === "impossible") return WITHOUT_TLS;
  if (mode.checkOnly) {
    world.writeOut(new TextEncoder().encode(sound(plan)));
    return { kind: "done" };
  }
  const run = await prepareRuns(plan, { mode, context, secured });
  if (mode.again?.kind === "watch") {
    const { watchPeers } = await import("./plan_watch.ts");
    const { readAgain } = await import("./reloading.ts");
    const again = async () => {
      const found = await readAgain({ mode, usesModules: false }, context);
      if ("problem" in found) return found;
      const { plan, secured } = found;
      const run = await prepareRuns(plan, { mode, context, secured });
      return { run, total: plan.peers.length };
    };
    return await watchPeers({ run, total: peers.length, ...mode.again, again }, context);
  }
  return await runOnce({ run, total: peers.length }, context);
}

async function runOnce(
  { run, total }: { readonly run: PlanRun; readonly total: number },
  context: ModeContext,
): Promise<Outcome> {
  const { reports } = context.options;
  const view = await openPlanView(total, context);
  const lines = reports.find(({ format, file }) => format === "jsonl" && file === undefined);
  const stream = lines &&
    await (await import("./report_stream.ts")).openReportStream(lines, { total, context });
  const report = await run((event) => {
    view.notice(event);
    stream?.notice(event);
  });
  await view.close(report);
  if (context.options.tlsReport !== undefined) {
    await (await import("./tls_check.ts")).reportTlsOfPeers(report, context);
  }
  return { kind: "ran", report, printed: await stream?.close(report) };
}

/** TLS for those peers that want it; loaded only for them. */
export async function securityOfPeers(
  peers: readonly PlanPeer[],
  context: ModeContext,
): Promise<Partial<SecuredPeers> | "impossible"> {
  if (peers.every(({ tls }) => tls.mode === "off")) return {};
  return await (await import("./tls_check.ts")).securePeers(peers, context);
}

/** What `--plan-check` says of a plan without mistakes. */
function sound(plan: Plan): string {
  const chosen = plan.peers.length;
  const peers = chosen === 1 ? "1 peer" : `${chosen} peers`;
  const files = plan.sources.length > 1 ? ` in ${plan.sources.length} files` : "";
  return `${escapeControls(plan.title)}: ${peers}${files}, no errors\n`;
}

/** Checks all peers once, and says what happens. */
export type PlanRun = (notice: (event: RunEvent) => void) => Promise<RunReport>;

/** Everything that runs of the same peers have in common. */
async function prepareRuns(
  plan: Plan,
  { mode, context, secured }: {
    readonly mode: PlanMode;
    readonly context: ModeContext;
    readonly secured: Partial<SecuredPeers>;
  },
): Promise<PlanRun> {
  const { world } = context;
  const { clock, wallTime, signal } = world;
  const settings = runSettings(mode, context.options);
  const traceOf = await peerTraces({ ...context, special: secured.special });
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
 * whose; otherwise the peer's name comes before every line.
 */
async function peerTraces(context: ModeContext): Promise<(peer: PlanPeer) => Promise<CheckTrace>> {
  const { options, log } = context;
  const silent: CheckTrace = () => {};
  if (!wantsLog(options)) return () => Promise.resolve(silent);
  const { withPeer } = await import("./peer_log.ts");
  return (peer) => logTrace({ ...context, log: withPeer(log, peer, options.logging) });
}
