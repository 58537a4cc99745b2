/** Lines of a trace: offset, bytes in hex, and what they are. */

import { escapeControls } from "../common/visible.ts";
import { byteStringOf, textOfByteString } from "../dicom/mod.ts";

/** One field or item of a PDU. */
export interface TraceLine {
  /** Where it starts, in bytes from the start of what it is in. */
  readonly offset: number;
  /** Its bytes; those of what it encloses are lines of their own. */
  readonly bytes: Uint8Array;
  /** What it is: with its length, its value, and the section of the standard. */
  readonly text: string;
  /** How deep it is inside others. */
  readonly depth: number;
}

const BYTES_A_LINE = 8;

/** Most bytes of one field that are shown. */
const MOST_BYTES = 256;

/** The lines as text, each with its line feed: bytes that find no room go on below. */
export function lineText({ offset, bytes, text, depth }: TraceLine): string {
  const shown = bytes.subarray(0, MOST_BYTES);
  const [first = new Uint8Array(), ...more] = rowsOf(shown);
  const indent = "  ".repeat(depth);
  const rows = [`  ${hex4(offset)}  ${hexOf(first).padEnd(23)}  ${indent}${text}`];
  more.forEach((row, at) => {
    rows.push(`  ${hex4(offset + (at + 1) * BYTES_A_LINE)}  ${hexOf(row)}`);
  });
  const left = bytes.length - shown.length;
  if (left > 0) rows.push(`        ... ${left} more bytes`);
  return `${rows.join("\n")}\n`;
}

/** Bytes that are no PDU, with the characters they would be. */
export function foreignText(bytes: Uint8Array, offset: number): string {
  const shown = bytes.subarray(0, MOST_BYTES);
  const rows = rowsOf(shown).map((row, at) => {
    const characters = byteStringOf(row).replace(/[^ -~]/g, ".");
    return `  ${hex4(offset + at * BYTES_A_LINE)}  ${hexOf(row).padEnd(23)}  ${characters}\n`;
  });
  const left = bytes.length - shown.length;
  return rows.join("") + (left > 0 ? `        ... ${left} more bytes\n` : "");
}

function rowsOf(bytes: Uint8Array): readonly Uint8Array[] {
  const rows: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += BYTES_A_LINE) {
    rows.push(bytes.subarray(at, at + BYTES_A_LINE));
  }
  return rows;
}

/** Bytes in hex, two digits each, blanks between. */
function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, "0");
}

/** What the bytes say, safe to read on a terminal. */
export function textOf(bytes: Uint8Array): string {
  return escapeControls(textOfByteString(byteStringOf(bytes)));
}

/** Two bytes, most significant first. */
export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 0x100 + (bytes[at + 1] ?? 0);
}

/** Four bytes, most significant first. */
export function u32(bytes: Uint8Array, at: number): number {
  return u16(bytes, at) * 0x10000 + u16(bytes, at + 2);
}
