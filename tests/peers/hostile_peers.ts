/** Peers that mean harm: what they send is bounded by nothing but the client's patience. */

import type { PeerConnection } from "../support/peer_connection.ts";
import { fromHex } from "../support/script.ts";
import type { Handler } from "../support/scripted_peer.ts";

/** A hostile peer, and how our program must come out of it. */
export interface HostilePeer {
  /** Reads after "a peer that". */
  readonly does: string;
  /** Options of the run. */
  readonly options: readonly string[];
  /** What the peer does on its connection. */
  readonly handler: Handler;
  /** Seconds after which the run must be over, start-up on an idle machine included. */
  readonly withinSeconds: number;
  /** Exit code. */
  readonly exit: number;
}

/** How long a peer waits for the client. */
export const PATIENCE_MS = 180_000;
/** A flood ends here at the latest: enough to show in the memory of whoever keeps it. */
const FLOOD_BYTES = 256 * 1024 * 1024;

/** A-ASSOCIATE-AC that accepts context 1 with Implicit VR Little Endian. */
export const ACCEPT = fromHex(
  "0200000000a200010000414e592d5343502020202020202020204543484f534355202020202020202020" +
    "00".repeat(32) + "10000015312e322e3834302e31303030382e332e312e312e31" +
    "210000190100000040000011312e322e3834302e31303030382e312e32" +
    "5000002451000004000040005200000b312e322e332e342e352e3655000009544553545343505f31",
);

/** C-ECHO-RSP with status Success for message 1, as one PDV of context 1. */
export const RESPONSE = fromHex(
  "0400000000540000005001030000000004000000420000000000020012000000312e322e3834302e31303030382e312e3100" +
    "00000001020000003080000020010200000001000000000802000000010100000009020000000000",
);

/** A command fragment of 1024 bytes that is not the last one. */
const FRAGMENT = fromHex("0400000004060000040201" + "01" + "00".repeat(1024));

/** The same without any data. */
export const EMPTY_FRAGMENT = fromHex("040000000006" + "00000002" + "0101");

