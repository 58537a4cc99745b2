/**
 * A peer that plays a script: used by tests in-process on a free port, or by hand as a program:
 *
 *     deno run --allow-net --allow-read tests/support/scripted_peer.ts [--port N] [--host ADDRESS] FILE [NAME]
 *
 * FILE holds one network case or a list of them, of which NAME picks one.
 */

import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { closedPort } from "./ports.ts";
import { type ClientEnd, PeerConnection, type Received } from "./peer_connection.ts";
import { type Action, parseScript, type Sending, type Step } from "./script.ts";

/** Where and how a peer listens. */
export interface Listen {
  /** Address to bind; default 127.0.0.1. */
  readonly host?: string;
  /** `refuse`: nothing listens; `full-backlog`: connection requests are never answered. */
  readonly mode?: "normal" | "refuse" | "full-backlog";
}

/** What happened on one connection. */
export interface Transcript {
  /** What the client did against the script; `undefined` when it kept to it. */
  readonly broken: string | undefined;
  /** Everything the client sent. */
  readonly received: readonly Received[];
  /** How the client ended. */
  readonly end: ClientEnd;
}

/** A running peer; `await using` stops it. */
export interface Peer extends AsyncDisposable {
  /** Address to connect to. */
  readonly host: string;
  /** Port to connect to. */
  readonly port: number;
  /** One entry per connection that came to its end. */
  readonly transcripts: readonly Transcript[];
  /** The first connection's transcript, when it has come to its end. */
  first(): Promise<Transcript>;
}

/** Plays one connection; its return value is what the client did wrong. */
export type Handler = (connection: PeerConnection) => Promise<string | undefined>;

/** How to start a peer. */
export interface PeerOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: a free one. */
  readonly port?: number;
}

/** Longest wait for something the script expects. */
const PATIENCE_MS = 180_000;
/** How long a client that broke the script is still listened to. */
const LAST_WORDS_MS = 2_000;

/** Starts a peer that plays `steps` on every connection. */
export function startScriptedPeer(
  steps: readonly Step[],
  listen: Listen & PeerOptions = {},
): Promise<Peer> {
  if (listen.mode === "refuse") return absentPeer(listen);
  if (listen.mode === "full-backlog") return deafPeer(listen);
  const actions = parseScript(steps);
  return startPeer((connection) => play(connection, actions), listen);
}

/** Starts a peer that handles every connection with `handler`. */
export async function startPeer(handler: Handler, options: PeerOptions = {}): Promise<Peer> {
  const host = options.host ?? "127.0.0.1";
  const sockets = new Set<Socket>();
  const transcripts: Transcript[] = [];
  const first = Promise.withResolvers<Transcript>();
  const server = createServer({ allowHalfOpen: true }, async (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    const connection = new PeerConnection(socket);
    const broken = await handler(connection);
    const transcript = { broken, received: connection.received, end: connection.end };
    connection.close();
    transcripts.push(transcript);
    first.resolve(transcript);
  });
  await listenOn(server, { host, port: options.port ?? 0 });
  return {
    host,
    port: (server.address() as AddressInfo).port,
    transcripts,
    first: () => first.promise,
    [Symbol.asyncDispose]: () => stop(server, sockets),
  };
}

async function play(
  connection: PeerConnection,
  actions: readonly Action[],
): Promise<string | undefined> {
  let closed = false;
  for (const action of actions) {
    const broken = await perform(connection, action);
    if (broken === "ended well") return undefined;
    if (broken !== undefined) {
      await connection.drain(LAST_WORDS_MS);
      return broken;
    }
    closed ||= action.do === "close" || action.do === "reset";
  }
  await connection.drain(closed ? 0 : PATIENCE_MS);
  return undefined;
}

/** Performs one action; returns what was wrong, or "ended well" when an optional wait found the end. */
async function perform(connection: PeerConnection, action: Action): Promise<string | undefined> {
  switch (action.do) {
    case "expect-pdu": {
      const got = await connection.readPdu(PATIENCE_MS);
      return judge(connection, { wanted: action.type ?? "PDU", got, optional: action.optional });
    }
    case "expect-bytes": {
      const got = await connection.readBytes(action.count, PATIENCE_MS);
      return judge(connection, { wanted: `${action.count} bytes`, got, optional: action.optional });
    }
    case "expect-end":
      return await expectEnd(connection, action.silent);
    case "send":
      return void await send(connection, action);
    case "wait":
      return void await pause(action.ms);
    case "shutdown":
      return void await connection.shutdown();
    case "close":
      return void connection.close();
    case "reset":
      return void connection.reset();
  }
}

