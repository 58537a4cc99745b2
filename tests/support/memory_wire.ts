/** A connection without a network: the test holds its other end. */

import type { ByteStream, Ending } from "../../src/transport/mod.ts";
import { fromHex } from "./script.ts";

/** What writing does. */
export type Writing = "works" | "stalls" | { readonly fails: unknown };

/** One end of a connection; the methods are the peer's. */
export class MemoryWire implements ByteStream {
  /** Bytes from the peer. */
  readonly readable: ReadableStream<Uint8Array>;
  /** Bytes to the peer. */
  readonly writable: WritableStream<Uint8Array>;
  /** Nowhere. */
  readonly local = { host: "127.0.0.1", port: 1 };
  /** Nowhere either. */
  readonly remote = { host: "127.0.0.1", port: 2 };
  /** What was written, chunk by chunk. */
  readonly written: Uint8Array[] = [];
  /** What writing does. */
  writing: Writing = "works";
  /** Told of each chunk that was written. */
  onWrite: () => void = () => {};
  /** How often this end was closed. */
  closed = 0;
  readonly #unstall: (() => void)[] = [];
  #ending: Ending | undefined;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  /** Makes a connection that is established. */
  constructor() {
    this.readable = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
      },
    });
    this.writable = new WritableStream<Uint8Array>({ write: (chunk) => this.#write(chunk) });
  }

  /** Why the readable ended. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** What was written, as hex, one text per chunk. */
  get sent(): string[] {
    return this.written.map((chunk) => chunk.toHex());
  }

  /** The peer sends hex, in one piece or in pieces of `size` bytes; nobody hears it after the end. */
  send(hex: string, size = Infinity): void {
    if (this.#ending !== undefined) return;
    const bytes = fromHex(hex);
    for (let at = 0; at < bytes.length; at += size) {
      this.#controller?.enqueue(bytes.slice(at, at + size));
    }
  }

  /** The peer is gone. */
  end(how: Ending = "fin"): void {
    if (this.#ending !== undefined) return;
    this.#ending = how;
    this.#controller?.close();
    for (const go of this.#unstall) go();
  }

  /** Closes this end. */
  close(): void {
    this.closed += 1;
    this.end("closed");
  }

  #write(chunk: Uint8Array): Promise<void> | void {
    const { writing } = this;
    if (typeof writing === "object") throw writing.fails;
    this.written.push(chunk.slice());
    this.onWrite();
    if (writing === "stalls") return new Promise((resolve) => this.#unstall.push(resolve));
  }
}
