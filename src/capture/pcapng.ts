/** Blocks of a pcapng file (draft-ietf-opsawg-pcapng), little endian, time in microseconds. */

import { ByteWriter } from "../bytes/mod.ts";
import type { Direction } from "./types.ts";

/** Link type of packets that begin with their IP header. */
const LINKTYPE_RAW = 101;

const OPTION = { end: 0, comment: 1, application: 4, name: 2, description: 3, flags: 2, unit: 9 };

/** Section header and interface description: what a file begins with. */
export function pcapngHead(
  { application, comment, description }: {
    /** Who wrote it. */
    readonly application: string;
    /** What whoever opens it has to know. */
    readonly comment: string;
    /** What the packets are. */
    readonly description: string;
  },
): Uint8Array {
  const section = block(0x0a0d0d0a, (body) => {
    body.u32le(0x1a2b3c4d).u16le(1).u16le(0).u32le(0xffff_ffff).u32le(0xffff_ffff);
    textOption(body, { code: OPTION.comment, text: comment });
    textOption(body, { code: OPTION.application, text: application });
    endOptions(body);
  });
  const link = block(0x0000_0001, (body) => {
    body.u16le(LINKTYPE_RAW).u16le(0).u32le(0);
    textOption(body, { code: OPTION.name, text: "echoscu" });
    textOption(body, { code: OPTION.description, text: description });
    option(body, { code: OPTION.unit, value: Uint8Array.of(6) });
    endOptions(body);
  });
  return new ByteWriter(section.length + link.length).bytes(section).bytes(link).finish();
}

/** One packet: an enhanced packet block. */
export function packetBlock(
  packet: Uint8Array,
  { at, direction, comment }: {
    /** Microseconds since 1970. */
    readonly at: number;
    /** Who sent it. */
    readonly direction: Direction;
    /** What to know of it. */
    readonly comment?: string | undefined;
  },
): Uint8Array {
  return block(0x0000_0006, (body) => {
    time(body.u32le(0), at).u32le(packet.length).u32le(packet.length);
    body.bytes(packet).zeros(padding(packet.length));
    if (comment !== undefined) textOption(body, { code: OPTION.comment, text: comment });
    const inbound = Uint8Array.of(direction === "received" ? 1 : 2, 0, 0, 0);
    option(body, { code: OPTION.flags, value: inbound });
    endOptions(body);
  });
}

/** A remark without a packet: an interface statistics block. */
export function remarkBlock(comment: string, at: number): Uint8Array {
  return block(0x0000_0005, (body) => {
    time(body.u32le(0), at);
    textOption(body, { code: OPTION.comment, text: comment });
    endOptions(body);
  });
}

function block(type: number, write: (body: ByteWriter) => void): Uint8Array {
  const body = new ByteWriter();
  write(body);
  const length = body.length + 12;
  return new ByteWriter(length).u32le(type).u32le(length).bytes(body.finish()).u32le(length)
    .finish();
}

function time(body: ByteWriter, at: number): ByteWriter {
  const whole = Math.max(0, Math.floor(at));
  return body.u32le(Math.floor(whole / 2 ** 32)).u32le(whole % 2 ** 32);
}

function textOption(
  body: ByteWriter,
  { code, text }: { readonly code: number; readonly text: string },
): void {
  option(body, { code, value: new TextEncoder().encode(text) });
}

function option(
  body: ByteWriter,
  { code, value }: { readonly code: number; readonly value: Uint8Array },
): void {
  body.u16le(code).u16le(value.length).bytes(value).zeros(padding(value.length));
}

function endOptions(body: ByteWriter): void {
  body.u16le(OPTION.end).u16le(0);
}

function padding(length: number): number {
  return (4 - length % 4) % 4;
}
