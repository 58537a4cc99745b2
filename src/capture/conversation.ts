/**
 * One conversation as it goes on: bytes in pieces become whole PDUs.
 *
 * A PDU is given out when it is whole, because only then is it known where something secret is in it. What is no PDU
 * is kept to the end of the conversation for the same reason.
 */

import { PDU_TYPES } from "../pdu/mod.ts";
import { LONGEST_PDU, MOST_OTHER_BYTES } from "./limits.ts";
import type { CaptureEvent, Direction, Parties, Piece, Unit } from "./types.ts";

/** How a conversation is recorded. */
export interface ConversationDeps {
  /** Gets what happens, in the order in which it is known. */
  readonly emit: (event: CaptureEvent) => void;
  /** Takes out of bytes what nobody may read; as many bytes as before. */
  readonly mask: (bytes: Uint8Array, kind: Unit["kind"]) => Uint8Array;
}

/** Bytes that are only lent, and when they were sent or came, in microseconds since 1970. */
export interface LentBytes {
  /** What was sent or came. */
  readonly bytes: Uint8Array;
  /** When. */
  readonly at: number;
}

/** One connection between two parties. */
export class Conversation {
  readonly #parties: Parties;
  readonly #deps: ConversationDeps;
  readonly #flows: Readonly<Record<Direction, Flow>> = { sent: newFlow(), received: newFlow() };
  /** Neither side can send. */
  #isOver = false;
  #isClosed = false;

  /** Begins when the connection is established; says so. */
  constructor(parties: Parties, deps: ConversationDeps) {
    this.#parties = parties;
    this.#deps = deps;
    deps.emit({ type: "opened", parties });
  }

  /** Notes bytes that were sent or came. */
  data(direction: Direction, { bytes, at }: LentBytes): void {
    if (this.#isOver || bytes.length === 0) return;
    const flow = this.#flows[direction];
    const answered = other(direction);
    if (this.#flows[answered].isForeign) this.#giveRest(answered);
    if (flow.isForeign) return this.#keepOther(flow, { bytes, at });
    append(flow, { bytes, at });
    for (let length = nextLength(flow); length !== undefined; length = nextLength(flow)) {
      if (length === "foreign") {
        const rest = flow.bytes.slice(0, flow.length);
        const pieces = takePieces(flow, rest.length);
        Object.assign(flow, { isForeign: true, bytes: new Uint8Array(), length: 0 });
        let from = 0;
        for (const piece of pieces) {
          const bytes = rest.subarray(from, from + piece.length);
          this.#keepOther(flow, { bytes, at: piece.at });
          from += piece.length;
        }
        return;
      }
      this.#give(direction, { kind: "pdu", bytes: takeBytes(flow, length) });
    }
  }

  /** Notes what no byte says. */
  note(text: string, at: number): void {
    this.#deps.emit({ type: "note", parties: this.#parties, at, text });
  }

  /** Notes that a direction has ended; the second time nothing happens. */
  end(
    direction: Direction,
    { how, at }: { readonly how: "fin" | "reset"; readonly at: number },
  ): void {
    const flow = this.#flows[direction];
    if (this.#isOver || flow.isEnded) return;
    this.#giveRest(direction);
    if (how === "reset") this.#giveRest(other(direction));
    flow.isEnded = true;
    this.#isOver = how === "reset" || (this.#flows.sent.isEnded && this.#flows.received.isEnded);
    this.#deps.emit({ type: "ended", parties: this.#parties, direction, how, at });
  }

  /** Notes that we have closed the connection: nothing more happens in it. */
  close(at: number): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (!this.#isOver) {
      this.#giveRest("received");
      this.end("sent", { how: "fin", at });
      this.#isOver = true;
    }
    this.#deps.emit({ type: "over", parties: this.#parties });
  }

  #keepOther(flow: Flow, { bytes, at }: LentBytes): void {
    const room = Math.max(0, MOST_OTHER_BYTES - flow.length);
    const kept = bytes.subarray(0, room);
    flow.dropped += bytes.length - kept.length;
    if (kept.length === 0) return;
    append(flow, { bytes: kept, at });
  }

  #giveRest(direction: Direction): void {
    const flow = this.#flows[direction];
    if (flow.length === 0) return;
    this.#give(direction, { kind: "other", bytes: takeBytes(flow, flow.length) });
  }

