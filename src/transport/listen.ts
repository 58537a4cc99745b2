/** Opens listening TCP sockets. */

import { systemText } from "./system_text.ts";
import { tcpStream } from "./tcp_stream.ts";
import type { ByteStream, Listening } from "./types.ts";

/** A port cannot be listened on. */
export class ListenError extends Error {
  /** Stable code. */
  override readonly name = "ListenError";

  /** Makes an error from what the system threw. */
  constructor(cause: unknown) {
    super(systemText(cause), { cause });
  }
}

/**
 * Listens on `port` (0 = any free one) of `address`; `undefined` = all addresses, IPv6 and IPv4 where the system has
 * both. Throws `ListenError`.
 */
export function listen(address: string | undefined, port: number): Promise<Listening> {
  try {
    return Promise.resolve(listening(open(address, port)));
  } catch (error) {
    return Promise.reject(new ListenError(error));
  }
}

function open(address: string | undefined, port: number): Deno.TcpListener {
  if (address !== undefined) return Deno.listen({ hostname: address, port });
  try {
    return Deno.listen({ hostname: "::", port });
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) throw error;
    return Deno.listen({ hostname: "0.0.0.0", port });
  }
}

function listening(listener: Deno.TcpListener): Listening {
  let closed = false;
  return {
    local: { host: listener.addr.hostname, port: listener.addr.port },
    connections: accepted(listener, () => closed),
    close() {
      if (closed) return;
      closed = true;
      listener.close();
    },
  };
}

/** A connection that is gone before it was accepted, or no free descriptor, must not end the service. */
async function* accepted(
  listener: Deno.TcpListener,
  isClosed: () => boolean,
): AsyncIterable<ByteStream> {
  while (!isClosed()) {
    try {
      yield tcpStream(await listener.accept());
    } catch {
      if (!isClosed()) await pause(50);
    }
  }
}

function pause(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  AbortSignal.timeout(ms).addEventListener("abort", () => resolve());
  return promise;
}
