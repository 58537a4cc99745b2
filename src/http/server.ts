/**
 * Serves HTTP requests, one for each connection, by `node:http` and within its limits.
 *
 * When too many connections are open, the one that has waited longest without having asked for anything has to go; so
 * silent clients can neither use up the descriptors nor keep scrapers out. A client that leaves ends the work that is
 * done for it. What goes wrong is said before the connection closes.
 */

import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import type { Duplex } from "node:stream";
import type { Listening } from "../transport/types.ts";
import { type HttpProblem, type HttpRequest, readRequest } from "./request.ts";
import { Connections } from "./connections.ts";
import { HttpSocket } from "./socket.ts";
import type { Clock } from "./types.ts";

/** An answer. */
export interface HttpResponse {
  /** Status code. */
  readonly status: number;
  /** Media type of the body. */
  readonly type: string;
  /** The body, or what writes one that goes on. */
  readonly body: string | HttpStream;
  /** Fields besides those that every answer has; of the same name, in their place. */
  readonly headers?: Readonly<Record<string, string>>;
  /** With status 405: the methods there are; default `GET, HEAD`. */
  readonly allow?: string;
}

/** Writes a body that goes on until one side ends it; the end of the service does so too. */
export type HttpStream = (out: StreamWriter) => void;

/** Where such a body goes. */
export interface StreamWriter {
  /** Sends text. A client that has not taken what it was sent before is sent away instead. */
  readonly write: (text: string) => void;
  /** Ends the body. */
  readonly end: () => void;
  /** Raised when nobody listens any more. */
  readonly gone: AbortSignal;
}

/** Plain text of one line. */
export function textResponse(status: number, line: string): HttpResponse {
  return { status, type: "text/plain; charset=utf-8", body: `${line}\n` };
}

/** Most bytes of a head: request line and fields. Scrapers send about 300, browsers up to 4 KiB. */
const MAX_HEAD_BYTES = 8192;

/** How long a client has for its request. */
const REQUEST_SECONDS = 10;

/** Who asks. */
export interface HttpClient {
  /** The address. */
  readonly address: string;
  /** Raised when nobody waits for the answer any more. */
  readonly gone: AbortSignal;
}

/** What the server takes. */
export interface HttpDeps {
  /** Answers a request. */
  readonly answer: (request: HttpRequest, client: HttpClient) => Promise<HttpResponse>;
  /** Paths that take a POST; default none. */
  readonly posts?: readonly string[];
  /** Fields of every answer that replace the usual ones of the same name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Most connections at once. */
  readonly maxConnections: number;
  /** How long a client has for its request; default 10. */
  readonly requestSeconds?: number;
  /** Time. */
  readonly clock: Clock;
  /** Ends the service. */
  readonly signal: AbortSignal;
  /** Gets the status of every answer. */
  readonly answered: (status: number) => void;
  /** A connection was closed unanswered because there were too many. */
  readonly dropped: () => void;
  /** Gets what our own code threw instead of an answer. */
  readonly failed: (error: unknown) => void;
}

/** Serves the connections of `listening`; resolves when the signal has ended it and every connection is closed. */
export async function serveHttp(listening: Listening, deps: HttpDeps): Promise<void> {
  const connections = new Connections();
  const server = openServer(deps, connections);
  const stop = () => {
    listening.close();
    connections.closeIdle();
  };
  deps.signal.addEventListener("abort", stop);
  if (deps.signal.aborted) stop();
  for await (const stream of listening.connections) {
    if (connections.size >= deps.maxConnections) {
      deps.dropped();
      if (!connections.makeRoom()) {
        stream.close();
        continue;
      }
    }
    const socket = new HttpSocket(stream, deps.clock);
    connections.add(socket);
    server.emit("connection", socket);
  }
  deps.signal.removeEventListener("abort", stop);
  await connections.end(deps.clock);
  server.close();
}

function openServer(deps: HttpDeps, connections: Connections): Server {
  const requestMs = (deps.requestSeconds ?? REQUEST_SECONDS) * 1000;
  const server = createServer({
    maxHeaderSize: MAX_HEAD_BYTES,
    headersTimeout: requestMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: Math.min(1000, requestMs),
    // Answered by us, with a sentence.
    requireHostHeader: false,
  });
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    if (!(socket instanceof HttpSocket)) return;
    connections.asked(socket);
    response.once("finish", () => connections.answered(socket));
    void answerTo(request, { socket, response, deps });
  };
  server.on("request", serve);
  // Nobody is asked to go on, and nothing else is expected: such requests are like others.
  server.on("checkContinue", serve);
  server.on("checkExpectation", serve);
  server.on("connect", ({ socket }: IncomingMessage) => {
    if (!(socket instanceof HttpSocket)) return;
    connections.answered(socket);
    const problem = { status: 405, problem: "only GET and HEAD are answered" } as const;
    refuse(socket, { problem, deps });
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (!(socket instanceof HttpSocket)) return;
    const problem = problemOf(error);
    connections.answered(socket);
    if (problem === undefined) socket.destroy();
    else refuse(socket, { problem, deps });
  });
  // Without a listening socket of its own the server would not look after its time limits.
  server.emit("listening");
  return server;
}

