/**
 * So many hostile peers in a process of their own, so that their floods take nothing from those who measure.
 *
 *     deno run --allow-net --allow-read tests/attacks/hostile_site.ts COUNT
 *
 * Prints one line of JSON, name and port of each, and serves until it is ended.
 */

import { startPeer } from "../support/scripted_peer.ts";
import { BEHAVIORS } from "./behaviors.ts";

/** A hostile peer of the site. */
export interface HostileSite {
  /** Its number and what it does. */
  readonly name: string;
  /** On 127.0.0.1. */
  readonly port: number;
}

if (import.meta.main) {
  const behaviors = [...BEHAVIORS];
  const peers: HostileSite[] = [];
  for (let at = 0; at < Number(Deno.args[0]); at++) {
    const [does, handler] = behaviors[at % behaviors.length] ?? [];
    if (handler === undefined) break;
    const { port } = await startPeer(handler);
    peers.push({ name: `hostile ${at}: ${does}`, port });
  }
  console.log(JSON.stringify(peers));
}
