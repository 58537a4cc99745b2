/** Checks many peers, once or again and again: `--plan` and `--peers`. Loaded when one of them is asked for. */

import { escapeControls } from "../common/visible.ts";
import type { Options, PlanMode, ServeSettings } from "../options/mod.ts";
import type { Plan, PlanPeer } from "../plan/mod.ts";
import {
  type RunEvent,
  runPlan,
  type RunReport,
  type RunSettings,
  watchPlan,
} from "../runner/mod.ts";
import type { ModeContext } from "./context.ts";
import { checkPeer } from "./check_mode.ts";
import { type CannotBegin, isObstacle, type Outcome } from "./outcome.ts";
import type { FailureLogs } from "./failure_logs.ts";
import {
  complain,
  peerTraces,
  readAgain,
  readPeers,
  reloader,
  type SecuredPeers,
  securityOfPeers,
} from "./plan_peers.ts";
import { openPlanView, openReportStream } from "./plan_view.ts";
import type { StatusPage, StatusPageOptions } from "./status_page.ts";
import { openWatchOutputs } from "./reports.ts";
import { openWatchView } from "./watch_view.ts";

/** Checks the peers of `mode`, or only looks for mistakes; gives what came of it. */
export async function runPlanMode(mode: PlanMode, context: ModeContext): Promise<Outcome> {
  const plan = await readPeers(mode, context);
  if ("kind" in plan) return plan;
  const { peers } = plan;
  // Keys and certificates are read before anything is said of the plan.
  const secured = await securityOfPeers(peers, context);
  if (isObstacle(secured)) return secured;
  if (mode.checkOnly) return await judgePlan(plan, { secured, context });
  const logs = mode.serve && new (await import("./failure_logs.ts")).FailureLogs(context);
  const run = prepareRuns(plan, { mode, context, secured, logs });
  if (mode.again?.kind === "watch") {
    const again = async () => {
      const found = await readAgain({ mode, usesModules: false }, context);
      if ("problem" in found) return found;
      const { plan, secured } = found;
      const run = prepareRuns(plan, { mode, context, secured, logs });
      return { run, plan };
    };
    return await watchPeers({ run, plan, ...mode.again, serve: mode.serve, logs, again }, context);
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
  const stream = lines && await openReportStream(lines, { total, context });
  const report = await run((event) => {
    view.notice(event);
    stream?.notice(event);
  });
  await view.close(report);
  if (context.options.tlsReport) {
    await (await import("./tls.ts")).reportTlsOfPeers(report, context);
  }
  return { kind: "ran", report, printed: await stream?.close(report) };
}

/** What `--plan-check` says: a check goes on without a file of certificates that it cannot load, a plan is not sound so. */
async function judgePlan(
  plan: Plan,
  { secured: { lostOf }, context }: {
    readonly secured: Partial<SecuredPeers>;
    readonly context: ModeContext;
  },
): Promise<Outcome> {
  const lost = plan.peers.flatMap((peer) => (lostOf?.(peer) ?? []).map((file) => ({ peer, file })));
  const [first] = lost;
  if (first === undefined) {
    context.world.writeOut(new TextEncoder().encode(sound(plan)));
    return { kind: "done" };
  }
  const { troubleText } = await import("../diagnosis/mod.ts");
  const lines = lost.map(({ peer, file: { path, option, trouble } }) => {
    const content = option === "+crl" ? "CRL" : "certificate";
    return escapeControls(`peer ${peer.name}: ${path} ${troubleText(trouble, [content])}`);
  });
  const reason = lines.length === 1 ? "1 file of the plan" : `${lines.length} files of the plan`;
  const sentence = `${reason} cannot be used, nobody was contacted`;
  complain(context, `${lines.join("\n")}\nerror: ${sentence}\n`);
  return { kind: "cannot-begin", obstacle: "input", reason: `${sentence}: ${lines[0]}` };
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
function prepareRuns(
  plan: Plan,
  { mode, context, secured, logs }: {
    readonly mode: PlanMode;
    readonly context: ModeContext;
    readonly secured: Partial<SecuredPeers>;
    readonly logs: FailureLogs | undefined;
  },
): PlanRun {
  const { world, recording } = context;
  const { clock, wallTime, signal } = world;
  recording?.expect(plan.peers);
  const settings = runSettings(mode, context.options);
  const { special } = secured;
  const logged = peerTraces({ ...context, special });
  const traceOf = async (peer: PlanPeer) => {
    const pass = await logged(peer);
    return await logs?.trace(peer.name, { pass, special }) ?? pass;
  };
  const check = async (peer: PlanPeer, signal: AbortSignal) =>
    await checkPeer(peer.check, {
      world,
      secure: secured.secureOf?.(peer),
      trace: await traceOf(peer),
      signal,
      recording,
      name: peer.name,
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

/** How the peers of a plan are checked. */
export interface WatchedPeers {
  /** Checks them all once. */
  readonly run: PlanRun;
  /** Which ones. */
  readonly plan: Plan;
}

/** The same, with what reads the plan again. */
interface RereadPeers extends WatchedPeers {
  readonly again: () => Promise<WatchedPeers | { readonly problem: string }>;
}

/**
 * Runs every `seconds` until a signal ends it, or there is something to print and nobody reads standard output any
 * more; shows what changes, and writes the reports of each run. At SIGHUP the plan is read `again`: the next run is of
 * what it says then.
 */
async function watchPeers(
  { run, plan, again, seconds, serve, logs }: RereadPeers & {
    readonly seconds: number;
    readonly serve: ServeSettings | undefined;
    readonly logs: FailureLogs | undefined;
  },
  context: ModeContext,
): Promise<Outcome> {
  const { world: { clock, signal } } = context;
  const outputs = openWatchOutputs(context);
  const status = serve &&
    await openStatusPage(serve, { everySeconds: seconds, outputs, logs, context });
  if (status !== undefined && isObstacle(status)) return status;
  const view = await openWatchView({ outputs, seconds }, context);
  let last: RunReport | undefined;
  const peersNow = reloadedPeers({ run, plan, again }, context);
  const runs = await watchPlan(seconds, {
    async run() {
      const peers = peersNow();
      const progress = await view.begin(peers.plan);
      const report = await peers.run(progress.notice);
      progress.close();
      return report;
    },
    clock,
    signal: AbortSignal.any([signal, outputs.unread]),
    async seen(watched) {
      last = watched.report;
      status?.seen(last);
      view.seen(watched);
      // One that was cut short must not replace a report that is whole.
      if (!signal.aborted) await outputs.report(watched.report);
    },
  });
  await status?.close();
  view.close(runs, last);
  return { kind: "watched", last };
}

/** Opens the status page; loaded only where there is one. */
async function openStatusPage(
  serve: ServeSettings,
  how: StatusPageOptions,
): Promise<StatusPage | CannotBegin> {
  return await (await import("./status_page.ts")).openStatusPage(serve, how);
}

/** Gives the peers of now, which SIGHUP makes those of the plan of then. */
function reloadedPeers({ again, ...first }: RereadPeers, context: ModeContext): () => WatchedPeers {
  let peers: WatchedPeers = first;
  const reload = reloader(async () => {
    const found = await again();
    if ("problem" in found) return found;
    peers = found;
    return { peers: found.plan.peers.length };
  }, context);
  context.world.setHangup(() => void reload());
  return () => peers;
}