  #give(
    direction: Direction,
    { kind, bytes }: { readonly kind: Unit["kind"]; readonly bytes: Uint8Array },
  ): void {
    const flow = this.#flows[direction];
    const { offset, dropped } = flow;
    const pieces = takePieces(flow, bytes.length);
    flow.offset += bytes.length + dropped;
    flow.dropped = 0;
    const unit: Unit = {
      direction,
      kind,
      bytes: this.#deps.mask(bytes, kind),
      pieces,
      offset,
      dropped,
    };
    this.#deps.emit({ type: "unit", parties: this.#parties, unit });
  }
}

/** The direction of the other side. */
export function other(direction: Direction): Direction {
  return direction === "sent" ? "received" : "sent";
}

/** One direction. */
interface Flow {
  /** What waits to become whole: the first `length` of these. */
  bytes: Uint8Array;
  length: number;
  pieces: Piece[];
  /** Bytes given out before. */
  offset: number;
  /** Bytes that were not kept. */
  dropped: number;
  /** What comes is not PDUs. */
  isForeign: boolean;
  isEnded: boolean;
}

function newFlow(): Flow {
  return {
    bytes: new Uint8Array(),
    length: 0,
    pieces: [],
    offset: 0,
    dropped: 0,
    isForeign: false,
    isEnded: false,
  };
}

const HEADER_LENGTH = 6;

/** How long the PDU is that the bytes begin with; `undefined`: it is not whole yet. */
function nextLength({ bytes, length }: Flow): number | "foreign" | undefined {
  const [type = 0] = bytes;
  if (length === 0) return undefined;
  if (!(type in PDU_TYPES)) return "foreign";
  if (length < HEADER_LENGTH) return undefined;
  const whole = HEADER_LENGTH + new DataView(bytes.buffer, bytes.byteOffset).getUint32(2);
  if (whole > LONGEST_PDU) return "foreign";
  return whole > length ? undefined : whole;
}

/** Pieces that wait are told apart up to this many, for a peer may send single bytes. */
const MOST_PIECES = 4096;

/** Room grows with what has come, not with what is announced. */
function append(flow: Flow, { bytes, at }: LentBytes): void {
  const last = flow.pieces.at(-1);
  if (last !== undefined && flow.pieces.length >= MOST_PIECES) {
    flow.pieces[flow.pieces.length - 1] = { at: last.at, length: last.length + bytes.length };
  } else flow.pieces.push({ at, length: bytes.length });
  const needed = flow.length + bytes.length;
  if (needed > flow.bytes.length) {
    const grown = new Uint8Array(Math.max(needed, flow.bytes.length * 2));
    grown.set(flow.bytes.subarray(0, flow.length));
    flow.bytes = grown;
  }
  flow.bytes.set(bytes, flow.length);
  flow.length = needed;
}

function takeBytes(flow: Flow, count: number): Uint8Array {
  const taken = flow.bytes.slice(0, count);
  flow.bytes = flow.bytes.slice(count, flow.length);
  flow.length -= count;
  return taken;
}

/** The pieces that the first `count` bytes came in; the last one may be cut. */
function takePieces(flow: Flow, count: number): readonly Piece[] {
  const taken: Piece[] = [];
  let left = count;
  let at = 0;
  for (; left > 0; at += 1) {
    const piece = flow.pieces[at];
    if (piece === undefined) break;
    const length = Math.min(piece.length, left);
    taken.push({ at: piece.at, length });
    left -= length;
    if (length < piece.length) {
      flow.pieces[at] = { at: piece.at, length: piece.length - length };
      break;
    }
  }
  flow.pieces.splice(0, at);
  return taken;
}
