/** The peers of a plan: read, read again while they are in use, secured, and named in the log. */

import type { CheckTrace, Secure } from "../check/mod.ts";
import { escapeControls } from "../common/visible.ts";
import { type LogEvent, type LogSink, peerFields } from "../log/mod.ts";
import { HEADER, type LoggingOptions, type PlanMode } from "../options/mod.ts";
import {
  loadPlanFiles,
  type Plan,
  type PlanFiles,
  type PlanOutcome,
  type PlanPeer,
  type PlanProblem,
} from "../plan/mod.ts";
import { FILE_FAULTS } from "../system/mod.ts";
import type { UnloadedFile } from "../tls/mod.ts";
import type { ModeContext, SpecialLines } from "./context.ts";
import { isJsonLog, logMessage, logTrace, wantsLog } from "./logging.ts";
import { type CannotBegin, isObstacle } from "./outcome.ts";
import type { ReadyTls, WantedTls } from "./tls.ts";

/** The plan with the peers that `mode` chooses; or says what is wrong. */
export async function readPeers(
  mode: PlanMode,
  context: ModeContext,
): Promise<Plan | CannotBegin> {
  const plan = await findPeers(mode, context);
  if (!("obstacle" in plan)) return plan;
  const { obstacle, reason, lines } = plan;
  const [first] = lines;
  if (first === undefined) {
    complain(context, `${HEADER}error: ${escapeControls(reason)}\n`);
    return { kind: "cannot-begin", obstacle, reason };
  }
  const sentence = `${reason}, nobody was contacted`;
  complain(context, `${lines.join("\n")}\nerror: ${sentence}\n`);
  return { kind: "cannot-begin", obstacle, reason: `${sentence}: ${first}` };
}

/** Why there is no plan. */
export interface PlanFault {
  /** What it means for the exit code. */
  readonly obstacle: "usage" | "input";
  /** One sentence. */
  readonly reason: string;
  /** The mistakes, each on a line, where the plan has any. */
  readonly lines: readonly string[];
}

/** The plan with the peers that `mode` chooses; or what is wrong, which nobody has been told. */
async function findPeers(mode: PlanMode, context: ModeContext): Promise<Plan | PlanFault> {
  const files = await loadPlanFiles();
  const plan = await readPlan({ source: mode.source, files, context });
  if ("obstacle" in plan) return plan;
  const peers = files.selectPeers(plan.peers, mode);
  if ("error" in peers) return { obstacle: "usage", reason: peers.error, lines: [] };
  return await identifiedPlan({ ...plan, peers }, context);
}

async function identifiedPlan(plan: Plan, context: ModeContext): Promise<Plan | PlanFault> {
  const all = [...plan.peers, ...plan.modules];
  if (all.every(({ user }) => user === undefined)) return plan;
  const { planWithIdentities } = await import("./user_identity.ts");
  const found = await planWithIdentities(plan, context);
  if (!("problem" in found)) return found;
  return { obstacle: "input", reason: found.problem, lines: [] };
}

interface Reading {
  readonly source: PlanMode["source"];
  readonly files: PlanFiles;
  readonly context: ModeContext;
}

/** The plan, or what is wrong. */
async function readPlan(reading: Reading): Promise<Plan | PlanFault> {
  const { source, files, context: { options, world } } = reading;
  const { env } = world;
  const { path } = source;
  const content = path === "-" && source.form !== "plan"
    ? await world.readInput()
    : await world.readFile(path);
  const readRegularFile = await world.loadRegularFiles();
  if (source.form === "plan") {
    const readFile = (file: string) => file === path ? content : readRegularFile(file);
    return planOr(await files.loadPlan(path, { readFile, env, options }), reading);
  }
  const readFile = readRegularFile;
  const file = path === "-" ? "standard input" : path;
  return planOr(files.loadPeerList(file, { content, readFile, options }), reading);
}

/** The plan of `outcome`; or what is wrong. */
function planOr(outcome: PlanOutcome, { source, files }: Reading): Plan | PlanFault {
  switch (outcome.kind) {
    case "plan":
      return outcome.plan;
    case "unreadable": {
      const reason = `${outcome.file} ${FILE_FAULTS[outcome.fault]}`;
      return { obstacle: "input", reason, lines: [] };
    }
    case "problems":
      return { obstacle: "usage", ...problemsText(outcome.problems, { source, files }) };
  }
}

/** Most mistakes that are reported: a file that is not a plan at all has as many as lines. */
const MOST_TOLD = 100;

function problemsText(
  problems: readonly PlanProblem[],
  { source, files }: Pick<Reading, "source" | "files">,
): { readonly lines: readonly string[]; readonly reason: string } {
  const lines = problems.slice(0, MOST_TOLD)
    .map((problem) => escapeControls(files.problemLine(problem)));
  const count = problems.length === 1 ? "1 error" : `${problems.length} errors`;
  const where = source.form === "plan" ? "plan" : "list";
  const rest = problems.length > MOST_TOLD ? ` (the first ${MOST_TOLD} are shown)` : "";
  return { lines, reason: `${count} in the ${where}${rest}` };
}

export function complain(context: ModeContext, text: string): void {
  const { world } = context;
  if (isJsonLog(context)) return logMessage(context, { level: "fatal", text: withoutHeader(text) });
  world.writeErr(new TextEncoder().encode(text));
}

/** The name and the version of the program are not for programs that read the log. */
function withoutHeader(text: string): string {
  return (text.startsWith(HEADER) ? text.slice(HEADER.length) : text).trimEnd();
}

