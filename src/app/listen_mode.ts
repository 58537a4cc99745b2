/** The answering side: answers C-ECHO until a signal ends it; its trace and its settings are those of a self-test too. */

import { loadScpLines, loadTraceLines, messagesOf, type ScpLines } from "../log/mod.ts";
import { HEADER, type ListenMode, type Options } from "../options/mod.ts";
import { type ScpDeps, type ScpTrace, type SecureServer, serveAssociations } from "../scp/mod.ts";
import type { ListenPlace } from "../transport/types.ts";
import type { LogTo, ModeContext } from "./context.ts";
import { isTraced, logMessages, namesFor, uidNamesFor } from "./logging.ts";
import { type CallerExplanation, callerExplanation } from "./explanation.ts";
import { openListening } from "./listening.ts";
import { isObstacle, type Outcome } from "./outcome.ts";

/** Listens as `mode` says; until a signal ends it. */
export async function runListenMode(mode: ListenMode, context: ModeContext): Promise<Outcome> {
  const { world } = context;
  const security = await listenSecurity(context);
  if ("obstacle" in security) return { kind: "cannot-begin", ...security };
  const lines = await loadScpLines();
  const back = mode.back === undefined
    ? undefined
    : await (await import("./verify_back.ts")).verifyBack(mode.back, context);
  if (back !== undefined && isObstacle(back)) return back;
  const listening = await openListening(placeOf(mode, context.options), { asked: mode, context });
  if (listening === undefined) return { kind: "cannot-begin", obstacle: "local-network" };
  const settings = scpSettings(context);
  await warnOfOddLength(settings.maximumLength, context);
  world.writeOut(new TextEncoder().encode(`${lines.listeningLine(listening.local)}\n`));
  const answering = { listening, ...security };
  const recorded = context.recording?.ofListen(answering) ?? answering;
  const trace = await scpLogTrace(context, { lines, explain: await callerExplanation(context) });
  await serveAssociations(recorded.listening, {
    ...settings,
    secure: recorded.secure,
    maxAssociations: mode.maxAssociations,
    signal: world.signal,
    behavior: mode.behavior,
    trace(event) {
      trace(event);
      if (event.type === "association-ended") back?.after(event.record);
    },
  });
  await back?.finished();
  return { kind: "ended" };
}

/** `-i4` and `-i6` narrow down an address that is left open. */
function placeOf({ address, port }: ListenMode, { family }: Options): ListenPlace {
  if (address !== undefined || family === "any") return { address, port };
  return { address: family === "ipv4" ? "0.0.0.0" : "::", port };
}

async function warnOfOddLength(used: number, context: ModeContext): Promise<void> {
  const asked = context.options.maximumLength;
  if (asked === used) return;
  const names = await namesFor(context);
  logMessages(context, messagesOf({ type: "maximum-length-odd", asked, used }, names));
}

/**
 * A trace that words the events of the answering side and logs them; `explain` gets each connection whose end was
 * logged, and may give figures to log with it.
 */
export async function scpLogTrace(
  to: LogTo,
  { lines, explain }: {
    readonly lines: ScpLines;
    readonly explain?: CallerExplanation | undefined;
  },
): Promise<ScpTrace> {
  const names = await uidNamesFor(to);
  const traced = isTraced(to.log) ? await loadTraceLines() : undefined;
  const factsOf = lines.scpFactsWithPeers();
  return (event) => {
    const steps = event.type === "upper-layer"
      ? traced?.upperLayerTraceOf(event.event) ?? []
      : lines.scpMessagesOf(event, names);
    const about = factsOf(event);
    const isShown = steps.some(({ logger, level }) => to.log.isEnabled(logger, level));
    const found = event.type === "association-ended" && isShown
      ? explain?.(event.record)
      : undefined;
    logMessages(
      { ...to, about: { ...about, fields: { ...about.fields, ...found?.fields } } },
      steps,
    );
    found?.say();
  };
}

/** The settings of an answering side; `maximumLength` is even, as the reference's always is. */
export function scpSettings(
  { options, world }: ModeContext,
): Pick<ScpDeps, "maximumLength" | "limits" | "clock"> {
  const { maximumLength, acseTimeoutSeconds, socketTimeoutSeconds } = options;
  return {
    maximumLength: maximumLength - maximumLength % 2,
    limits: {
      artimSeconds: acseTimeoutSeconds,
      idleSeconds: socketTimeoutSeconds > 0 ? socketTimeoutSeconds : undefined,
    },
    clock: world.clock,
  };
}

/** How to put TLS over connections to us, as the options ask; or says why that cannot be. */
async function listenSecurity(
  context: ModeContext,
): Promise<{ readonly secure?: SecureServer } | { readonly obstacle: "usage" | "tls" }> {
  const { tls } = context.options;
  if (tls.mode === "off") return {};
  if (tls.mode === "anonymous") {
    const text = `${HEADER}error: --listen with TLS needs --enable-tls\n`;
    context.world.writeErr(new TextEncoder().encode(text));
    return { obstacle: "usage" };
  }
  const { makeTlsReady, secureServerBy } = await import("./tls.ts");
  const prepared = await makeTlsReady(tls, { ...context, side: "server" });
  if (isObstacle(prepared)) return { obstacle: "tls" };
  if (context.options.expiryWarnDays !== undefined) {
    await (await import("./tls.ts")).warnOfEnds([prepared], context);
  }
  return { secure: secureServerBy(prepared) };
}
