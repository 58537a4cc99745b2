/** What TLS adds to checks: the handshake, its lines, its report, the seed that is written at the end. */

import type { CheckResult, Secure } from "../check/mod.ts";
import { loadTlsLines } from "../log/mod.ts";
import type { PlanPeer } from "../plan/mod.ts";
import { loadTlsReport } from "../report/mod.ts";
import type { RunReport } from "../runner/mod.ts";
import { escapeControls } from "../common/visible.ts";
import { hasReportOnStdout } from "./checking.ts";
import type { ModeContext } from "./context.ts";
import { isJsonLog, logMessage, type SpecialLines } from "./logging.ts";
import { withPeer } from "./peer_log.ts";
import { prepareTlsMeans, secureBy, type TlsMeans, type WantedTls } from "./tls.ts";

/** Checks over TLS. */
export interface SecuredChecks {
  /** Puts TLS over a connection. */
  readonly secure: Secure;
  /** Words the events of TLS. */
  readonly special: SpecialLines;
}

/** Prepares checks over TLS; `impossible` when that cannot be, which has been said then. */
export async function secureChecks(context: ModeContext): Promise<SecuredChecks | "impossible"> {
  const { tls } = context.options;
  if (tls.mode === "off") return "impossible";
  const prepared = await prepareTlsMeans(tls, { ...context, side: "client" });
  if (prepared === undefined) return "impossible";
  await warnOfEnds([prepared], context);
  return { secure: secureBy(prepared), special: await tlsLines(context) };
}

/** Warns of own certificates and lists that end within the days of `--expiry-warn`. */
export async function warnOfEnds(
  prepared: readonly Pick<TlsMeans, "ends">[],
  context: ModeContext,
): Promise<void> {
  const { expiryWarnDays: days } = context.options;
  if (days === undefined) return;
  const { endWarnings } = await loadTlsReport();
  const ends = prepared.flatMap((one) => one.ends);
  for (const text of endWarnings(ends, { days, nowMs: context.world.wallTime() })) {
    logMessage(context, { level: "warn", text });
  }
}

/** The words for the events of TLS; what the reference does not do is told to people only. */
async function tlsLines(context: ModeContext): Promise<SpecialLines> {
  const { tlsMessagesOf } = await loadTlsLines();
  const tellsAll = isForPeople(context);
  return (event) => event.type === "securing-again" && !tellsAll ? [] : tlsMessagesOf(event);
}

function isForPeople({ options, world }: ModeContext): boolean {
  return world.stderrIsTerminal || options.explain;
}

/** What is left to do after a check over TLS. */
export async function finishSecured(result: CheckResult, context: ModeContext): Promise<void> {
  const { tls } = context.options;
  await reportTls(result, context);
  if (tls.mode === "off" || tls.writeSeedFile === undefined) return;
  if (result.association === undefined) return;
  const seed = crypto.getRandomValues(new Uint8Array(SEED_LENGTH));
  // The reference says nothing of a seed that cannot be written.
  await context.world.writeSeed(tls.writeSeedFile, seed);
}

async function reportTls(result: CheckResult, context: ModeContext): Promise<void> {
  const { tlsReport, expiryWarnDays } = context.options;
  const isWeak = isForPeople(context) && result.tls !== undefined &&
    result.tls.facts.weaknesses.length > 0;
  if (tlsReport === undefined && expiryWarnDays === undefined && !isWeak) return;
  const { expiryWarnings, tlsReportLines, weaknessWarning } = await loadTlsReport();
  const weakness = isWeak ? weaknessWarning(result) : undefined;
  if (weakness !== undefined) logMessage(context, { level: "warn", text: weakness });
  const warnings = expiryWarnDays === undefined ? [] : expiryWarnings(result, expiryWarnDays);
  for (const text of warnings) logMessage(context, { level: "warn", text });
  if (tlsReport !== undefined) printTls(tlsReportLines(result), context);
}

/** Prints what the peers of a plan show, one after the other in its order: those whose check came to TLS. */
export async function reportTlsOfPeers(
  { entries }: RunReport,
  context: ModeContext,
): Promise<void> {
  const { tlsReportLines } = await loadTlsReport();
  for (const { name, result } of entries) {
    if (result?.tls === undefined) continue;
    const [first = "", ...lines] = tlsReportLines(result);
    const isNamed = first.endsWith(` ${name}`);
    printTls([isNamed ? first : `${first} (${escapeControls(name)})`, ...lines], context);
  }
}

function printTls(lines: readonly string[], { options, world }: ModeContext): void {
  const write = hasReportOnStdout(options) ? world.writeErr : world.writeOut;
  write(new TextEncoder().encode(lines.map((line) => `${line}\n`).join("")));
}

/** As long as the reference's. Nothing reads it here: randomness always comes from the system. */
const SEED_LENGTH = 1024;

/** Many peers, each with TLS of its own or without. */
export interface SecuredPeers {
  /** Puts TLS over the connection to a peer; `undefined` for a peer without. */
  readonly secureOf: (peer: PlanPeer) => Secure | undefined;
  /** Words the events of TLS. */
  readonly special: SpecialLines;
}

/**
 * Prepares TLS for all peers that want it, what is the same only once, before anybody is contacted; `impossible` when
 * one of them cannot have it, which has been said then.
 */
export async function securePeers(
  peers: readonly PlanPeer[],
  context: ModeContext,
): Promise<SecuredPeers | "impossible"> {
  const prepared = new Map<string, TlsMeans>();
  for (const peer of peers) {
    const { tls, name } = peer;
    if (tls.mode === "off" || prepared.has(keyOf(tls))) continue;
    const about = isJsonLog(context)
      ? { ...context, log: withPeer(context.log, peer, context.options.logging) }
      : context;
    const one = await prepareTlsMeans(tls, { ...about, side: "client" });
    if (one === undefined) {
      const text = `TLS cannot be set up for peer ${escapeControls(name)}, nobody was contacted`;
      logMessage(about, { level: "fatal", text });
      return "impossible";
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
  };
}

function keyOf(tls: WantedTls): string {
  return JSON.stringify(tls);
}
