/** Writes a recording to its file while it goes on: after each event the file is whole. */

import { type CaptureEvent, type CaptureWriter, MOST_FILE_BYTES } from "../capture/mod.ts";
import type { LogTo } from "./context.ts";
import { logMessage } from "./logging.ts";

/** Where a recording goes. */
export interface RecordingPlace extends LogTo {
  /** The file; `undefined`: standard output. */
  readonly file: string | undefined;
  /** What it is, for complaints: `capture`, `trace`. */
  readonly what: string;
}

/** One file, or standard output. */
export class RecordingFile {
  readonly #place: RecordingPlace;
  readonly #writer: CaptureWriter;
  #pending: Uint8Array[] = [];
  #running: Promise<void> | undefined;
  #size = 0;
  #isFull = false;
  #isBegun = false;
  #failure: string | undefined;

  /** Begins the file at once: it is replaced. */
  constructor(writer: CaptureWriter, place: RecordingPlace) {
    this.#writer = writer;
    this.#place = place;
    this.#add(writer.head);
  }

  /** Adds `event`, as long as the file is not as large as it may be. */
  add(event: CaptureEvent): void {
    if (this.#isFull || this.#failure !== undefined) return;
    const bytes = this.#writer.write(event);
    if (bytes.length === 0) return;
    const { world, file } = this.#place;
    const last = this.#writer.full(world.wallTime() * 1000);
    if (this.#size + bytes.length + last.length <= MOST_FILE_BYTES) return this.#add(bytes);
    this.#isFull = true;
    this.#add(last);
    const name = file === undefined ? `the ${this.#place.what}` : `'${file}'`;
    const text = `${name} holds ${MOST_FILE_BYTES / 2 ** 20} MiB, the most that is recorded: ` +
      "what comes later is left out";
    logMessage(this.#place, { level: "warn", text });
  }

  /** Resolves once everything is written; whether that went well. */
  async flushed(): Promise<boolean> {
    while (this.#running !== undefined) await this.#running;
    return this.#failure === undefined;
  }

  #add(bytes: Uint8Array): void {
    this.#size += bytes.length;
    this.#pending.push(bytes);
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    // What happens in one go is written in one go.
    await undefined;
    while (this.#pending.length > 0 && this.#failure === undefined) {
      const bytes = joined(this.#pending);
      this.#pending = [];
      await this.#write(bytes);
    }
    this.#running = undefined;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const { world, file, what } = this.#place;
    const appending = this.#isBegun && file !== undefined
      ? { first: this.#writer.head }
      : undefined;
    this.#isBegun = true;
    const outcome = await world.writeReport(file, bytes, appending);
    if (outcome === "written") return;
    this.#failure = outcome === "unread" ? "nobody reads it" : outcome.failure;
    if (outcome === "unread") return;
    const where = file === undefined ? "standard output" : `'${file}'`;
    const text = `cannot write the ${what} to ${where}: ${outcome.failure}`;
    logMessage(this.#place, { level: "error", text });
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