/** All of them. */
export const HOSTILE_PEERS: readonly HostilePeer[] = [
  {
    does: "declares an A-ASSOCIATE-AC of 4 GiB and floods",
    options: [],
    handler: onRequest(async (peer) => {
      await peer.write(fromHex("0200ffffffff"));
      await flood(peer, new Uint8Array(65_536));
    }),
    withinSeconds: 10,
    exit: 1,
  },
  {
    does: "fills a large A-ASSOCIATE-AC with empty items",
    options: [],
    handler: onRequest(async (peer) => {
      const items = fromHex("99000000".repeat(30_000));
      const length = (68 + items.length).toString(16).padStart(8, "0");
      await peer.write(fromHex(`0200${length}`));
      await peer.write(ACCEPT.subarray(6, 74));
      await peer.write(items);
    }),
    withinSeconds: 10,
    exit: 1,
  },
  {
    does: "declares a P-DATA-TF of 4 GiB and floods",
    options: ["-ta", "2"],
    handler: onEcho(async (peer) => {
      await peer.write(fromHex("0400ffffffff"));
      await flood(peer, new Uint8Array(65_536));
    }),
    withinSeconds: 10,
    exit: 70,
  },
  {
    does: "answers the echo with fragments that never end",
    options: ["-ta", "2"],
    handler: onEcho((peer) => flood(peer, FRAGMENT)),
    withinSeconds: 20,
    exit: 70,
  },
  {
    does: "answers the echo with fragments without data, one before each timeout",
    options: ["-td", "2", "-ta", "1"],
    handler: onEcho((peer) => repeat(peer, { bytes: EMPTY_FRAGMENT, everyMs: 500 })),
    withinSeconds: 10,
    exit: 70,
  },
  {
    does: "answers the echo with a flood of fragments without data",
    options: ["-ts", "0", "-ta", "1"],
    handler: onEcho((peer) => flood(peer, EMPTY_FRAGMENT)),
    withinSeconds: 10,
    exit: 70,
  },
  {
    does: "answers the release with an endless stream of responses",
    options: ["-ta", "2"],
    handler: onEcho(async (peer) => {
      await peer.write(RESPONSE);
      await peer.readPdu(PATIENCE_MS);
      await flood(peer, RESPONSE);
    }),
    withinSeconds: 10,
    exit: 1,
  },
  {
    does: "sends the header of its answer at one byte a second",
    options: ["-ta", "3"],
    handler: onRequest((peer) => dribble(peer, ACCEPT)),
    withinSeconds: 8,
    exit: 1,
  },
  {
    does: "sends the body of its answer at one byte a second",
    options: ["-ta", "3", "-ts", "5"],
    handler: onRequest(async (peer) => {
      await peer.write(ACCEPT.subarray(0, 6));
      await dribble(peer, ACCEPT.subarray(6));
    }),
    withinSeconds: 70,
    exit: 1,
  },
  {
    does: "sends the body of the response at one byte a second",
    options: ["-td", "3", "-ta", "2", "-ts", "5"],
    handler: onEcho(async (peer) => {
      await peer.write(RESPONSE.subarray(0, 6));
      // One byte short, so that it never becomes a whole response.
      await dribble(peer, RESPONSE.subarray(6, -1));
    }),
    withinSeconds: 80,
    exit: 70,
  },
  {
    does: "never answers the echo and never closes",
    options: ["-td", "1", "-ta", "2"],
    handler: onEcho((peer) => peer.drain(PATIENCE_MS)),
    withinSeconds: 8,
    exit: 70,
  },
  {
    does: "goes on flooding after our abort",
    options: ["-ta", "2"],
    handler: onEcho((peer) => flood(peer, fromHex("990000000000".repeat(1000)))),
    withinSeconds: 10,
    exit: 70,
  },
  {
    does: "speaks HTTP",
    options: ["-ta", "2"],
    handler: onRequest((peer) =>
      peer.write(new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"))
    ),
    withinSeconds: 8,
    exit: 1,
  },
];

/** A peer that answers like any other: what its run costs is the measure for the hostile ones. */
export const ORDINARY_PEER: Handler = onEcho(async (peer) => {
  await peer.write(RESPONSE);
  await peer.readPdu(PATIENCE_MS);
  await peer.write(fromHex("06000000000400000000"));
});

/** A handler that acts once it has the A-ASSOCIATE-RQ. */
export function onRequest(act: (peer: PeerConnection) => Promise<unknown>): Handler {
  return async (peer) => {
    await peer.readPdu(PATIENCE_MS);
    await act(peer);
    await peer.drain(PATIENCE_MS);
    return undefined;
  };
}

/** A handler that accepts the association and acts once it has the C-ECHO-RQ. */
export function onEcho(act: (peer: PeerConnection) => Promise<unknown>): Handler {
  return onRequest(async (peer) => {
    await peer.write(ACCEPT);
    await peer.readPdu(PATIENCE_MS);
    await act(peer);
  });
}

/** Sends the same bytes again and again until the client is gone. */
export async function flood(peer: PeerConnection, more: Uint8Array): Promise<void> {
  for (let sent = 0; sent < FLOOD_BYTES; sent += more.length) {
    if (!await peer.write(more)) return;
  }
}

/** Sends one byte a second until the client is gone. */
export async function dribble(peer: PeerConnection, bytes: Uint8Array): Promise<void> {
  for (const byte of bytes) {
    if (!await peer.write(new Uint8Array([byte]))) return;
    if (await peer.waitForEnd(1_000)) return;
  }
}

/** Sends the same bytes every so many milliseconds until the client is gone. */
export async function repeat(
  peer: PeerConnection,
  { bytes, everyMs }: { readonly bytes: Uint8Array; readonly everyMs: number },
): Promise<void> {
  for (let left = PATIENCE_MS / everyMs; left > 0; left--) {
    if (!await peer.write(bytes)) return;
    if (await peer.waitForEnd(everyMs)) return;
  }
}
