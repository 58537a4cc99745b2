/** What the modes with an answering side share: its trace to the log, its settings from the options. */

import { HEADER, type Options } from "../options/mod.ts";
import { loadTraceLines, type ScpLines } from "../log/mod.ts";
import type { ScpMeans, ScpTrace, SecureServer } from "../scp/mod.ts";
import { isTraced, logMessages, type LogTo, uidNamesFor } from "./logging.ts";

/** What a mode gets. */
export type ModeMeans = LogTo & { readonly options: Options };

/** A trace that words the events of the answering side and logs them. */
export async function scpLogTrace(to: LogTo, lines: ScpLines): Promise<ScpTrace> {
  const names = await uidNamesFor(to);
  const traced = isTraced(to.log) ? await loadTraceLines() : undefined;
  return (event) => {
    const steps = event.type === "upper-layer"
      ? traced?.upperLayerTraceOf(event.event) ?? []
      : lines.scpMessagesOf(event, names);
    logMessages({ ...to, about: lines.scpFactsOf(event) }, steps);
  };
}

/** The settings of an answering side; `maximumLength` is even, as the reference's always is. */
export function scpSettings(
  { options, world }: ModeMeans,
): Pick<ScpMeans, "maximumLength" | "limits" | "clock"> {
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

/** How to put TLS over connections to us, as the options ask; `impossible` when that cannot be, which is said then. */
export async function listenSecurity(
  means: ModeMeans,
): Promise<{ readonly secure?: SecureServer } | "impossible"> {
  const { tls } = means.options;
  if (tls.mode === "off") return {};
  if (tls.mode === "anonymous") {
    const text = `${HEADER}error: --listen with TLS needs --enable-tls\n`;
    means.world.writeErr(new TextEncoder().encode(text));
    return "impossible";
  }
  const { prepareTlsMeans, secureServerBy } = await import("./tls.ts");
  const prepared = await prepareTlsMeans(tls, { ...means, side: "server" });
  return prepared === undefined ? "impossible" : { secure: secureServerBy(prepared) };
}
