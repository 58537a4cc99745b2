/** HTTP by hand over connections in memory. */

import type { ByteStream } from "../../src/transport/mod.ts";
import type { MemoryListening } from "./memory_stream.ts";

/** An answer as it came. */
export interface RawAnswer {
  /** Status code; NaN when nothing like HTTP came. */
  readonly status: number;
  /** Everything before the empty line. */
  readonly head: string;
  /** Everything after it. */
  readonly body: string;
}

/** One connection of a client. */
export class MemoryClient {
  readonly #stream: ByteStream;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;

  constructor(listening: MemoryListening, host?: string) {
    this.#stream = listening.dial(host);
    this.#writer = this.#stream.writable.getWriter();
  }

  /** Sends text as it is; a server that has gone is not an error. */
  async send(text: string): Promise<void> {
    await this.#writer.write(new TextEncoder().encode(text)).catch(() => {});
  }

  /** Asks for a path as a scraper does. */
  async get(path: string, ...headers: readonly string[]): Promise<void> {
    await this.send([`GET ${path} HTTP/1.1`, "Host: exporter", ...headers, "", ""].join("\r\n"));
  }

  /** Everything until the server closes. */
  async answer(): Promise<RawAnswer> {
    let text = "";
    for await (const piece of this.#stream.readable.pipeThrough(new TextDecoderStream())) {
      text += piece;
    }
    const [head = "", ...body] = text.split("\r\n\r\n");
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
    return { status, head, body: body.join("\r\n\r\n") };
  }

  /** Leaves. */
  close(): void {
    this.#stream.close();
  }
}
