/** Writes PDUs, each in one write and within a time limit. */

import type { Pdu } from "../pdu/types.ts";
import { Watchdog } from "./watchdog.ts";
import type { Clock, Wire } from "./wire.ts";

/** A PDU could not be written. */
export class WriteError extends Error {
  /** Stable code. */
  override readonly name = "WriteError";
  /** The PDU that was not sent. */
  readonly pdu: Pdu["type"];
  /** `timeout`: the peer took nothing in time; `first`: the socket failed now; `again`: it had failed before. */
  readonly kind: "timeout" | "first" | "again";

  /** Makes an error for `pdu`; `cause` is the socket's own error. */
  constructor(pdu: Pdu["type"], at: { kind: "timeout" | "first" | "again"; cause?: unknown }) {
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
}

/** Writes to a wire. */
export class PduWriter {
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #watchdog: Watchdog;
  readonly #clock: Clock;
  #failed: unknown;

  /** Takes the writable side of `wire`. */
  constructor(wire: Wire, clock: Clock) {
    this.#writer = wire.writable.getWriter();
    this.#writer.closed.catch(() => {});
    this.#clock = clock;
    this.#watchdog = new Watchdog(clock);
  }

  /** Writes `bytes` as one write. Throws `WriteError`. */
  async write(bytes: Uint8Array, options: WriteOptions): Promise<void> {
    const { pdu, seconds } = options;
    if (this.#failed !== undefined) {
      throw new WriteError(pdu, { kind: "again", cause: this.#failed });
    }
    const written = this.#writer.write(bytes).then(() => "written" as const);
    const { promise, resolve } = Promise.withResolvers<"timeout">();
    if (seconds !== undefined) {
      this.#watchdog.watch(this.#clock.now() + seconds * 1000, () => resolve("timeout"));
    }
    try {
      if (await Promise.race([written, promise]) === "written") return;
      written.catch(() => {});
      this.#failed = "timeout";
    } catch (cause) {
      this.#failed = cause;
      throw new WriteError(pdu, { kind: "first", cause });
    } finally {
      this.#watchdog.rest();
    }
    throw new WriteError(pdu, { kind: "timeout" });
  }

  /** Ends its timer. */
  stop(): void {
    this.#watchdog.stop();
  }
}
