/** Connections in memory, for tests without a network: what one end writes, the other reads. */

import { decodePdu, encodePdu, type Pdu } from "../../src/pdu/mod.ts";
import type { ByteStream, Ending, Endpoint, Listening } from "../../src/transport/mod.ts";

/** Two ends of one connection. */
export interface MemoryConnection {
  /** The end that the code under test gets. */
  readonly near: ByteStream;
  /** The test's end. */
  readonly far: FarEnd;
}

/** One direction: bytes wait here until they are read. */
class Line {
  readonly readable: ReadableStream<Uint8Array>;
  ending: Ending | undefined;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor() {
    this.readable = new ReadableStream({
      start: (controller) => void (this.#controller = controller),
    });
  }

  put(bytes: Uint8Array): void {
    if (this.ending === undefined) this.#controller?.enqueue(bytes.slice());
  }

  end(ending: Ending): void {
    if (this.ending !== undefined) return;
    this.ending = ending;
    try {
      this.#controller?.close();
    } catch {
      // The reader has cancelled it.
    }
  }
}

/** Connects two ends. */
export function connectInMemory(
  remote: Endpoint = { host: "192.0.2.1", port: 40_000 },
): MemoryConnection {
  const toNear = new Line();
  const toFar = new Line();
  const local = { host: "192.0.2.2", port: 11_112 };
  const near = endOf({ incoming: toNear, outgoing: toFar, local, remote });
  return { near, far: new FarEnd(toNear, toFar) };
}

function endOf(
  end: { incoming: Line; outgoing: Line; local: Endpoint; remote: Endpoint },
): ByteStream {
  const { incoming, outgoing, local, remote } = end;
  return {
    readable: incoming.readable,
    writable: new WritableStream<Uint8Array>({
      write(chunk) {
        if (outgoing.ending !== undefined) throw new Error("Broken pipe");
        outgoing.put(chunk);
      },
      close: () => outgoing.end("fin"),
    }),
    local,
    remote,
    get ending() {
      return incoming.ending;
    },
    close() {
      incoming.end("closed");
      outgoing.end("fin");
    },
  };
}

/** What the test does as the peer. */
export class FarEnd {
  readonly #toNear: Line;
  readonly #toFar: Line;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #buffer = new Uint8Array(0);

  constructor(toNear: Line, toFar: Line) {
    this.#toNear = toNear;
    this.#toFar = toFar;
    this.#reader = toFar.readable.getReader();
  }

  /** Whether the other side has closed. */
  get isClosedByOther(): boolean {
    return this.#toFar.ending !== undefined;
  }

  /** Sends bytes or PDUs in one piece. */
  send(...parts: readonly (Uint8Array | Pdu)[]): void {
    this.#toNear.put(
      join(parts.map((part) => part instanceof Uint8Array ? part : encodePdu(part))),
    );
  }

  /** Ends both directions. */
  hangUp(how: "fin" | "reset" = "fin"): void {
    this.#toNear.end(how);
    this.#toFar.end(how);
  }

  /** The bytes of the next PDU; empty when the other side has closed. */
  async receiveBytes(): Promise<Uint8Array> {
    for (;;) {
      const [, , a = 0, b = 0, c = 0, d = 0] = this.#buffer;
      const total = 6 + a * 0x1000000 + b * 0x10000 + c * 0x100 + d;
      if (this.#buffer.length >= 6 && this.#buffer.length >= total) {
        const pdu = this.#buffer.slice(0, total);
        this.#buffer = this.#buffer.slice(total);
        return pdu;
      }
      const { done, value } = await this.#reader.read();
      if (done) return new Uint8Array(0);
      this.#buffer = join([this.#buffer, value]);
    }
  }

  /** The next PDU; `undefined` when the other side has closed. */
  async receive(): Promise<Pdu | undefined> {
    const bytes = await this.receiveBytes();
    return bytes.length === 0 ? undefined : decodePdu(bytes);
  }

  /** Everything that still comes until the other side closes. */
  async receiveAll(): Promise<Pdu[]> {
    const pdus: Pdu[] = [];
    for (let pdu = await this.receive(); pdu !== undefined; pdu = await this.receive()) {
      pdus.push(pdu);
    }
    return pdus;
  }
}

/** A listening socket in memory. */
export interface MemoryListening extends Listening {
  /** Connects to it; the test's end. */
  connect(): FarEnd;
  /** Connects to it, from any address; a whole end, for a requestor under test. */
  dial(host?: string): ByteStream;
}

/** Makes a listening socket that only this test can reach. */
export function listenInMemory(): MemoryListening {
  let controller: ReadableStreamDefaultController<ByteStream> | undefined;
  const connections = new ReadableStream<ByteStream>({
    start: (given) => void (controller = given),
  });
  let port = 40_000;
  let closed = false;
  return {
    local: { host: "192.0.2.2", port: 11_112 },
    connections,
    close() {
      if (!closed) controller?.close();
      closed = true;
    },
    connect() {
      const { near, far } = connectInMemory({ host: "192.0.2.1", port: port++ });
      controller?.enqueue(near);
      return far;
    },
    dial(host = "192.0.2.1") {
      const incoming = new Line();
      const outgoing = new Line();
      const caller = { host, port: port++ };
      const here = { host: "192.0.2.2", port: 11_112 };
      controller?.enqueue(
        endOf({ incoming: outgoing, outgoing: incoming, local: here, remote: caller }),
      );
      return endOf({ incoming, outgoing, local: caller, remote: here });
    },
  };
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
