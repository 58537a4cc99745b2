/** TCP segments in IP packets, with right checksums (RFC 9293 3.1, RFC 791 3.1, RFC 8200 3 and 8.1). */

import { ByteWriter } from "../bytes/mod.ts";

/** Control bits (RFC 9293 3.1). */
export const FLAGS = { fin: 0x01, syn: 0x02, rst: 0x04, psh: 0x08, ack: 0x10 } as const;

/** One segment on its way. */
export interface Segment {
  /** Sender's address: 4 or 16 bytes. */
  readonly source: Uint8Array;
  /** Receiver's: as many. */
  readonly destination: Uint8Array;
  /** Sender's port. */
  readonly sourcePort: number;
  /** Receiver's port. */
  readonly destinationPort: number;
  /** 0..2^32-1. */
  readonly sequence: number;
  /** 0..2^32-1; 0 without the ACK bit. */
  readonly acknowledgment: number;
  /** Bits of `FLAGS`. */
  readonly flags: number;
  /** Whole words of 4 bytes. */
  readonly options: Uint8Array;
  /** Its content. */
  readonly payload: Uint8Array;
  /** Number of the packet for IPv4: 0..65535. */
  readonly identification: number;
}

const TCP = 6;
const HOPS = 64;
const WINDOW = 0xffff;
const DO_NOT_FRAGMENT = 0x4000;

/** The IP packet that carries `segment`. */
export function packetOf(segment: Segment): Uint8Array {
  const tcp = tcpBytes(segment);
  const head = segment.source.length === 4
    ? ipv4Header(segment, tcp.length)
    : ipv6Header(segment, tcp.length);
  return new ByteWriter(head.length + tcp.length).bytes(head).bytes(tcp).finish();
}

function tcpBytes(segment: Segment): Uint8Array {
  const { source, destination, options, payload } = segment;
  const bytes = new ByteWriter(20 + options.length + payload.length)
    .u16be(segment.sourcePort).u16be(segment.destinationPort)
    .u32be(segment.sequence).u32be(segment.acknowledgment)
    .u8((5 + options.length / 4) << 4).u8(segment.flags)
    .u16be(WINDOW).u16be(0).u16be(0)
    .bytes(options).bytes(payload).finish();
  const pseudo = new ByteWriter(40).bytes(source).bytes(destination)
    .u32be(bytes.length).u32be(TCP).finish();
  new DataView(bytes.buffer).setUint16(16, checksum([pseudo, bytes]));
  return bytes;
}

function ipv4Header({ source, destination, identification }: Segment, length: number): Uint8Array {
  const bytes = new ByteWriter(20)
    .u8(0x45).u8(0).u16be(20 + length)
    .u16be(identification).u16be(DO_NOT_FRAGMENT)
    .u8(HOPS).u8(TCP).u16be(0)
    .bytes(source).bytes(destination).finish();
  new DataView(bytes.buffer).setUint16(10, checksum([bytes]));
  return bytes;
}

function ipv6Header({ source, destination }: Segment, length: number): Uint8Array {
  return new ByteWriter(40)
    .u32be(0x6000_0000).u16be(length).u8(TCP).u8(HOPS)
    .bytes(source).bytes(destination).finish();
}

/** The Internet checksum (RFC 1071); all parts but the last have an even length. */
function checksum(parts: readonly Uint8Array[]): number {
  let sum = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += 2) {
      sum += (part[at] ?? 0) * 0x100 + (part[at + 1] ?? 0);
    }
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return sum ^ 0xffff;
}
