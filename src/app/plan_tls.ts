/** TLS for the peers of a plan: prepared once for all that share settings, and before anybody is contacted. */

import type { Secure } from "../check/mod.ts";
import { loadTlsLines } from "../log/mod.ts";
import type { PlanPeer } from "../plan/mod.ts";
import type { CheckMeans } from "./check_mode.ts";
import type { SpecialLines } from "./logging.ts";
import { withPeerName } from "./peer_log.ts";
import { prepareTlsMeans, secureBy } from "./tls.ts";

/** How peers are secured. */
export interface PlanTls {
  /** Puts TLS over the connection to a peer; `undefined`: plain TCP. */
  readonly secureOf: (peer: PlanPeer) => Secure | undefined;
  /** Log lines that only TLS has. */
  readonly lines: SpecialLines;
}

/** Prepares TLS for `peers`; logs for which of them it cannot be, and gives `undefined` then. */
export async function preparePlanTls(
  peers: readonly PlanPeer[],
  means: CheckMeans,
): Promise<PlanTls | undefined> {
  const { options, log } = means;
  const bySettings = new Map<string, Secure | undefined>();
  const byPeer = new Map<PlanPeer, Secure | undefined>();
  for (const peer of peers) {
    const { tls, name } = peer;
    if (tls.mode === "off") continue;
    const key = JSON.stringify(tls);
    if (!bySettings.has(key)) {
      const named = withPeerName(log, { name, ...options.logging });
      const prepared = await prepareTlsMeans(tls, { ...means, log: named, side: "client" });
      bySettings.set(key, prepared === undefined ? undefined : secureBy(prepared));
    }
    byPeer.set(peer, bySettings.get(key));
  }
  if ([...byPeer.values()].includes(undefined)) return undefined;
  const { tlsMessagesOf } = await loadTlsLines();
  return { secureOf: (peer) => byPeer.get(peer), lines: tlsMessagesOf };
}
