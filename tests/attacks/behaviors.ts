/** What hostile peers of the soak do: all that are met one by one elsewhere, and some more that only end oddly. */

import {
  ACCEPT,
  dribble,
  EMPTY_FRAGMENT,
  flood,
  HOSTILE_PEERS,
  onEcho,
  onRequest,
  PATIENCE_MS,
  repeat,
  RESPONSE,
} from "../peers/hostile_peers.ts";
import type { PeerConnection } from "../support/peer_connection.ts";
import { fromHex } from "../support/script.ts";
import type { Handler } from "../support/scripted_peer.ts";

/** A-ABORT, source 0, reason 0. */
const ABORT = fromHex("07000000000400000000");
/** A-ASSOCIATE-RJ: permanent, service user, called AE title not recognized. */
const REJECT = fromHex("03000000000400010107");
/** A-RELEASE-RQ. */
const RELEASE = fromHex("05000000000400000000");

/** Handlers by what they do. */
export const BEHAVIORS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ...HOSTILE_PEERS.map(({ does, handler }) => [does, handler] as const),
  ["never reads and never answers", (peer) => quiet(peer.waitForEnd(PATIENCE_MS))],
  ["resets at once", (peer) => quiet(peer.reset())],
  ["closes at once", (peer) => quiet(peer.close())],
  ...cutOff({ what: "its answer", bytes: ACCEPT, when: onRequest }),
  ...cutOff({ what: "its response", bytes: RESPONSE, when: onEcho }),
  ["accepts again and again", onRequest((peer) => repeat(peer, { bytes: ACCEPT, everyMs: 300 }))],
  [
    "asks for release again and again",
    onEcho((peer) => repeat(peer, { bytes: RELEASE, everyMs: 300 })),
  ],
  ["rejects and floods", onRequest((peer) => flood(peer, many(REJECT)))],
  ["aborts and floods", onRequest((peer) => flood(peer, many(ABORT)))],
  ["floods zeros before it was asked", (peer) => quiet(flood(peer, new Uint8Array(65_536)))],
  ["never answers the request", onRequest((peer) => peer.drain(PATIENCE_MS))],
  ["answers everything before it was asked", async (peer) => {
    await peer.write(ACCEPT);
    await peer.write(RESPONSE);
    await peer.drain(PATIENCE_MS);
    return undefined;
  }],
  [
    "answers the echo by fragments that bring nothing, slowly",
    onEcho((peer) => repeat(peer, { bytes: EMPTY_FRAGMENT, everyMs: 700 })),
  ],
  [
    "responds with a status and then byte by byte",
    onEcho(async (peer) => {
      await peer.write(RESPONSE);
      await dribble(peer, RESPONSE);
    }),
  ],
]);

async function quiet(act: unknown): Promise<undefined> {
  await act;
  return undefined;
}

function many(bytes: Uint8Array): Uint8Array {
  const all = new Uint8Array(bytes.length * 2000);
  for (let at = 0; at < all.length; at += bytes.length) all.set(bytes, at);
  return all;
}

/** Peers that end in the midst of a PDU, by FIN and by RST. */
function cutOff({ what, bytes, when }: {
  readonly what: string;
  readonly bytes: Uint8Array;
  readonly when: (act: (peer: PeerConnection) => Promise<unknown>) => Handler;
}): (readonly [string, Handler])[] {
  return [1, 6, Math.floor(bytes.length / 2), bytes.length - 1].flatMap((length) => {
    const sends = (end: (peer: PeerConnection) => unknown) =>
      when(async (peer) => {
        await peer.write(bytes.subarray(0, length));
        await end(peer);
      });
    return [
      [`closes after ${length} bytes of ${what}`, sends((peer) => peer.shutdown())] as const,
      [`resets after ${length} bytes of ${what}`, sends((peer) => peer.reset())] as const,
    ];
  });
}
