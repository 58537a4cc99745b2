/** What the upper layer needs from below: a pair of byte streams and a clock. */

/** A connection as the upper layer sees it; `transport`'s `ByteStream` is one. */
export interface Wire {
  /** Bytes from the peer. It ends, and never errors, when the peer closes or resets. */
  readonly readable: ReadableStream<Uint8Array>;
  /** Bytes to the peer: one chunk is one write; rejects with the socket's error. */
  readonly writable: WritableStream<Uint8Array>;
  /** The same without a stream, where there is such a way. */
  readonly write?: (bytes: Uint8Array) => Promise<void>;
  /** Why `readable` ended; `undefined` while it has not. */
  readonly ending: "fin" | "reset" | "closed" | undefined;
  /** Closes both directions; idempotent. */
  close(): void;
}

/** Time as a value that is handed down, so that tests can use their own. */
export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number;
  /** Calls `wake` once after `ms` milliseconds, unless the returned function is called before. */
  after(ms: number, wake: () => void): () => void;
}
