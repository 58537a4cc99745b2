/** Starts the TLS servers of recorded cases: real programs by their command line, and peers that send fixed bytes. */

import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { freePort, untilListening } from "./ports.ts";
import { signalChild } from "./signal_child.ts";

/** A server of a case; `await using` stops it. */
export interface TlsServer extends AsyncDisposable {
  /** Port to connect to. */
  readonly port: number;
}

/** What a peer that speaks no TLS does with a connection. */
export interface RawPeer {
  /** Bytes to read first; a text means one read. */
  readonly readBytes: number | string;
  /** Bytes to send then. */
  readonly sendHex: string;
  /** Wait before `then`. */
  readonly afterMs?: number;
  /** How it goes on: close, reset, or keep open. */
  readonly then: string;
}

/** Starts the command with `{port}` replaced, in `folder`; resolves when it listens. */
export async function startTlsServer(
  command: readonly string[],
  folder: string,
): Promise<TlsServer> {
  const port = freePort("0.0.0.0");
  const [program = "", ...args] = command.map((word) => word.replace("{port}", String(port)));
  const child = new Deno.Command(program, {
    args,
    cwd: folder,
    // Open for ever: some servers end with their standard input.
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  let isAlive = true;
  const ended = child.status.then(() => isAlive = false);
  const stop = async () => {
    if (isAlive) signalChild(child, "SIGKILL");
    await ended;
    await child.stdin.close().catch(() => {});
  };
  if (await untilListening(port, { alive: () => isAlive })) {
    return { port, [Symbol.asyncDispose]: stop };
  }
  await stop();
  throw new Error(`Cannot start a TLS server: ${command.join(" ")}`);
}

/** Starts a peer that plays `raw` on each connection. */
export async function startRawPeer(raw: RawPeer): Promise<TlsServer> {
  const sockets = new Set<Socket>();
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    play(socket, raw);
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

function play(socket: Socket, raw: RawPeer): void {
  const wanted = typeof raw.readBytes === "number" ? raw.readBytes : 1;
  let got = 0;
  const answer = (): void => {
    if (raw.sendHex !== "") socket.write(Uint8Array.fromHex(raw.sendHex));
    if (raw.then === "wait") return;
    const timer = setTimeout(() => {
      if (raw.then === "rst") socket.resetAndDestroy();
      else if (wanted === 0) socket.destroy();
      else socket.end();
    }, raw.afterMs ?? 0);
    socket.once("close", () => clearTimeout(timer));
  };
  if (wanted === 0) return answer();
  socket.resume();
  socket.on("data", (chunk) => {
    const before = got;
    got += chunk.length;
    if (before < wanted && got >= wanted) answer();
  });
}
