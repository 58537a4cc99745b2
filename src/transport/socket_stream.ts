/** A connection of `node:net` as a `ByteStream`: the same as `tcpStream` makes of one of the runtime. */

import type { Socket } from "node:net";
import { SocketError } from "./system_text.ts";
import type { ByteStream, Ending } from "./types.ts";

/** Wraps `socket`, which is connected: no Nagle delay, one write per chunk, a readable that ends and never errors. */
export function socketStream(socket: Socket): ByteStream {
  socket.setNoDelay(true);
  const local = { host: socket.localAddress ?? "", port: socket.localPort ?? 0 };
  const remote = { host: socket.remoteAddress ?? "", port: socket.remotePort ?? 0 };
  let ending: Ending | undefined;
  return {
    readable: readableOf(socket, (how) => ending ??= how),
    writable: writableOf(socket),
    local,
    remote,
    get ending() {
      return ending;
    },
    close() {
      ending ??= "closed";
      socket.destroy();
    },
  };
}

function readableOf(
  socket: Socket,
  end: (how: "fin" | "reset") => void,
): ReadableStream<Uint8Array> {
  /** Once over, nothing may be done with the controller, whatever the socket still says. */
  let isOver = false;
  return new ReadableStream({
    start(controller) {
      const finish = (how: "fin" | "reset") => {
        end(how);
        if (isOver) return;
        isOver = true;
        controller.close();
      };
      socket.on("data", (chunk: Uint8Array) => {
        if (isOver) return;
        controller.enqueue(new Uint8Array(chunk));
        if ((controller.desiredSize ?? 0) <= 0) socket.pause();
      });
      socket.on("end", () => finish("fin"));
      socket.on("error", () => finish("reset"));
      socket.on("close", () => finish("reset"));
      socket.pause();
    },
    pull() {
      socket.resume();
    },
    cancel() {
      isOver = true;
      socket.resume();
    },
  }, { highWaterMark: 1 });
}

function writableOf(socket: Socket): WritableStream<Uint8Array> {
  return new WritableStream({
    async write(chunk) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      // A socket that is gone need not call back.
      const onClose = () => reject(new SocketError(Object.assign(new Error(), { code: "EPIPE" })));
      socket.once("close", onClose);
      if (socket.destroyed) onClose();
      socket.write(chunk, (error) => error ? reject(new SocketError(error)) : resolve());
      await promise.finally(() => socket.off("close", onClose));
    },
    /** The peer reads our end; what it sends still comes. */
    close() {
      socket.end();
    },
  });
}
