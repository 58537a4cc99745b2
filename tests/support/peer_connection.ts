/** The peer's side of one connection: reads whole PDUs, records them, and can end in every way TCP knows. */

import type { Socket } from "node:net";
import { pduName } from "./script.ts";

/** What came from the client: a PDU, or `bytes` for what is none. */
export interface Received {
  /** Name of the PDU in the standard's spelling. */
  readonly pdu: string;
  /** All of it, header included. */
  readonly bytes: Uint8Array;
}

/** How the client ended the connection; `open` while it has not, `ours` when we ended it first. */
export type ClientEnd = "open" | "fin" | "rst" | "ours";

const HEADER_LENGTH = 6;

/** One accepted connection. */
export class PeerConnection {
  /** Everything read so far, in order. */
  readonly received: Received[] = [];
  readonly #socket: Socket;
  readonly #waiting = new Set<() => void>();
  #unread = new Uint8Array(0);
  #end: ClientEnd = "open";

  /** Takes over an accepted socket. */
  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (piece: Uint8Array) => this.#take(piece));
    socket.on("end", () => this.#finish("fin"));
    socket.on("error", () => this.#finish("rst"));
    socket.on("close", () => this.#finish("ours"));
  }

  /** How the client ended. */
  get end(): ClientEnd {
    return this.#end;
  }

  /** Whether nothing can be sent any more. */
  get gone(): boolean {
    return this.#socket.destroyed || !this.#socket.writable;
  }

  /** Number of bytes that came and were not read yet. */
  get unread(): number {
    return this.#unread.length;
  }

  /** Reads one PDU; `undefined` when the client ended or stayed silent for `ms`. */
  async readPdu(ms: number): Promise<Received | undefined> {
    if (!await this.#until(() => this.#unread.length >= HEADER_LENGTH, ms)) return undefined;
    const view = new DataView(this.#unread.buffer, this.#unread.byteOffset);
    const length = HEADER_LENGTH + view.getUint32(2);
    if (!await this.#until(() => this.#unread.length >= length, ms)) return undefined;
    return this.#record(pduName(this.#unread[0] ?? 0), length);
  }

  /** Reads exactly `count` bytes of whatever kind; `undefined` as for `readPdu`. */
  async readBytes(count: number, ms: number): Promise<Received | undefined> {
    if (!await this.#until(() => this.#unread.length >= count, ms)) return undefined;
    return this.#record("bytes", count);
  }

  /** Reads whatever still comes until the client ends or `ms` have passed; true when it ended. */
  async drain(ms: number): Promise<boolean> {
    while (await this.readPdu(ms) !== undefined);
    const ended = await this.waitForEnd(ms);
    if (this.#unread.length > 0) this.#record("bytes", this.#unread.length);
    return ended;
  }

  /** Waits for the client to end; false when it did not within `ms`. */
  waitForEnd(ms: number): Promise<boolean> {
    return this.#until(() => this.#end !== "open", ms);
  }

  /** Writes bytes; resolves with false when the connection is gone. */
  write(bytes: Uint8Array): Promise<boolean> {
    if (this.gone) return Promise.resolve(false);
    return new Promise((done) => this.#socket.write(bytes, (problem) => done(!problem)));
  }

  /** Sends FIN but goes on reading. */
  shutdown(): Promise<void> {
    return new Promise((done) => this.#socket.end(() => done()));
  }

  /** Closes both directions. */
  close(): void {
    this.#socket.destroy();
  }

  /** Breaks the connection off with RST. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  #take(piece: Uint8Array): void {
    const joined = new Uint8Array(this.#unread.length + piece.length);
    joined.set(this.#unread);
    joined.set(piece, this.#unread.length);
    this.#unread = joined;
    this.#wake();
  }

  #record(pdu: string, length: number): Received {
    const entry = { pdu, bytes: this.#unread.slice(0, length) };
    this.#unread = this.#unread.slice(length);
    this.received.push(entry);
    return entry;
  }

  #finish(how: ClientEnd): void {
    if (this.#end === "open") this.#end = how;
    this.#wake();
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /** Waits until `happened` holds; false when the client ended or `ms` passed before. */
  #until(happened: () => boolean, ms: number): Promise<boolean> {
    if (happened()) return Promise.resolve(true);
    if (this.#end !== "open" || ms <= 0) return Promise.resolve(false);
    return new Promise((done) => {
      const settle = (result: boolean) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        done(result);
      };
      const look = () => {
        if (happened()) settle(true);
        else if (this.#end !== "open") settle(false);
      };
      const timer = setTimeout(() => settle(false), ms);
      this.#waiting.add(look);
    });
  }
}
