/** Answers C-ECHO until a signal ends it. */

import { loadScpLines, messagesOf, type ScpLines } from "../log/mod.ts";
import type { ListenMode, Options } from "../options/mod.ts";
import { serveAssociations } from "../scp/mod.ts";
import { ListenError, type Listening } from "../transport/mod.ts";
import { listenSecurity, scpLogTrace, scpSettings } from "./answering.ts";
import type { ModeContext } from "./context.ts";
import { callerExplanation, explainListening } from "./explanation.ts";
import type { Outcome } from "./outcome.ts";
import { logMessage, logMessages, namesFor } from "./logging.ts";

/** Listens as `mode` says; until a signal ends it. */
export async function runListenMode(mode: ListenMode, context: ModeContext): Promise<Outcome> {
  const { world } = context;
  const security = await listenSecurity(context);
  if ("obstacle" in security) return { kind: "cannot-begin", ...security };
  const lines = await loadScpLines();
  const listening = await open(mode, { context, lines });
  if (listening === undefined) return { kind: "cannot-begin", obstacle: "local-network" };
  const settings = scpSettings(context);
  await warnOfOddLength(settings.maximumLength, context);
  world.writeOut(new TextEncoder().encode(`${lines.listeningLine(listening.local)}\n`));
  await serveAssociations(listening, {
    ...settings,
    ...security,
    maxAssociations: mode.maxAssociations,
    signal: world.signal,
    trace: await scpLogTrace(context, { lines, explain: await callerExplanation(context) }),
  });
  return { kind: "ended" };
}

async function open(
  mode: ListenMode,
  { context, lines }: { readonly context: ModeContext; readonly lines: ScpLines },
): Promise<Listening | undefined> {
  try {
    return await context.world.listen({
      address: addressOf(mode, context.options),
      port: mode.port,
    }, {
      onShortage: (why) =>
        logMessage(context, { level: "warn", text: lines.cannotAcceptText(why) }),
    });
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    logMessage(context, { level: "fatal", text: lines.cannotListenText(mode, error.message) });
    explainListening(error, context);
    return undefined;
  }
}

/** `-i4` and `-i6` narrow down an address that is left open. */
function addressOf({ address }: ListenMode, { family }: Options): string | undefined {
  if (address !== undefined || family === "any") return address;
  return family === "ipv4" ? "0.0.0.0" : "::";
}

async function warnOfOddLength(used: number, context: ModeContext): Promise<void> {
  const asked = context.options.maximumLength;
  if (asked === used) return;
  const names = await namesFor(context);
  logMessages(context, messagesOf({ type: "maximum-length-odd", asked, used }, names));
}