/** What is wrong with a request that `node:http` cannot read; `undefined` when the client has gone. */
function problemOf({ code = "" }: NodeJS.ErrnoException): HttpProblem | undefined {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return { status: 408, problem: "the request came too slowly" };
  }
  if (code === "HPE_HEADER_OVERFLOW") {
    return { status: 431, problem: `a request may have ${MAX_HEAD_BYTES} bytes` };
  }
  if (!code.startsWith("HPE_") || code === "HPE_INVALID_EOF_STATE") return undefined;
  return {
    status: 400,
    problem: code.includes("HEADER") || code.includes("LENGTH")
      ? "a header field is malformed"
      : "this is not an HTTP request",
  };
}

interface Answering {
  readonly socket: HttpSocket;
  readonly response: ServerResponse;
  readonly deps: HttpDeps;
}

async function answerTo(
  request: IncomingMessage,
  { socket, response, deps }: Answering,
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort("the client has gone"));
  const asked = readRequest(request, deps.posts ?? []);
  if ("problem" in asked) socket.refused();
  const answer = "problem" in asked
    ? textResponse(asked.status, asked.problem)
    : await responseTo(asked, { deps, client: { address: socket.client, gone: gone.signal } });
  if (response.destroyed) return;
  deps.answered(answer.status);
  const headers = { ...headersOf(answer), ...deps.headers, ...answer.headers };
  if (typeof answer.body === "function") {
    response.writeHead(answer.status, headers);
    if (request.method === "HEAD") return void response.end();
    return stream(answer.body, { socket, response, deps, gone: gone.signal });
  }
  const body = new TextEncoder().encode(answer.body);
  response.writeHead(answer.status, { ...headers, "Content-Length": `${body.length}` });
  response.end(body);
}

/** Has a body written that goes on; the end of the service ends it. */
function stream(
  body: HttpStream,
  { socket, response, deps, gone }: Answering & { readonly gone: AbortSignal },
): void {
  socket.goesOn();
  const end = () => void response.end();
  deps.signal.addEventListener("abort", end);
  response.once("close", () => deps.signal.removeEventListener("abort", end));
  body({
    write(text) {
      if (response.writableEnded || response.destroyed) return;
      if (response.writableNeedDrain) socket.destroy();
      else response.write(text);
    },
    end,
    gone,
  });
  if (deps.signal.aborted) end();
}

async function responseTo(
  request: HttpRequest,
  { deps, client }: { readonly deps: HttpDeps; readonly client: HttpClient },
): Promise<HttpResponse> {
  try {
    return await deps.answer(request, client);
  } catch (error) {
    deps.failed(error);
    return textResponse(500, "this program has a defect, please report it");
  }
}

/** Answers past the server, which has not made a request of what came. */
function refuse(
  socket: HttpSocket,
  { problem: { status, problem }, deps }: {
    readonly problem: HttpProblem;
    readonly deps: HttpDeps;
  },
): void {
  if (socket.writableEnded || socket.destroyed) return;
  deps.answered(status);
  const response = textResponse(status, problem);
  const body = `${response.body}`;
  const headers = Object.entries({
    ...headersOf(response),
    ...deps.headers,
    "Content-Length": body.length,
  });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `Date: ${new Date().toUTCString()}`,
  ];
  socket.refused();
  socket.write(`${head.join("\r\n")}\r\n\r\n${socket.asksForHead ? "" : body}`);
  socket.destroySoon();
}

/**
 * Every connection serves one request, which costs little and leaves nothing to keep track of. A page may use style
 * sheets of its own and nothing else, whatever a peer may have put into it.
 */
function headersOf(
  { status, type, allow = "GET, HEAD" }: HttpResponse,
): Record<string, string> {
  return {
    "Content-Type": type,
    "Connection": "close",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    ...(status === 405 ? { "Allow": allow } : {}),
    ...(status === 503 ? { "Retry-After": "1" } : {}),
  };
}
