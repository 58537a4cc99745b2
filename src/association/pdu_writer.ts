/** Writes PDUs, each in one write and within a time limit. */

import type { Pdu } from "../pdu/types.ts";
import { Watchdog } from "./watchdog.ts";
import type { Clock, Wire } from "./wire.ts";

/**
 * Why a PDU was not written.
 *
 * `timeout`: the peer took nothing in time; `cancelled`: the signal was raised before it did; `first`: the socket failed
 * now; `again`: an earlier write failed, was given up, or is still under way.
 */
export type WriteFault = "timeout" | "cancelled" | "first" | "again";

/** A PDU could not be written. */
export class WriteError extends Error {
  /** Stable code. */
  override readonly name = "WriteError";
  /** The PDU that was not sent. */
  readonly pdu: Pdu["type"];
  /** Why not. */
  readonly kind: WriteFault;

  /** Makes an error for `pdu`; `cause` is the socket's own error. */
  constructor(pdu: Pdu["type"], at: { kind: WriteFault; cause?: unknown }) {
    super(`cannot send ${pdu}`, { cause: at.cause });
    this.pdu = pdu;
    this.kind = at.kind;
  }
}

/** What one write needs. */
export interface WriteOptions {
  /** Limit in seconds; `undefined` = none. */
  readonly seconds: number | undefined;
  /** For the error. */
  readonly pdu: Pdu["type"];
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
}

/** Writes to a wire. */
export class PduWriter {
  readonly #send: (bytes: Uint8Array) => Promise<void>;
  readonly #watchdog: Watchdog;
  readonly #clock: Clock;
  #failed: unknown;

  /** Takes the writable side of `wire`. */
  constructor(wire: Wire, clock: Clock) {
    this.#send = wire.write ?? writerOf(wire);
    this.#clock = clock;
    this.#watchdog = new Watchdog(clock);
  }

  /** Writes `bytes` as one write. Throws `WriteError`. */
  async write(bytes: Uint8Array, options: WriteOptions): Promise<void> {
    const { pdu, seconds, signal } = options;
    if (this.#failed !== undefined) {
      throw new WriteError(pdu, { kind: "again", cause: this.#failed });
    }
    const written = this.#send(bytes).then(() => "written" as const);
    const { promise, resolve } = Promise.withResolvers<"timeout" | "cancelled">();
    const onAbort = () => resolve("cancelled");
    signal?.addEventListener("abort", onAbort);
    if (seconds !== undefined) {
      this.#watchdog.watch(this.#clock.now() + seconds * 1000, () => resolve("timeout"));
    }
    try {
      const outcome = await Promise.race([written, promise]);
      if (outcome === "written") return;
      written.catch(() => {});
      this.#failed = outcome;
      throw new WriteError(pdu, { kind: outcome });
    } catch (cause) {
      this.#failed ??= cause;
      throw cause instanceof WriteError ? cause : new WriteError(pdu, { kind: "first", cause });
    } finally {
      signal?.removeEventListener("abort", onAbort);
      this.#watchdog.rest();
    }
  }

  /** Ends its timer. */
  stop(): void {
    this.#watchdog.stop();
  }
}

function writerOf({ writable }: Wire): (bytes: Uint8Array) => Promise<void> {
  const writer = writable.getWriter();
  writer.closed.catch(() => {});
  return (bytes) => writer.write(bytes);
}
