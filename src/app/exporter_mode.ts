/** Serves metrics of peers to Prometheus until a signal ends it: `--exporter`. */

import {
  type ExporterEvent,
  type ExporterPlan,
  type ExporterSettings,
  serveMetrics,
} from "../exporter/mod.ts";
import { ownHosts } from "../http/mod.ts";
import { loadScpLines, type LogEvent, peerFields } from "../log/mod.ts";
import { type ExporterMode, HEADER, type Options } from "../options/mod.ts";
import { loadPlanFiles, type Plan, type PlanPeer } from "../plan/mod.ts";
import { loadReports } from "../report/mod.ts";
import { TimerPool } from "../association/mod.ts";
import { escapeControls } from "../common/visible.ts";
import { checkPeer } from "./check_mode.ts";
import type { ModeContext } from "./context.ts";
import { openListening } from "./listen_mode.ts";
import { logMessage } from "./logging.ts";
import { type CannotBegin, isObstacle, type Outcome } from "./outcome.ts";
import {
  readAgain,
  readPeers,
  type Reload,
  reloader,
  type SecuredPeers,
  securityOfPeers,
} from "./plan_peers.ts";
import { settingsOf } from "./reports.ts";

/** Limit for a probe when neither the scraper nor `--peer-deadline` names one: Prometheus' usual patience. */
const DEADLINE_SECONDS = 10;

/** Limit for a probe whatever the scraper says, without `--peer-deadline`: more than scrapers wait for. */
const CEILING_SECONDS = 120;

/** HTTP connections at once: far more than a scraper opens, far fewer than there are descriptors. */
const MAX_CONNECTIONS = 200;

/** Serves metrics as `mode` says, until a signal ends it. */
export async function runExporterMode(mode: ExporterMode, context: ModeContext): Promise<Outcome> {
  const { options, world } = context;
  const plan = await exporterPlan(mode, context);
  if ("kind" in plan) return plan;
  const secured = await securityOfPeers([...plan.peers, ...plan.modules], context);
  if (isObstacle(secured)) return secured;
  const listening = await openListening(mode, { context });
  if (listening === undefined) return { kind: "cannot-begin", obstacle: "local-network" };
  const { listeningLine } = await loadScpLines();
  world.writeOut(new TextEncoder().encode(`${listeningLine(listening.local)}\n`));
  const clock = new TimerPool(world.clock);
  const probing = { world: { ...world, clock }, trace: () => {} };
  const hosts = ownHosts(listening.local, {
    given: mode.hosts,
    address: mode.address,
    machine: world.machineName(),
  });
  const planOf = ({ peers, modules }: FoundPlan, { secureOf }: Partial<SecuredPeers>) => ({
    peers,
    modules: new Map(modules.map((module) => [module.name, module])),
    check: (peer: PlanPeer, signal: AbortSignal) =>
      checkPeer(peer.check, { ...probing, secure: secureOf?.(peer), signal }),
  });
  let current: ExporterPlan = planOf(plan, secured);
  const reload = reloadOf(mode, { use: (...read) => void (current = planOf(...read)), context });
  if (reload !== undefined) world.setHangup(() => void reload());
  await serveMetrics(listening, {
    settings: { ...exporterSettings(mode, options), hosts },
    plan: () => current,
    reload: mode.reloads ? reload : undefined,
    reports: await loadReports(),
    reportSettings: settingsOf(context),
    clock,
    wallTime: world.wallTime,
    signal: world.signal,
    notice: (event) => notice(event, context),
  });
  clock.stop();
  return { kind: "ended" };
}

/** Logs an event; results go to the history, for which no scraper waits. */
function notice(event: ExporterEvent, context: ModeContext): void {
  logMessage(context, messageOf(event));
  if (event.type === "probed") void context.history?.add(event.report);
}

/** What reads the plan again and gives it to `use`; `undefined` where there is none to read. */
function reloadOf(
  { plan: mode }: ExporterMode,
  { use, context }: {
    readonly use: (plan: FoundPlan, secured: Partial<SecuredPeers>) => void;
    readonly context: ModeContext;
  },
): Reload | undefined {
  if (mode === undefined) return undefined;
  return reloader(async () => {
    const found = await readAgain({ mode, usesModules: true }, context);
    if ("problem" in found) return found;
    use(found.plan, found.secured);
    return { peers: found.plan.peers.length };
  }, context);
}

type FoundPlan = Pick<Plan, "peers" | "modules">;

/** Peers and modules; or says what is wrong. */
async function exporterPlan(
  { plan: planMode, allow }: ExporterMode,
  context: ModeContext,
): Promise<FoundPlan | CannotBegin> {
  if (planMode === undefined && allow.length === 0) {
    const advice = "name them by --plan, --peers or --exporter-allow";
    context.world.writeErr(
      new TextEncoder().encode(`${HEADER}error: There are no peers to check (${advice})\n`),
    );
    return { kind: "cannot-begin", obstacle: "usage" };
  }
  return planMode === undefined
    ? { peers: [], modules: [await defaultModule(context.options)] }
    : await readPeers(planMode, context);
}

function exporterSettings(
  { allow, jobs, jobsPerHost }: ExporterMode,
  { peerDeadlineSeconds }: Options,
): Omit<ExporterSettings, "hosts"> {
  return {
    allow,
    jobs,
    jobsPerHost,
    deadlineSeconds: peerDeadlineSeconds ?? DEADLINE_SECONDS,
    ceilingSeconds: peerDeadlineSeconds ?? CEILING_SECONDS,
    maxConnections: MAX_CONNECTIONS,
  };
}

async function defaultModule(options: Options): Promise<PlanPeer> {
  const { planModule } = await loadPlanFiles();
  return planModule("default", { settings: {}, options });
}

/** What the log says of an event. */
function messageOf(
  event: ExporterEvent,
): Pick<LogEvent, "level" | "text" | "fields"> {
  switch (event.type) {
    case "probed": {
      const { result, name } = event.report.entries[0] ?? {};
      const outcome = result?.outcome === "failed" ? result.error.message : "verified";
      const ms = event.report.elapsedMs.toFixed(1);
      const fields = result === undefined ? {} : { fields: peerFields(result.check, name) };
      const text = escapeControls(`${event.target}: ${outcome} (${ms} ms)`);
      return { level: "info", text, ...fields };
    }
    case "refused":
      return {
        level: "info",
        text: `Refused with ${event.status}: ${escapeControls(event.reason)}`,
      };
    case "defect": {
      const { error } = event;
      const stack = error instanceof Error ? error.stack ?? error.message : String(error);
      return { level: "error", text: escapeControls(stack) };
    }
  }
}
