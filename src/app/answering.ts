/** What the modes with an answering side share: its trace to the log, its settings from the options. */

import { HEADER } from "../options/mod.ts";
import { loadTraceLines, type ScpLines } from "../log/mod.ts";
import type { ScpDeps, ScpTrace, SecureServer } from "../scp/mod.ts";
import type { ModeContext } from "./context.ts";
import type { CallerExplanation } from "./explanation.ts";
import { isTraced, logMessages, type LogTo, uidNamesFor } from "./logging.ts";

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
export async function listenSecurity(
  context: ModeContext,
): Promise<{ readonly secure?: SecureServer } | { readonly obstacle: "usage" | "tls" }> {
  const { tls } = context.options;
  if (tls.mode === "off") return {};
  if (tls.mode === "anonymous") {
    const text = `${HEADER}error: --listen with TLS needs --enable-tls\n`;
    context.world.writeErr(new TextEncoder().encode(text));
    return { obstacle: "usage" };
  }
  const { prepareTlsMeans, secureServerBy } = await import("./tls.ts");
  const prepared = await prepareTlsMeans(tls, { ...context, side: "server" });
  if (prepared === undefined) return { obstacle: "tls" };
  if (context.options.expiryWarnDays !== undefined) {
    await (await import("./tls_check.ts")).warnOfEnds([prepared], context);
  }
  return { secure: secureServerBy(prepared) };
}
