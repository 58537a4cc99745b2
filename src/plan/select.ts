/** Chooses peers of a plan by their tags. */

import { knownNames } from "./problem.ts";
import type { PlanPeer } from "./types.ts";

/** Which tags were named. */
export interface Selection {
  /** A peer must have one of these; empty: any peer. */
  readonly only: readonly string[];
  /** A peer must have none of these. */
  readonly except: readonly string[];
}

/**
 * The chosen peers in their order, or what is wrong with the choice.
 *
 * A tag that no peer has is a mistake, not an empty choice: a mistyped exception would contact peers that should be
 * left alone.
 */
export function selectPeers(
  peers: readonly PlanPeer[],
  { only, except }: Selection,
): readonly PlanPeer[] | { readonly error: string } {
  const tags = [...new Set(peers.flatMap((peer) => peer.tags))];
  const unknown = [...only, ...except].find((tag) => !tags.includes(tag));
  if (unknown !== undefined) {
    return { error: `no peer has the tag ${unknown} ${knownNames(unknown, tags)}` };
  }
  const chosen = peers.filter((peer) => {
    const isWanted = only.length === 0 || only.some((tag) => peer.tags.includes(tag));
    return isWanted && !except.some((tag) => peer.tags.includes(tag));
  });
  return chosen.length > 0 ? chosen : { error: "the chosen tags leave no peer" };
}
