/** Made-up peers of plans. */

import type { PlanPeer } from "../../src/plan/mod.ts";
import { checkOf } from "./report_runs.ts";

/** A peer called `name`, of which nothing special is expected. */
export function peerOf(
  name: string,
  { host = name, ...changes }: Partial<PlanPeer> & { readonly host?: string } = {},
): PlanPeer {
  return {
    name,
    tags: [],
    check: checkOf({}, host),
    tls: { mode: "off" },
    expect: { reachable: true },
    ...changes,
  };
}
