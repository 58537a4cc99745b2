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
  /** From now on nothing of TLS goes out. */
  readonly mute: () => void;
  /**
   * Sends the last bytes past TLS, then reads what comes until the peer closes, so that closing does not take them
   * back: as long as `signal` lets it, and not without end. Best effort.
   */
  readonly sendLast: (bytes: Uint8Array, signal: AbortSignal) => Promise<void>;
}

interface Ends {
  readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly writer: WritableStreamDefaultWriter<Uint8Array>;
}

/** How to put a connection into the hands of TLS. */
export interface WireOptions {
  /** Gets to see what passes. */
  readonly watch: HandshakeWatch;
  /** Gets what happens. */
  readonly events: DuplexEvents;
  /** Whether the connection is still read when TLS is over; default: no. */
  readonly keepsReading?: boolean;
}

/** Puts `stream` into the hands of the runtime's TLS. */
export function wireOver(
  stream: ByteStream,
  { watch, events, keepsReading = false }: WireOptions,
): Wire {
  const reader = stream.readable.getReader();
  const writer = stream.writable.getWriter();
  let isMuted = false;
  const read = reading(reader, { watch, events });
  const duplex = new Duplex({
    read() {
      void read(this).catch(() => this.push(null));
    },
    write(chunk: Uint8Array, _encoding, done) {
      if (isMuted) return done();
      const bytes = new Uint8Array(chunk);
      watch.outgoing(bytes);
      writer.write(bytes).then(() => {
        done();
        events.onSent();
      }, (error) => done(error));
    },
    destroy(_error, done) {
      if (!keepsReading) reader.cancel().catch(() => {});
      done(null);
    },
  });
  return {
    duplex,
    send: (bytes) => writer.write(bytes).catch(() => {}),
    mute: () => void (isMuted = true),
    sendLast: (bytes, signal) => untilAborted(finish(bytes, { reader, writer }), signal),
  };
}

function reading(
  reader: Ends["reader"],
  { watch, events }: WireOptions,
): (into: Duplex) => Promise<void> {
  return async (into) => {
    const { done, value } = await reader.read();
    if (done) {
      events.onEnd();
      into.push(null);
      return;
    }
    events.onBytes();
    if (watch.incoming(value)) into.push(value);
    else events.onProblem();
  };
}

async function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise: stopped, resolve } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => resolve());
  if (signal.aborted) resolve();
  await Promise.race([work.catch(() => {}), stopped]);
}

async function finish(bytes: Uint8Array, { reader, writer }: Ends): Promise<void> {
  await writer.write(bytes);
  await writer.close();
  for (let count = 0; count < LAST_READS; count++) {
    if ((await reader.read()).done) return;
  }
}

/** Reads after the last bytes: the rest of a flight that was refused, of 256 KiB at most. */
const LAST_READS = 16;
