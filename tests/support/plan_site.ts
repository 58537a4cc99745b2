/** A site of many peers on loopback ports: some answer, some reject, some are silent, some are dead. */

import { serveAssociations } from "../../src/scp/mod.ts";
import { closedPort } from "./ports.ts";
import { listen, type Listening } from "../../src/transport/mod.ts";

/** What a peer of the site does. */
export type PeerKind = "answers" | "rejects" | "silent" | "dead";

/** One peer. */
export interface SitePeer {
  /** Its kind and number. */
  readonly name: string;
  /** Always the IPv4 loopback. */
  readonly host: string;
  readonly port: number;
  readonly kind: PeerKind;
}

/** A running site; `await using` stops it. */
export interface Site extends AsyncDisposable {
  /** The peers, kinds mixed in a fixed order. */
  readonly peers: readonly SitePeer[];
  /** Connections that were taken so far, by whatever peer. */
  readonly connections: () => number;
}

/** Permanently rejected by the service user: called AE title not recognized (PS3.8 Table 9-21). */
const REJECTION = Uint8Array.of(3, 0, 0, 0, 0, 4, 0, 1, 1, 7);

const HOST = "127.0.0.1";

/** Starts a site with so many peers of each kind. */
export async function startSite(counts: Readonly<Record<PeerKind, number>>): Promise<Site> {
  const end = new AbortController();
  const ended: Promise<unknown>[] = [];
  let connections = 0;
  const peers: SitePeer[] = [];
  for (const [at, kind] of mixed(counts).entries()) {
    const add = (port: number) => peers.push({ name: `${kind} ${at}`, host: HOST, port, kind });
    if (kind === "dead") {
      const closed = await closedPort(HOST);
      end.signal.addEventListener("abort", () => closed.end());
      add(closed.port);
      continue;
    }
    const listening = counted(await listen({ address: HOST, port: 0 }), () => connections += 1);
    ended.push(serve(kind, { listening, signal: end.signal }));
    add(listening.local.port);
  }
  return {
    peers,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      end.abort();
      await Promise.all(ended);
    },
  };
}

/** Kinds in an order that neither sorts nor surprises: the one that lags after its share most comes next. */
function mixed(counts: Readonly<Record<PeerKind, number>>): readonly PeerKind[] {
  const wanted = Object.entries(counts) as [PeerKind, number][];
  const total = wanted.reduce((sum, [, count]) => sum + count, 0);
  const given = new Map<PeerKind, number>();
  return Array.from({ length: total }, (_, at) => {
    const lag = ([kind, count]: [PeerKind, number]) =>
      count * (at + 1) / total - (given.get(kind) ?? 0);
    const [[kind] = ["answers"] as const] = wanted.toSorted((a, b) => lag(b) - lag(a));
    given.set(kind, (given.get(kind) ?? 0) + 1);
    return kind;
  });
}

function counted(listening: Listening, count: () => void): Listening {
  async function* connections() {
    for await (const stream of listening.connections) {
      count();
      yield stream;
    }
  }
  return { local: listening.local, connections: connections(), close: () => listening.close() };
}

async function serve(
  kind: Exclude<PeerKind, "dead">,
  { listening, signal }: { readonly listening: Listening; readonly signal: AbortSignal },
): Promise<void> {
  if (kind === "answers") return await answer(listening, signal);
  signal.addEventListener("abort", () => listening.close());
  for await (const stream of listening.connections) {
    if (kind === "silent") signal.addEventListener("abort", () => stream.close());
    else reject(stream).catch(() => {}).finally(() => stream.close());
  }
}

async function answer(listening: Listening, signal: AbortSignal): Promise<void> {
  await serveAssociations(listening, {
    maxAssociations: 100,
    maximumLength: 16_384,
    limits: { artimSeconds: 30, idleSeconds: 60 },
    clock: {
      now: () => performance.now(),
      after(ms, wake) {
        const timer = setTimeout(wake, ms);
        return () => clearTimeout(timer);
      },
    },
    signal,
    trace: () => {},
  });
}

async function reject(
  { readable, writable }: {
    readable: ReadableStream<Uint8Array>;
    writable: WritableStream<Uint8Array>;
  },
): Promise<void> {
  const reader = readable.getReader();
  await reader.read();
  await writable.getWriter().write(REJECTION);
  // The other side closes first, so that the port is free again at once.
  await reader.read();
}
