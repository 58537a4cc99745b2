/**
 * Serves HTTP requests, one for each connection, within limits that no client can stretch.
 *
 * A connection has a few seconds for its head. When too many are open, the one that has waited longest without having
 * asked for anything has to go; so silent clients can neither use up the descriptors nor keep scrapers out. A client
 * that leaves ends the work that is done for it. What goes wrong is told before the connection closes, and what the
 * client still sends is read for a moment, because closing with bytes unread would reset the connection and might
 * destroy the answer on its way.
 */

import type { ByteStream, Listening } from "../transport/types.ts";
import {
  beginsLikeHttp,
  headEnd,
  type HttpProblem,
  type HttpRequest,
  MAX_HEAD_BYTES,
  NO_HTTP,
  parseHead,
} from "./http_request.ts";
import { encodeResponse, type HttpResponse, textResponse } from "./http_response.ts";
import type { Clock } from "./types.ts";

/** What the server takes. */
export interface HttpMeans {
  /** Answers a request; the signal is raised when nobody waits for the answer any more. */
  readonly answer: (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>;
  /** Most connections at once. */
  readonly maxConnections: number;
  /** Time. */
  readonly clock: Clock;
  /** Milliseconds since 1970. */
  readonly wallTime: () => number;
  /** Ends the service. */
  readonly signal: AbortSignal;
  /** Gets the status of every answer. */
  readonly answered: (status: number) => void;
  /** A connection was closed unanswered because there were too many. */
  readonly dropped: () => void;
  /** Gets what our own code threw instead of an answer. */
  readonly failed: (error: unknown) => void;
}

/** How long a client has for the head of its request. */
const HEAD_SECONDS = 10;

/** How long a client has to take the answer. */
const WRITE_SECONDS = 10;

/** How long what a client still sends is read after its request was refused. */
const LINGER_SECONDS = 1;

/** How long answers that are on their way may take when the service ends. */
const GRACE_SECONDS = 2;

/** Serves the connections of `listening`; resolves when the signal has ended it and every connection is closed. */
export async function serveHttp(listening: Listening, means: HttpMeans): Promise<void> {
  const idle = new Set<Connection>();
  /** Without those that were sent away and are about to end. */
  const open = new Set<Connection>();
  const all = new Map<Connection, Promise<void>>();
  const stop = () => {
    listening.close();
    for (const connection of idle) connection.stream.close();
  };
  means.signal.addEventListener("abort", stop);
  if (means.signal.aborted) stop();
  for await (const stream of listening.connections) {
    if (open.size >= means.maxConnections) {
      means.dropped();
      if (!makeRoom({ idle, open })) {
        stream.close();
        continue;
      }
    }
    const connection = new Connection(stream, means);
    idle.add(connection);
    open.add(connection);
    const served = connection.serve(() => idle.delete(connection)).finally(() => {
      idle.delete(connection);
      open.delete(connection);
      all.delete(connection);
    });
    all.set(connection, served);
  }
  means.signal.removeEventListener("abort", stop);
  const grace = timer(means.clock, GRACE_SECONDS);
  await Promise.race([Promise.all(all.values()), grace.done]);
  grace.stop();
  for (const connection of all.keys()) connection.stream.close();
  await Promise.all(all.values());
}

/** Closes the connection that has waited longest without asking; whether there was one. */
function makeRoom(
  { idle, open }: { readonly idle: Set<Connection>; readonly open: Set<Connection> },
): boolean {
  const [longest] = idle;
  if (longest === undefined) return false;
  idle.delete(longest);
  open.delete(longest);
  longest.stream.close();
  return true;
}

/** One connection. */
class Connection {
  readonly stream: ByteStream;
  readonly #means: HttpMeans;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #gone = new AbortController();

  constructor(stream: ByteStream, means: HttpMeans) {
    this.stream = stream;
    this.#means = means;
    this.#reader = stream.readable.getReader();
  }

  /** Serves the one request; calls `asked` when its head is there. Never rejects. */
  async serve(asked: () => void): Promise<void> {
    try {
      const request = await this.#readHead();
      asked();
      if (request === undefined) return;
      if ("problem" in request) await this.#refuse(request);
      else await this.#answer(request);
    } catch {
      // The client has gone, or was sent away.
    } finally {
      this.#gone.abort();
      this.stream.close();
      await this.#reader.cancel().catch(() => {});
    }
  }

  /** `undefined` when the client left without asking. */
  async #readHead(): Promise<HttpRequest | HttpProblem | undefined> {
    const limit = timer(this.#means.clock, HEAD_SECONDS);
    const bytes = new Uint8Array(MAX_HEAD_BYTES);
    let length = 0;
    try {
      for (;;) {
        const chunk = await Promise.race([this.#reader.read(), limit.done]);
        if (chunk === undefined) return { status: 408, problem: "the request came too slowly" };
        if (chunk.done) return undefined;
        if (length + chunk.value.length > MAX_HEAD_BYTES) {
          return { status: 431, problem: `a request may have ${MAX_HEAD_BYTES} bytes` };
        }
        bytes.set(chunk.value, length);
        length += chunk.value.length;
        if (!beginsLikeHttp(bytes)) return NO_HTTP;
        const end = headEnd(bytes.subarray(0, length));
        if (end !== undefined) return parseHead(bytes.subarray(0, end));
      }
    } finally {
      limit.stop();
    }
  }

  async #answer(request: HttpRequest): Promise<void> {
    const response = await Promise.race([this.#responseTo(request), this.#watch()]);
    if (response !== undefined) await this.#send(response, request.method === "GET");
  }

  async #responseTo(request: HttpRequest): Promise<HttpResponse> {
    try {
      return await this.#means.answer(request, this.#gone.signal);
    } catch (error) {
      this.#means.failed(error);
      return textResponse(500, "this program has a defect, please report it");
    }
  }

  /** Resolves when the client leaves; whatever else it sends is none of our business. */
  async #watch(): Promise<undefined> {
    try {
      while (!(await this.#reader.read()).done);
    } catch {
      // Ended from our side.
    }
    this.#gone.abort("the client has gone");
    return undefined;
  }

  async #refuse({ status, problem }: HttpProblem): Promise<void> {
    await this.#send(textResponse(status, problem), true);
    const limit = timer(this.#means.clock, LINGER_SECONDS);
    let left = 256 * 1024;
    while (left > 0) {
      const chunk = await Promise.race([this.#reader.read(), limit.done]);
      if (chunk === undefined || chunk.done) break;
      left -= chunk.value.length;
    }
    limit.stop();
  }

  async #send(response: HttpResponse, withBody: boolean): Promise<void> {
    const { clock, wallTime, answered } = this.#means;
    const writer = this.stream.writable.getWriter();
    const limit = timer(clock, WRITE_SECONDS);
    const bytes = encodeResponse(response, { now: wallTime(), withBody });
    answered(response.status);
    await Promise.race([writer.write(bytes), limit.done]);
    limit.stop();
  }
}

interface Timer {
  /** Resolves with `undefined` when the time is up. */
  readonly done: Promise<undefined>;
  /** Forgets about it. */
  readonly stop: () => void;
}

function timer(clock: Clock, seconds: number): Timer {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return { done: promise, stop: clock.after(seconds * 1000, () => resolve(undefined)) };
}
