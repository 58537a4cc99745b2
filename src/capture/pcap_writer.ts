/**
 * Conversations as a capture that Wireshark opens.
 *
 * Nothing was sniffed: what this program read and wrote is put into TCP segments that are made up, with the addresses,
 * ports and times of the real connection. So no rights and no interface are needed, and what TLS carried is readable.
 */

import { addressPair } from "./address.ts";
import { other } from "./conversation.ts";
import { packetBlock, pcapngHead, remarkBlock } from "./pcapng.ts";
import { FLAGS, packetOf } from "./tcp_segment.ts";
import type { CaptureEvent, CaptureWriter, Direction, Parties, Unit } from "./types.ts";

/** Most bytes in a segment: what Ethernet carries (RFC 9293 3.7.1). */
const SEGMENT_SIZE = { 4: 1460, 16: 1440 } as const;

/** The window is 65535 * 2^7 bytes, so that no receiver seems to be full. */
const WINDOW_SHIFT = 7;

const NO_BYTES = new Uint8Array();

/** Writes conversations as pcapng. */
export class PcapWriter implements CaptureWriter {
  /** Section header and interface. */
  readonly head: Uint8Array;
  readonly #talks = new Map<number, Talk>();

  /** `application` is who writes. */
  constructor(application: string) {
    this.head = pcapngHead({
      application,
      description: "what this program read and wrote",
      comment:
        "DICOM as this program read and wrote it. IP and TCP are made up around it, with the addresses, " +
        "ports and times of the real connection; TLS is taken off. If Wireshark shows plain TCP: Decode As, DICOM.",
    });
  }

  /** The packets of `event`. */
  write(event: CaptureEvent): Uint8Array {
    const { number } = event.parties;
    if (event.type === "opened") {
      const talk = new Talk(event.parties);
      this.#talks.set(number, talk);
      return talk.open();
    }
    const talk = this.#talks.get(number);
    if (talk === undefined) return NO_BYTES;
    switch (event.type) {
      case "unit":
        return talk.unit(event.unit);
      case "note":
        return remarkBlock(`conversation ${number}: ${event.text}`, event.at);
      case "ended":
        return talk.end(event);
      case "over":
        this.#talks.delete(number);
        return NO_BYTES;
    }
  }

  /** A remark. */
  full(at: number): Uint8Array {
    return remarkBlock("This file is as large as it may be: what came later is missing.", at);
  }
}

/** One side of a conversation. */
interface Party {
  readonly address: Uint8Array;
  readonly port: number;
  /** Sequence number of the next byte. */
  next: number;
  packets: number;
}

/** The made-up TCP of one conversation. */
class Talk {
  readonly #parties: Parties;
  readonly #sides: Readonly<Record<Direction, Party>>;

  constructor(parties: Parties) {
    const { local, remote, number } = parties;
    const [own, other] = addressPair(local.host, remote.host);
    // Each conversation has numbers of its own, since a port may be used again.
    const first = (number * 0x0100_0000) % 2 ** 32;
    const side = (address: Uint8Array, port: number): Party => ({
      address,
      port,
      next: first,
      packets: 0,
    });
    this.#parties = parties;
    this.#sides = { sent: side(own, local.port), received: side(other, remote.port) };
  }

  open(): Uint8Array {
    const { role, at, name, isSecured, number } = this.#parties;
    const [caller, called] = role === "requestor"
      ? ["sent", "received"] as const
      : ["received", "sent"] as const;
    const options = Uint8Array.of(2, 4, 0, 0, 1, 3, 3, WINDOW_SHIFT);
    new DataView(options.buffer).setUint16(2, this.#segmentSize());
    const inside = isSecured ? ", inside TLS" : "";
    const comment = `conversation ${number} with ${name}${inside}`;
    return joined([
      this.#packet(caller, { at, flags: FLAGS.syn, options, comment }),
      this.#packet(called, { at, flags: FLAGS.syn | FLAGS.ack, options }),
      this.#packet(caller, { at, flags: FLAGS.ack }),
    ]);
  }

  unit({ direction, bytes, pieces, dropped }: Unit): Uint8Array {
    const blocks: Uint8Array[] = [];
    let start = 0;
    for (const { at, length } of pieces) {
      const end = start + length;
      while (start < end) {
        const stop = Math.min(end, start + this.#segmentSize());
        const flags = FLAGS.ack | (stop === end ? FLAGS.psh : 0);
        blocks.push(this.#packet(direction, { at, flags, payload: bytes.subarray(start, stop) }));
        start = stop;
      }
    }
    const [last] = pieces.slice(-1);
    if (dropped > 0 && last !== undefined) {
      const text = `conversation ${this.#parties.number}: ${dropped} more bytes were not kept`;
      blocks.push(remarkBlock(text, last.at));
    }
    return joined(blocks);
  }

  end(
    { direction, how, at }: Extract<CaptureEvent, { type: "ended" }>,
  ): Uint8Array {
    const flags = (how === "fin" ? FLAGS.fin : FLAGS.rst) | FLAGS.ack;
    return this.#packet(direction, { at, flags });
  }

  #segmentSize(): number {
    return this.#sides.sent.address.length === 4 ? SEGMENT_SIZE[4] : SEGMENT_SIZE[16];
  }

  #packet(
    direction: Direction,
    { at, flags, payload = NO_BYTES, options = NO_BYTES, comment }: {
      readonly at: number;
      readonly flags: number;
      readonly payload?: Uint8Array;
      readonly options?: Uint8Array;
      readonly comment?: string;
    },
  ): Uint8Array {
    const from = this.#sides[direction];
    const to = this.#sides[other(direction)];
    const packet = packetOf({
      source: from.address,
      destination: to.address,
      sourcePort: from.port,
      destinationPort: to.port,
      sequence: from.next,
      acknowledgment: (flags & FLAGS.ack) === 0 ? 0 : to.next,
      flags,
      options,
      payload,
      identification: from.packets % 0x10000,
    });
    from.packets += 1;
    const counted = (flags & (FLAGS.syn | FLAGS.fin)) === 0 ? 0 : 1;
    from.next = (from.next + payload.length + counted) % 2 ** 32;
    return packetBlock(packet, { at, direction, comment });
  }
}

function joined(blocks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    whole.set(block, at);
    at += block.length;
  }
  return whole;
}
