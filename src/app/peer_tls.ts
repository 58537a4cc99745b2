/** TLS for many peers: what each distinct setting takes is prepared once, before anybody is contacted. */

import type { CheckResult, Secure } from "../check/mod.ts";
import { escapeControls } from "../dicom/mod.ts";
import type { PlanPeer } from "../plan/mod.ts";
import type { CheckMeans } from "./check_mode.ts";

/** How to put TLS over the connection of a peer; `undefined`: plain TCP. */
export type SecureOf = (peer: PlanPeer) => Secure | undefined;

/** Prepares TLS for `peers`; `impossible` when that cannot be for one of them, which has been said then. */
export async function securePeers(
  peers: readonly PlanPeer[],
  means: CheckMeans,
): Promise<SecureOf | "impossible"> {
  const prepared = new Map<string, Secure>();
  for (const { name, tls } of peers) {
    if (tls.mode === "off" || prepared.has(keyOf(tls))) continue;
    const { prepareTlsMeans, secureBy } = await import("./tls.ts");
    const ready = await prepareTlsMeans(tls, { ...means, side: "client" });
    if (ready === undefined) {
      const line = `error: TLS of peer ${escapeControls(name)} cannot be set up\n`;
      means.world.writeErr(new TextEncoder().encode(line));
      return "impossible";
    }
    prepared.set(keyOf(tls), secureBy(ready));
  }
  return ({ tls }) => tls.mode === "off" ? undefined : prepared.get(keyOf(tls));
}

/** Days for which the peer's certificate is still valid; `undefined` when it showed none. */
export function daysValidOf({ tls }: CheckResult): number | undefined {
  return tls?.facts.chain[0]?.daysLeft;
}

function keyOf(tls: PlanPeer["tls"]): string {
  return JSON.stringify(tls);
}
