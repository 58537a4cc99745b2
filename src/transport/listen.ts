/** Opens listening TCP sockets. */

import { errorCode, errorWords } from "../system/mod.ts";
import { tcpStream } from "./tcp_stream.ts";
import type { ByteStream, Listening, ListenOptions, ListenPlace } from "./types.ts";

/** A port cannot be listened on. */
export class ListenError extends Error {
  /** Stable code. */
  override readonly name = "ListenError";

  /** Makes an error from what the system threw. */
  constructor(cause: unknown) {
    super(errorWords(cause), { cause });
  }
}

/** What listening needs of the system. */
export interface ListenHost {
  /** Its name, as the runtime gives it. */
  readonly os: typeof Deno.build.os;
  /** Opens a socket. */
  readonly listen: (where: { readonly hostname: string; readonly port: number }) => Acceptor;
}

/** What is used of a socket of the runtime. */
export type Acceptor = Pick<Deno.TcpListener, "accept" | "addr" | "close">;

const REAL_HOST: ListenHost = { os: Deno.build.os, listen: Deno.listen };

/** Listens on `place`. Throws `ListenError`. */
export function listen(place: ListenPlace, options: ListenOptions = {}): Promise<Listening> {
  return listenBy(REAL_HOST, { place, options });
}

/** The same by any system. */
export function listenBy(
  host: ListenHost,
  { place, options = {} }: { readonly place: ListenPlace; readonly options?: ListenOptions },
): Promise<Listening> {
  try {
    return Promise.resolve(listening(open(host, place), options));
  } catch (error) {
    return Promise.reject(new ListenError(error));
  }
}

type Acceptors = readonly [Acceptor, ...Acceptor[]];

function open(host: ListenHost, { address, port }: ListenPlace): Acceptors {
  if (address !== undefined) return [host.listen({ hostname: address, port })];
  return host.os === "windows" ? openBoth(host, port) : [openAny(host, port)];
}

/** An IPv6 socket takes IPv4 too where the system does not forbid it. */
function openAny(host: ListenHost, port: number): Acceptor {
  try {
    return host.listen({ hostname: "::", port });
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) throw error;
    return host.listen({ hostname: "0.0.0.0", port });
  }
}

/** How often another free port is tried, when the first is free for one family only. */
const PORT_TRIES = 10;

/** On Windows an IPv6 socket takes IPv6 only, so that each family needs its own. */
function openBoth(host: ListenHost, port: number): Acceptors {
  for (let tries = 1;; tries++) {
    try {
      return openPair(host, port);
    } catch (error) {
      if (port !== 0 || tries === PORT_TRIES) throw error;
    }
  }
}

function openPair(host: ListenHost, port: number): Acceptors {
  const first = openAny(host, port);
  if (first.addr.hostname === "0.0.0.0") return [first];
  try {
    return [first, host.listen({ hostname: "0.0.0.0", port: first.addr.port })];
  } catch (error) {
    // Without IPv4 one socket is all there is to have.
    if (!(error instanceof Deno.errors.AddrInUse)) return [first];
    first.close();
    throw error;
  }
}

function listening(acceptors: Acceptors, options: ListenOptions): Listening {
  let closed = false;
  const sources = acceptors.map((one) => accepted(one, { isClosed: () => closed, options }));
  const [{ addr }] = acceptors;
  const [only] = sources;
  return {
    local: { host: addr.hostname, port: addr.port },
    connections: only !== undefined && sources.length === 1 ? only : merged(sources),
    close() {
      if (closed) return;
      closed = true;
      for (const one of acceptors) one.close();
    },
  };
}

function merged(sources: readonly AsyncIterable<ByteStream>[]): AsyncIterable<ByteStream> {
  let isWanted = true;
  return new ReadableStream<ByteStream>({
    start(controller) {
      const ended = sources.map(async (source) => {
        for await (const stream of source) {
          if (!isWanted) return stream.close();
          controller.enqueue(stream);
        }
      });
      void Promise.all(ended).then(() => {
        if (isWanted) controller.close();
      });
    },
    cancel() {
      isWanted = false;
    },
  });
}

/** How long to wait when the system has no room for another connection: it is there again when one has ended. */
const SHORTAGE_MS = 50;

/** Failures in a row after which there is a pause too: whatever fails for ever must not keep a processor busy. */
const FAILURES_IN_A_ROW = 1000;

/**
 * Connections after which those that were accepted have their turn: in a flood the next one is always ready, and the
 * runtime would look at nothing that the others have sent.
 */
const ACCEPTED_IN_A_ROW = 16;

/**
 * A connection that is gone before it was accepted concerns nobody else, so the next one is accepted at once. Where
 * descriptors or memory are lacking, which would fail again at once and for ever, there is a short pause.
 */
async function* accepted(
  acceptor: Acceptor,
  { isClosed, options }: { readonly isClosed: () => boolean; readonly options: ListenOptions },
): AsyncIterable<ByteStream> {
  let failures = 0;
  let count = 0;
  let isSaid = false;
  while (!isClosed()) {
    let stream;
    try {
      stream = streamOf(await acceptor.accept());
    } catch (error) {
      if (isClosed()) return;
      failures += 1;
      const isShort = SHORTAGES.has(errorCode(error) ?? "");
      if (isShort && !isSaid) options.onShortage?.(errorWords(error));
      isSaid ||= isShort;
      if (isShort || failures % FAILURES_IN_A_ROW === 0) await pause(SHORTAGE_MS);
      continue;
    }
    failures = 0;
    yield stream;
    if (++count % ACCEPTED_IN_A_ROW === 0) await pause(0);
  }
}

/** What the system lacks, rather than what a connection does: accept(2), and WSAEMFILE and WSAENOBUFS of Windows. */
const SHORTAGES: ReadonlySet<string> = new Set(["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM"]);

/** Setting up a connection that has been reset may fail; its descriptor is given back. */
function streamOf(conn: Deno.TcpConn): ByteStream {
  try {
    return tcpStream(conn);
  } catch (error) {
    conn.close();
    throw error;
  }
}

function pause(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  AbortSignal.timeout(ms).addEventListener("abort", () => resolve());
  return promise;
}
