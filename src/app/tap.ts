/** Lets somebody look on at a connection, without changing what goes over it. */

import type { ByteStream } from "../transport/types.ts";

/** Who looks on. The bytes are only lent. */
export interface Tap {
  /** About to be written. */
  readonly sent: (bytes: Uint8Array) => void;
  /** Came, before anybody else sees them. */
  readonly received: (bytes: Uint8Array) => void;
  /** The peer's direction has ended, or the connection was broken off. */
  readonly ended: (how: "fin" | "reset") => void;
  /** We have closed both directions. */
  readonly closed: () => void;
}

/** `stream` with `tap` on it; nobody else uses `stream` from then on. */
export function tapped(stream: ByteStream, tap: Tap): ByteStream {
  const { local, remote, tls } = stream;
  return {
    readable: readableOf(stream, tap),
    writable: writableOf(stream, tap),
    local,
    remote,
    ...(tls === undefined ? {} : { tls }),
    get ending() {
      return stream.ending;
    },
    close() {
      stream.close();
      tap.closed();
    },
  };
}

function readableOf(stream: ByteStream, tap: Tap): ReadableStream<Uint8Array> {
  const reader = stream.readable.getReader();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (!done) {
        tap.received(value);
        return controller.enqueue(value);
      }
      if (stream.ending === "fin" || stream.ending === "reset") tap.ended(stream.ending);
      controller.close();
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
}

function writableOf(stream: ByteStream, tap: Tap): WritableStream<Uint8Array> {
  const writer = stream.writable.getWriter();
  return new WritableStream({
    async write(chunk) {
      tap.sent(chunk);
      await writer.write(chunk);
    },
    close: () => writer.close(),
    abort: (reason) => writer.abort(reason),
  });
}
