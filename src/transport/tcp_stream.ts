/** A TCP connection as a `ByteStream`. */

import type { ByteStream, Ending, Endpoint } from "./types.ts";

const READ_SIZE = 16_384;

/**
 * Wraps `conn`: no Nagle delay, one write per chunk, and a readable that ends (never errors) when the peer is gone.
 *
 * A fresh buffer is taken for each read: a PDU may keep a view of it.
 */
export function tcpStream(conn: Deno.TcpConn): ByteStream {
  conn.setNoDelay(true);
  let ending: Ending | undefined;
  let closed = false;
  const readable = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = new Uint8Array(READ_SIZE);
      try {
        const length = await conn.read(chunk);
        if (length !== null) return controller.enqueue(chunk.subarray(0, length));
        ending ??= "fin";
      } catch {
        ending ??= closed ? "closed" : "reset";
      }
      controller.close();
    },
  }, { highWaterMark: 0 });
  const writable = new WritableStream<Uint8Array>({
    async write(chunk) {
      for (let sent = 0; sent < chunk.length;) sent += await conn.write(chunk.subarray(sent));
    },
  });
  return {
    readable,
    writable,
    local: endpoint(conn.localAddr),
    remote: endpoint(conn.remoteAddr),
    get ending() {
      return ending;
    },
    close() {
      if (closed) return;
      closed = true;
      ending ??= "closed";
      conn.close();
    },
  };
}

function endpoint(address: Deno.NetAddr): Endpoint {
  return { host: address.hostname, port: address.port };
}
