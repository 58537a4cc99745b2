/** A `ByteStream` as the kind of stream that the runtime's TLS runs over, with a watch on what passes. */

import { Duplex } from "node:stream";
import type { HandshakeWatch } from "./tls_records.ts";
import type { ByteStream } from "./types.ts";

/** What is reported about the connection below. */
export interface DuplexEvents {
  /** Something came. */
  readonly onBytes: () => void;
  /** Something went out. */
  readonly onSent: () => void;
  /** The watch found that this is not a handshake. */
  readonly onProblem: () => void;
  /** The peer's side has ended. */
  readonly onEnd: () => void;
}

/** A connection in the hands of the runtime's TLS. */
export interface Wire {
  /** What TLS runs over; destroying it does not close the connection, which belongs to whoever dialled it. */
  readonly duplex: Duplex;
  /** Sends bytes past TLS; best effort. */
  readonly send: (bytes: Uint8Array) => Promise<void>;
}

/** Puts `stream` into the hands of the runtime's TLS. */
export function wireOver(
  stream: ByteStream,
  { watch, events }: { readonly watch: HandshakeWatch; readonly events: DuplexEvents },
): Wire {
  const reader = stream.readable.getReader();
  const writer = stream.writable.getWriter();
  async function read(this: Duplex): Promise<void> {
    const { done, value } = await reader.read();
    if (done) {
      events.onEnd();
      this.push(null);
      return;
    }
    events.onBytes();
    if (watch.incoming(value)) this.push(value);
    else events.onProblem();
  }
  const duplex = new Duplex({
    read() {
      void read.call(this).catch(() => this.push(null));
    },
    write(chunk: Uint8Array, _encoding, done) {
      const bytes = new Uint8Array(chunk);
      watch.outgoing(bytes);
      writer.write(bytes).then(() => {
        done();
        events.onSent();
      }, (error) => done(error));
    },
    destroy(_error, done) {
      reader.cancel().catch(() => {});
      done(null);
    },
  });
  return { duplex, send: (bytes) => writer.write(bytes).catch(() => {}) };
}