interface Expectation {
  readonly wanted: string;
  readonly got: Received | undefined;
  readonly optional: boolean;
}

function judge(connection: PeerConnection, expectation: Expectation): string | undefined {
  const { wanted, got, optional } = expectation;
  if (got === undefined) {
    if (connection.end === "open") return `Expected ${wanted}, but the client stayed silent`;
    return optional ? "ended well" : `Expected ${wanted}, but the client ended (${connection.end})`;
  }
  if (wanted === "PDU" || got.pdu === "bytes" || got.pdu === wanted) return undefined;
  return `Expected ${wanted}, got ${got.pdu}`;
}

async function expectEnd(connection: PeerConnection, silent: boolean): Promise<string | undefined> {
  const ended = silent
    ? await connection.waitForEnd(PATIENCE_MS)
    : await connection.drain(PATIENCE_MS);
  if (!ended) return "The client did not close";
  return connection.unread > 0 ? `The client sent ${connection.unread} more bytes` : undefined;
}

async function send(connection: PeerConnection, sending: Sending): Promise<void> {
  const { bytes, chunk, gapMs } = sending;
  for (let at = 0; at < bytes.length; at += chunk) {
    if (at > 0) await pause(gapMs);
    if (!await connection.write(bytes.subarray(at, at + chunk))) return;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

function listenOn(server: Server, at: { host: string; port: number }): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(at.port, at.host, () => done());
  });
}

async function stop(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  for (const socket of sockets) socket.destroy();
  await closed;
}

async function absentPeer(options: PeerOptions): Promise<Peer> {
  const host = options.host ?? "127.0.0.1";
  if (options.port !== undefined) return withoutConnections({ host, port: options.port }, () => {});
  const closed = await closedPort(host);
  return withoutConnections({ host, port: closed.port }, () => closed.end());
}

/** Fills the queue of a listener that never accepts, so that further connection requests are dropped. */
async function deafPeer(options: PeerOptions): Promise<Peer> {
  const hostname = options.host ?? "127.0.0.1";
  const listener = Deno.listen({ hostname, port: options.port ?? 0, tcpBacklog: 1 });
  const { port } = listener.addr;
  const fillers: Deno.Conn[] = [];
  for (let full = false; !full;) {
    const signal = AbortSignal.timeout(300);
    await Deno.connect({ hostname, port, signal }).then(
      (filler) => fillers.push(filler),
      () => full = true,
    );
  }
  return withoutConnections({ host: hostname, port }, () => {
    for (const filler of fillers) filler.close();
    listener.close();
  });
}

function withoutConnections(
  at: { host: string; port: number },
  end: () => void,
): Peer {
  return {
    ...at,
    transcripts: [],
    first: () => Promise.reject(new Error("This peer never has a connection")),
    [Symbol.asyncDispose]: () => Promise.resolve(end()),
  };
}

interface CaseFile {
  readonly name?: string;
  readonly listen?: Listen;
  readonly scriptedPeer: readonly Step[];
}

async function main(args: string[]): Promise<number> {
  const options: { port?: number; host?: string } = {};
  const words: string[] = [];
  for (let word = args.shift(); word !== undefined; word = args.shift()) {
    if (word === "--port") options.port = Number(args.shift());
    else if (word === "--host") options.host = args.shift() ?? "";
    else words.push(word);
  }
  const [file, name] = words;
  if (file === undefined) {
    console.error("usage: scripted_peer.ts [--port N] [--host ADDRESS] FILE [NAME]");
    return 2;
  }
  const data: CaseFile | CaseFile[] = JSON.parse(await Deno.readTextFile(file));
  const found = [data].flat().find((one) => name === undefined || one.name === name);
  if (found === undefined) throw new Error(`No case ${name} in ${file}`);
  await using peer = await startScriptedPeer(found.scriptedPeer, { ...found.listen, ...options });
  console.log(`listening on ${peer.host} ${peer.port}`);
  const transcript = await peer.first();
  for (const { pdu, bytes } of transcript.received) console.log(`${pdu} ${bytes.toHex()}`);
  console.log(transcript.broken ?? `the client kept to the script (${transcript.end})`);
  return transcript.broken === undefined ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main([...Deno.args]));
