/** The known peers as Prometheus discovers targets over HTTP (`http_sd_configs`). */

import type { PlanPeer } from "../plan/types.ts";
import { jsonText } from "../common/visible.ts";

/** Media type that Prometheus wants. */
export const DISCOVERY_TYPE = "application/json";

/**
 * One target for each peer, by its name, which `/probe` takes as `target`.
 *
 * Its labels are those of a textfile report; tags stand between commas, as in `,ct,north,`, so that a pattern finds one.
 */
export function discoveryText(peers: readonly PlanPeer[]): string {
  const groups = peers.map(({ name, group, tags, check }) => ({
    targets: [name],
    labels: {
      host: check.target.host,
      port: `${check.target.port}`,
      called: check.calledAeTitle,
      calling: check.callingAeTitle,
      ...(group === undefined ? {} : { group }),
      ...(tags.length === 0 ? {} : { tags: `,${tags.join(",")},` }),
    },
  }));
  return `${jsonText(groups)}\n`;
}