/** A plan and the TLS of its peers, modules included where they are `used`. */
export interface ReadPlan {
  readonly plan: Plan;
  readonly secured: Partial<SecuredPeers>;
}

/** Reads `mode` again; or says in one sentence why what was read before has to do. */
export async function readAgain(
  { mode, usesModules }: { readonly mode: PlanMode; readonly usesModules: boolean },
  context: ModeContext,
): Promise<ReadPlan | { readonly problem: string }> {
  if (mode.source.path === "-" && mode.source.form !== "plan") {
    return { problem: "standard input cannot be read again" };
  }
  const plan = await findPeers(mode, context);
  if ("obstacle" in plan) {
    const [first] = plan.lines;
    return { problem: first === undefined ? plan.reason : `${plan.reason}: ${first}` };
  }
  const secured = await securityOfPeers(
    [...plan.peers, ...(usesModules ? plan.modules : [])],
    context,
  );
  return isObstacle(secured) ? { problem: "TLS cannot be set up for a peer" } : { plan, secured };
}

/** Reloads; resolves with one sentence and whether what was read is in use. */
export type Reload = () => Promise<Reloaded>;

/** What came of reloading. */
export interface Reloaded {
  /** Whether the plan was sound. */
  readonly isDone: boolean;
  /** One sentence, without a period. */
  readonly text: string;
}

/**
 * Makes a `Reload` of `read`, which logs what comes of it. One runs at a time; all who ask while one runs get what the
 * next one finds, and so none of them gets what was read before the plan was changed.
 */
export function reloader(
  read: () => Promise<{ readonly peers: number } | { readonly problem: string }>,
  context: ModeContext,
): Reload {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<Reloaded> | undefined;
  const reload = async (): Promise<Reloaded> => {
    next = undefined;
    const found = await read();
    const done = "problem" in found
      ? { isDone: false, text: `The plan is not reloaded, the old one is kept: ${found.problem}` }
      : { isDone: true, text: `The plan is reloaded: ${peersText(found.peers)}` };
    logMessage(context, {
      level: done.isDone ? "info" : "error",
      text: escapeControls(done.text),
    });
    return done;
  };
  return () => {
    next ??= running.then(reload);
    running = next.catch(() => {});
    return next;
  };
}

function peersText(count: number): string {
  return count === 1 ? "1 peer" : `${count} peers`;
}

/** Many peers, each with TLS of its own or without. */
export interface SecuredPeers {
  /** Puts TLS over the connection to a peer; `undefined` for a peer without. */
  readonly secureOf: (peer: PlanPeer) => Secure | undefined;
  /** Words the events of TLS. */
  readonly special: SpecialLines;
  /** Files of a peer that were named and could not be loaded. */
  readonly lostOf: (peer: PlanPeer) => readonly UnloadedFile[];
}

/**
 * Prepares TLS for all peers that want it, what is the same only once, before anybody is contacted; or says why
 * one of them cannot have it, which has been logged then.
 */
export async function securityOfPeers(
  peers: readonly PlanPeer[],
  context: ModeContext,
): Promise<Partial<SecuredPeers> | CannotBegin> {
  if (peers.every(({ tls }) => tls.mode === "off")) return {};
  const { makeTlsReady, secureBy, tlsLines, warnOfEnds } = await import("./tls.ts");
  const prepared = new Map<string, ReadyTls>();
  for (const peer of peers) {
    const { tls, name } = peer;
    if (tls.mode === "off" || prepared.has(keyOf(tls))) continue;
    const about = isJsonLog(context)
      ? { ...context, log: withPeer(context.log, peer, context.options.logging) }
      : context;
    const one = await makeTlsReady(tls, { ...about, side: "client", peer: name });
    if (isObstacle(one)) {
      const text = `TLS cannot be set up for peer ${escapeControls(name)}, nobody was contacted`;
      logMessage(about, { level: "fatal", text });
      return one;
    }
    prepared.set(keyOf(tls), one);
  }
  await warnOfEnds([...prepared.values()], context);
  return {
    special: await tlsLines(context),
    secureOf({ tls }) {
      const one = tls.mode === "off" ? undefined : prepared.get(keyOf(tls));
      return one && secureBy(one);
    },
    lostOf: ({ tls }) => tls.mode === "off" ? [] : prepared.get(keyOf(tls))?.unloaded ?? [],
  };
}

function keyOf(tls: WantedTls): string {
  return JSON.stringify(tls);
}

/** `log` with the peer's name before every line; in JSON it, host, port and titles are fields. */
function withPeer(
  log: LogSink,
  { name, check }: PlanPeer,
  { format }: Pick<LoggingOptions, "format">,
): LogSink {
  const about = peerFields(check, name);
  const prefix = `[${escapeControls(name)}] `;
  const named = (event: LogEvent): LogEvent =>
    format === "json"
      ? { ...event, fields: { ...about, ...event.fields } }
      : { ...event, text: prefix + event.text.replaceAll("\n", `\n${prefix}`) };
  return {
    log: (event) => log.log(named(event)),
    isEnabled: (logger, level) => log.isEnabled(logger, level),
    close: () => log.close(),
  };
}

/**
 * Makes traces of peers: without `-v` or a log configuration nothing is logged, since nobody could tell whose line is
 * whose; otherwise the peer's name comes before every line.
 */
export function peerTraces(context: ModeContext): (peer: PlanPeer) => Promise<CheckTrace> {
  const { options, log } = context;
  const silent: CheckTrace = () => {};
  if (!wantsLog(options)) return () => Promise.resolve(silent);
  return (peer) => logTrace({ ...context, log: withPeer(log, peer, options.logging) });
}
