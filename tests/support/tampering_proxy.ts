/** Somebody who is between client and server and changes bytes on their way. */

import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** What is changed. */
export interface Tampering {
  /** What the client sends. */
  readonly toServer?: (bytes: Uint8Array) => Uint8Array;
  /** What the server sends. */
  readonly toClient?: (bytes: Uint8Array) => Uint8Array;
}

/** Starts it before the server on `port`; `await using` stops it. */
export async function startTamperingProxy(
  port: number,
  { toServer = same, toClient = same }: Tampering,
): Promise<AsyncDisposable & { readonly port: number }> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const peer = connect(port, "127.0.0.1");
    for (
      const [from, to, change] of [[client, peer, toServer], [peer, client, toClient]] as const
    ) {
      sockets.add(from);
      from.on("data", (chunk) => to.write(change(new Uint8Array(chunk))));
      from.on("end", () => to.end());
      from.on("error", () => to.destroy());
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Replaces the first occurrence of some bytes, given in hex, by others. */
export function replacing(wanted: string, by: string): (bytes: Uint8Array) => Uint8Array {
  return (bytes) => Uint8Array.fromHex(bytes.toHex().replace(wanted, by));
}

function same(bytes: Uint8Array): Uint8Array {
  return bytes;
}
