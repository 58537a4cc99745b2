/** A TCP connection as a `ByteStream`. */

import { SocketError } from "./system_text.ts";
import type { ByteStream, Ending, Endpoint } from "./types.ts";

const READ_SIZE = 16_384;

/**
 * Chunks that are read before anybody asks for them: Windows throws away what came before a reset unless a read was
 * waiting for it.
 */
const READ_AHEAD = Deno.build.os === "windows" ? 1 : 0;

/**
 * Wraps `conn`: no Nagle delay, one write per chunk, and a readable that ends (never errors) when the peer is gone.
 *
 * Each chunk is a copy of its own, as long as what came: a PDU may keep a view of it, and a peer that sends single
 * bytes costs single bytes.
 */
export function tcpStream(conn: Deno.TcpConn, readAhead: number = READ_AHEAD): ByteStream {
  conn.setNoDelay(true);
  let ending: Ending | undefined;
  let closed = false;
  let writable: WritableStream<Uint8Array> | undefined;
  return {
    readable: readableOf(conn, {
      readAhead,
      end: (how) => ending ??= closed ? "closed" : how,
    }),
    get writable() {
      return writable ??= writableOf(conn);
    },
    write: (bytes) => writeAll(conn, bytes),
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

/** An IPv4 address that an IPv6 socket shows as `::ffff:192.0.2.1` is given as what it is. */
function endpoint({ hostname, port }: Deno.NetAddr): Endpoint {
  if (!hostname.includes(":")) return { host: hostname, port };
  return { host: hostname.replace(/^::ffff:(?=[\d.]+$)/i, ""), port };
}

function readableOf(
  conn: Deno.TcpConn,
  { readAhead, end }: {
    readonly readAhead: number;
    readonly end: (how: "fin" | "reset") => void;
  },
): ReadableStream<Uint8Array> {
  const buffer = new Uint8Array(READ_SIZE);
  return new ReadableStream({
    async pull(controller) {
      try {
        const length = await conn.read(buffer);
        if (length !== null) return controller.enqueue(buffer.slice(0, length));
        end("fin");
      } catch {
        end("reset");
      }
      controller.close();
    },
  }, { highWaterMark: readAhead });
}

async function writeAll(conn: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  try {
    for (let sent = 0; sent < bytes.length;) sent += await conn.write(bytes.subarray(sent));
  } catch (error) {
    throw new SocketError(error);
  }
}

function writableOf(conn: Deno.TcpConn): WritableStream<Uint8Array> {
  return new WritableStream({
    write: (chunk) => writeAll(conn, chunk),
    /** The peer reads our end; what it sends still comes. */
    async close() {
      await conn.closeWrite().catch(() => {});
    },
  });
}
