/** A TLS connection as a `ByteStream`, the same as a plain one, with what TLS knows besides it. */

import type { TLSSocket } from "node:tls";
import type { TlsConnection, TlsProblem } from "../tls/types.ts";
import { problemOf } from "./tls_problem.ts";
import { SocketError } from "./system_text.ts";
import type { ByteStream, Ending } from "./types.ts";

/** How long the goodbye of TLS may take to leave: it is one short record. */
const GOODBYE_MS = 500;

/** What is already known when the stream is made. */
export interface Established {
  /** The connection below. */
  readonly below: ByteStream;
  /** What was negotiated and shown. */
  readonly facts: TlsConnection["facts"];
  /** What became of our own certificate. */
  readonly ownCertificate: TlsConnection["ownCertificate"];
  /** Who issued the last certificate that we showed; as in `TlsIdentity`. */
  readonly missingIssuer: string | undefined;
}

/** Wraps a socket whose handshake is done and whose peer was accepted. */
export function tlsStream(socket: TLSSocket, about: Established): ByteStream {
  const { below, facts, ownCertificate } = about;
  let problem: TlsProblem | undefined;
  let ending: Ending | undefined;
  let isClosing = false;
  const { promise: closed, resolve: resolveClosed } = Promise.withResolvers<void>();
  socket.on("error", (error: unknown) => {
    if (!isClosing) problem ??= lateProblem(error, about);
  });
  const endedBy = (): Ending =>
    isClosing ? "closed" : problem !== undefined || below.ending === "reset" ? "reset" : "fin";
  return {
    readable: readableOf(socket, () => ending ??= endedBy()),
    writable: writableOf(socket),
    local: below.local,
    remote: below.remote,
    get ending() {
      return ending;
    },
    tls: {
      facts,
      ownCertificate,
      get problem() {
        return problem;
      },
      closed,
    },
    close() {
      if (isClosing) return;
      isClosing = true;
      ending ??= "closed";
      sayGoodbye(socket, () => {
        below.close();
        resolveClosed();
      });
    },
  };
}

function lateProblem(
  error: unknown,
  { ownCertificate, missingIssuer }: Established,
): TlsProblem {
  const issuer = missingIssuer === undefined ? {} : { missingIssuer };
  return problemOf(error, { isLate: true, ownCertificate, ...issuer });
}

/** Ends with the alert that reports an end from a cut; nobody waits for the peer's. */
function sayGoodbye(socket: TLSSocket, done: () => void): void {
  const timer = setTimeout(finish, GOODBYE_MS);
  let isDone = false;
  function finish(): void {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    socket.destroy();
    done();
  }
  socket.once("close", finish);
  socket.once("finish", () => setTimeout(finish, 0));
  socket.end();
}

function readableOf(socket: TLSSocket, end: () => void): ReadableStream<Uint8Array> {
  let isOver = false;
  return new ReadableStream({
    start(controller) {
      socket.pause();
      socket.on("data", (chunk: Uint8Array) => {
        if (isOver) return;
        controller.enqueue(new Uint8Array(chunk));
        socket.pause();
      });
      const finish = (): void => {
        if (isOver) return;
        isOver = true;
        end();
        controller.close();
      };
      for (const event of ["end", "error", "close"]) socket.once(event, finish);
    },
    pull() {
      socket.resume();
    },
    cancel() {
      isOver = true;
    },
  }, { highWaterMark: 0 });
}

function writableOf(socket: TLSSocket): WritableStream<Uint8Array> {
  return new WritableStream({
    write(chunk) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const fail = (cause: unknown): void => reject(new SocketError(cause));
      const onClose = (): void => fail(new Error("Broken pipe"));
      socket.once("close", onClose);
      socket.write(chunk, (error?: Error | null) => {
        // One listener for each of thousands of echoes would be a leak, and the runtime warns of it.
        socket.off("close", onClose);
        if (error) fail(error);
        else resolve();
      });
      return promise;
    },
  });
}
