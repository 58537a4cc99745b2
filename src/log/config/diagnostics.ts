/**
 * What the engine says about itself: `log4cplus:ERROR` and `log4cplus:WARN` on standard error, `log4cplus:` (with
 * `configDebug`) on standard output. No level letter and no time, and none of it changes the exit code.
 */
import { type ByteText, toBytes } from "./byte_text.ts";

/** Where diagnostics are written. */
export interface DiagnosticStreams {
  /** Standard output. */
  writeOut(bytes: Uint8Array): void;
  /** Standard error. */
  writeErr(bytes: Uint8Array): void;
}

/** The engine's own voice. */
export class Diagnostics {
  readonly #streams: DiagnosticStreams;
  /** Whether `debug` lines are wanted. */
  debugging = false;
  /** Whether everything is held back. */
  quiet = false;

  /** Speaks on the given streams. */
  constructor(streams: DiagnosticStreams) {
    this.#streams = streams;
  }

  /** Something does not work. */
  error(text: ByteText): void {
    if (!this.quiet) this.#streams.writeErr(toBytes(`log4cplus:ERROR ${text}\n`));
  }

  /** Something is odd. */
  warn(text: ByteText): void {
    if (!this.quiet) this.#streams.writeErr(toBytes(`log4cplus:WARN ${text}\n`));
  }

  /** What the engine does, for those who asked. */
  debug(text: ByteText): void {
    if (this.debugging && !this.quiet) this.#streams.writeOut(toBytes(`log4cplus: ${text}\n`));
  }
}

/** Speaks up once and then keeps silent until things were well again. */
export class OnceError {
  readonly #diagnostics: Diagnostics;
  #spoken = false;

  /** Speaks through `diagnostics`. */
  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics;
  }

  /** Whether it has spoken since the last reset. */
  get spoken(): boolean {
    return this.#spoken;
  }

  /** Reports an error unless one was reported already. */
  error(text: ByteText): void {
    if (!this.#spoken) this.#diagnostics.error(text);
    this.#spoken = true;
  }

  /** Warns unless something was reported already. */
  warn(text: ByteText): void {
    if (!this.#spoken) this.#diagnostics.warn(text);
    this.#spoken = true;
  }

  /** Lets the next error be heard again. */
  reset(): void {
    this.#spoken = false;
  }
}
