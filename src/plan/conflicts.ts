/** Settings that do not go together, though each is right for itself. */

import type { Problems } from "./problem.ts";
import { PEER_ROW, type PeerEntry, type Settings } from "./schema_rows.ts";
import { wantsTls } from "./settings.ts";
import { nodeAt, placeAt, type SourceNode } from "./source.ts";

/** Settings with the place where they are written. */
export interface Origin {
  /** The mapping. */
  readonly node: SourceNode;
  /** In the structure, such as `groups.ct`. */
  readonly path: string;
}

/** A peer, and where its settings come from. */
export interface SecuredPeer extends Origin {
  /** What it says itself. */
  readonly entry: PeerEntry;
  /** Its group and the defaults. */
  readonly inherited: readonly Origin[];
  /** All together. */
  readonly settings: Settings;
}

/** What belongs together in the settings of TLS, wherever it was inherited from. */
export function checkTls(peer: SecuredPeer, problems: Problems): void {
  const { settings, entry } = peer;
  const origins = [peer, ...peer.inherited];
  // What is written but wrong was told already: it is not missing.
  const has = (key: string) => origins.some(({ node }) => nodeAt(node, ["tls", key]) !== undefined);
  const complain = (keys: readonly string[], message: string) => {
    const at = origins.find(({ node }) => nodeAt(node, keys) !== undefined) ?? peer;
    problems.add(placeAt(at.node, keys), { path: [at.path, ...keys].join("."), message });
  };
  if (!wantsTls(settings)) {
    if (entry.expect?.tls === undefined) return;
    return complain(["expect", "tls"], "this peer does not use TLS (give it tls settings)");
  }
  for (const [key, message] of tlsGaps(has)) complain(["tls", key], message);
}

/** Whether nothing is missing for the TLS of `settings`, if they want any. */
export function hasWholeTls(settings: Settings): boolean {
  const { tls = {} } = settings;
  return !wantsTls(settings) || tlsGaps((key) => tls[key] !== undefined).length === 0;
}

/** Which of key, certificate and password lacks another, by its name in the plan, and what to add. */
function tlsGaps(
  has: (key: "key" | "certificate" | "keyPassword") => boolean,
): readonly (readonly [string, string])[] {
  const gaps: (readonly [string, string])[] = [];
  if (has("key") && !has("certificate")) {
    gaps.push(["key", "a key needs a certificate (add certificate)"]);
  }
  if (!has("key") && has("certificate")) {
    gaps.push(["certificate", "a certificate needs a key (add key)"]);
  }
  if (!has("key") && has("keyPassword")) {
    gaps.push(["keyPassword", "a password needs a key (add key and certificate)"]);
  }
  return gaps;
}

const KNOWN = Object.keys(PEER_ROW.fields.expect.fields);

/**
 * Who expects that a peer refuses can expect nothing of its answers.
 *
 * Only what stands in one place is a mistake: what a group expects of the answers of its peers does not count for
 * the one of them that must refuse.
 */
export function checkExpectations({ node, path }: Origin, problems: Problems): void {
  const expect = nodeAt(node, ["expect"]);
  if (expect?.kind !== "mapping") return;
  const reachable = nodeAt(expect, ["reachable"]);
  const isClosed = reachable?.kind === "scalar" && /^false$/i.test(reachable.text);
  const refusal = isClosed ? "reachable" : "rejected";
  if (!isClosed && nodeAt(expect, ["rejected"]) === undefined) return;
  const shown = isClosed ? "reachable: false" : "rejected";
  for (const { key, place } of expect.entries) {
    if (key === refusal || key === "reachable" || !KNOWN.includes(key)) continue;
    const message = `this cannot be expected together with ${shown} (remove one of them)`;
    problems.add(place, { path: `${path}.expect.${key}`, message });
  }
}
