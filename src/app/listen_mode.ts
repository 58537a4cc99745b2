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
export async function runListenMode(mode: ListenMode, means: ModeContext): Promise<Outcome> {
  const { world } = means;
  const security = await listenSecurity(means);
  if ("obstacle" in security) return { kind: "cannot-begin", ...security };
  const lines = await loadScpLines();
  const listening = await open(mode, { means, lines });
  if (listening === undefined) return { kind: "cannot-begin", obstacle: "local-network" };
  const settings = scpSettings(means);
  await warnOfOddLength(settings.maximumLength, means);
  world.writeOut(new TextEncoder().encode(`${lines.listeningLine(listening.local)}\n`));
  await serveAssociations(listening, {
    ...settings,
    ...security,
    maxAssociations: mode.maxAssociations,
    signal: world.signal,
    trace: await scpLogTrace(means, { lines, explain: await callerExplanation(means) }),
  });
  return { kind: "ended" };
}

async function open(
  mode: ListenMode,
  { means, lines }: { readonly means: ModeContext; readonly lines: ScpLines },
): Promise<Listening | undefined> {
  try {
    return await means.world.listen({ address: addressOf(mode, means.options), port: mode.port }, {
      onShortage: (why) => logMessage(means, { level: "warn", text: lines.cannotAcceptText(why) }),
    });
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    logMessage(means, { level: "fatal", text: lines.cannotListenText(mode, error.message) });
    explainListening(error, means);
    return undefined;
  }
}

/** `-i4` and `-i6` narrow down an address that is left open. */
function addressOf({ address }: ListenMode, { family }: Options): string | undefined {
  if (address !== undefined || family === "any") return address;
  return family === "ipv4" ? "0.0.0.0" : "::";
}

async function warnOfOddLength(used: number, means: ModeContext): Promise<void> {
  const asked = means.options.maximumLength;
  if (asked === used) return;
  const names = await namesFor(means);
  logMessages(means, messagesOf({ type: "maximum-length-odd", asked, used }, names));
}
