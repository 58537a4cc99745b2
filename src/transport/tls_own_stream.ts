/** A connection of the own TLS engine as a `ByteStream`. */

import type { OwnCertificate, TlsFacts, TlsProblem } from "../tls/types.ts";
import type { EngineEvent, TlsClient } from "../tls_engine/mod.ts";
import { SocketError } from "./system_text.ts";
import type { ByteStream, Ending } from "./types.ts";

/** How long the goodbye of TLS may take to leave: it is one short record. */
const GOODBYE_MS = 500;
/** How long after a failed write the reason is waited for: an alert that came before is there at once. */
const REASON_MS = 200;

/** What the engine and its driver know of one connection. */
export interface OwnConnection {
  /** The engine. */
  readonly client: TlsClient;
  /** Reads from the connection below. */
  readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  /** Writes to the connection below. */
  readonly writer: WritableStreamDefaultWriter<Uint8Array>;
  /** The connection below. */
  readonly below: ByteStream;
}

/** What is known when the stream is made. */
export interface OwnEstablished {
  /** What was negotiated and shown. */
  readonly facts: TlsFacts;
  /** What became of our own certificate. */
  readonly ownCertificate: OwnCertificate;
  /** A problem with what is known besides it. */
  readonly located: (problem: TlsProblem) => TlsProblem;
  /** What came together with the end of the handshake. */
  readonly early: readonly EngineEvent[];
}

/** Makes the stream of a connection whose handshake is done and whose peer was accepted. */
export function ownStream(connection: OwnConnection, known: OwnEstablished): ByteStream {
  const { below } = connection;
  const { facts, ownCertificate } = known;
  const { authorities } = connection.client;
  const pump = new Pump(connection, known);
  const { promise: closed, resolve: resolveClosed } = Promise.withResolvers<void>();
  return {
    readable: readableOf(connection, pump),
    writable: writableOf(connection, pump),
    local: below.local,
    remote: below.remote,
    get ending() {
      return pump.ending;
    },
    tls: {
      facts,
      ownCertificate,
      ...(authorities === undefined ? {} : { authorities }),
      get problem() {
        return pump.problem;
      },
      closed,
    },
    close() {
      if (pump.isClosing) return;
      pump.isClosing = true;
      pump.ending ??= "closed";
      sayGoodbye(connection).then(resolveClosed);
    },
  };
}

/** Ends with the alert that reports an end from a cut; nobody waits for the peer's. */
async function sayGoodbye({ client, writer, below }: OwnConnection): Promise<void> {
  await within(GOODBYE_MS, writer.write(client.close().send).catch(() => {}));
  below.close();
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([work, late]);
  clearTimeout(timer);
}

/** Reads ahead by one chunk, so that an alert is seen while somebody writes, and answers what must be answered. */
class Pump {
  readonly #connection: OwnConnection;
  readonly #known: OwnEstablished;
  readonly #waiting: EngineEvent[];
  #reading: Promise<void> | undefined;
  isClosing = false;
  isOver = false;
  ending: Ending | undefined;
  problem: TlsProblem | undefined;

  constructor(connection: OwnConnection, known: OwnEstablished) {
    this.#connection = connection;
    this.#known = known;
    this.#waiting = [...known.early];
  }

  /** The next data; `undefined` when there is no more. Never rejects. */
  async next(): Promise<Uint8Array | undefined> {
    while (true) {
      const event = this.#waiting.shift();
      if (event?.type === "data") {
        this.readAhead();
        return new Uint8Array(event.bytes);
      }
      if (event !== undefined) this.#end(event);
      if (this.isOver) return undefined;
      await this.readAhead();
    }
  }

  /** Resolves when the read that is under way is done; begins one when nothing waits to be taken. */
  async readAhead(): Promise<void> {
    if (this.#reading === undefined && this.#waiting.length === 0 && !this.isOver) {
      this.#reading = this.#read().finally(() => this.#reading = undefined);
    }
    await this.#reading;
  }

  async #read(): Promise<void> {
    const { client, reader, writer, below } = this.#connection;
    const { done, value } = await reader.read();
    if (done) return this.#endBelow(below.ending);
    const { send, events } = client.receive(value);
    if (send.length > 0) await writer.write(send).catch(() => {});
    this.#waiting.push(...events);
    const last = events.at(-1);
    if (last !== undefined && last.type !== "data") this.#note(last);
  }

  /** What ends the connection is known before the data in front of it is taken. */
  #note(event: EngineEvent): void {
    if (event.type === "alert") {
      const { ownCertificate, located } = this.#known;
      this.problem ??= located({ kind: "alert", alert: event.alert, isLate: true, ownCertificate });
    }
    if (event.type === "violation") {
      this.problem ??= { kind: "violation", violation: event.violation };
    }
  }

  #end(event: EngineEvent): void {
    this.#note(event);
    this.isOver = true;
    this.ending ??= event.type === "goodbye" ? "fin" : "reset";
  }

  /** Without a goodbye it may have been cut off. */
  #endBelow(how: Ending | undefined): void {
    this.isOver = true;
    if (!this.isClosing) {
      this.problem ??= { kind: "ended", how: how === "reset" ? "reset" : "closed" };
    }
    this.ending ??= this.isClosing ? "closed" : how ?? "fin";
  }
}

function readableOf({ reader }: OwnConnection, pump: Pump): ReadableStream<Uint8Array> {
  pump.readAhead();
  return new ReadableStream({
    async pull(controller) {
      const bytes = await pump.next();
      if (bytes === undefined) controller.close();
      else controller.enqueue(bytes);
    },
    async cancel() {
      await reader.cancel().catch(() => {});
    },
  }, { highWaterMark: 0 });
}

function writableOf({ client, writer }: OwnConnection, pump: Pump): WritableStream<Uint8Array> {
  return new WritableStream({
    async write(chunk) {
      if (pump.isOver) throw new SocketError(new Error("Broken pipe"));
      try {
        await writer.write(client.write(chunk).send);
      } catch (error) {
        await within(REASON_MS, pump.readAhead());
        throw error;
      }
    },
  });
}
