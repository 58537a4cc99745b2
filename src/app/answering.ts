/** What the modes with an answering side share: its trace to the log, its settings from the options. */

import { HEADER, type Options } from "../options/mod.ts";
import { loadTraceLines, type ScpLines } from "../log/mod.ts";
import type { ScpMeans, ScpTrace } from "../scp/mod.ts";
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

/** Says on standard error that `mode` has no TLS; asking for it and getting plain TCP would be worse. */
export function refuseTls(mode: string, { world }: LogTo): void {
  world.writeErr(new TextEncoder().encode(`${HEADER}error: TLS is not available with ${mode}\n`));
}
