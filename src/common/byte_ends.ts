/**
 * The two ends of a connection without Web Streams, for who reads or writes it and nothing else.
 *
 * The runtime loads its Web Streams when the first one is made, which takes a fifth of what a whole check costs at least.
 */

/** Gives the next bytes of the peer, as they came; `undefined`: there are no more. Never rejects because of the peer. */
export type ReadBytes = () => Promise<Uint8Array | undefined>;

/** Writes bytes, as one write to the socket; rejects with the socket's error. */
export type WriteBytes = (bytes: Uint8Array) => Promise<void>;

/** How `end` is read: directly where it can be, else by its stream, which nobody else reads from then on. */
export function readsOf(
  end: { readonly readable: ReadableStream<Uint8Array>; readonly read?: ReadBytes },
): ReadBytes {
  if (end.read !== undefined) return end.read;
  const reader = end.readable.getReader();
  return async () => (await reader.read()).value;
}

/** How `end` is written to: directly where it can be, else by its stream, which nobody else writes to from then on. */
export function writesOf(
  end: { readonly writable: WritableStream<Uint8Array>; readonly write?: WriteBytes },
): WriteBytes {
  if (end.write !== undefined) return end.write;
  const writer = end.writable.getWriter();
  writer.closed.catch(() => {});
  return (bytes) => writer.write(bytes);
}

/** The stream of such reads; `readAhead`: how many of them it makes before anybody asks. */
export function readableOf(read: ReadBytes, readAhead = 0): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const bytes = await read();
      if (bytes === undefined) controller.close();
      else controller.enqueue(bytes);
    },
  }, { highWaterMark: readAhead });
}
