/** Conversations as text, PDU by PDU and item by item, with offsets, lengths and sections of the standard. */

import { hostAndPort } from "../common/host.ts";
import { abortWords, rejectionWords } from "../common/pdu_codes.ts";
import { escapeControls } from "../common/visible.ts";
import type { UidNames } from "../dicom/mod.ts";
import { PDU_TYPES } from "../pdu/mod.ts";
import { type CommandSoFar, dataLines } from "./trace_data.ts";
import { associateLines } from "./trace_items.ts";
import { foreignText, lineText, type TraceLine, u32 } from "./trace_lines.ts";
import type { CaptureEvent, CaptureWriter, Direction, Parties, Unit } from "./types.ts";

/** Sections of PS3.8 that define the PDUs. */
const SECTIONS: Readonly<Record<number, string>> = {
  0x01: "PS3.8 9.3.2",
  0x02: "PS3.8 9.3.3",
  0x03: "PS3.8 9.3.4",
  0x04: "PS3.8 9.3.5",
  0x05: "PS3.8 9.3.6",
  0x06: "PS3.8 9.3.7",
  0x07: "PS3.8 9.3.8",
};

/** Writes conversations as text. */
export class TraceWriter implements CaptureWriter {
  /** What it is. */
  readonly head: Uint8Array;
  readonly #names: UidNames;
  readonly #commands = new Map<number, Readonly<Record<Direction, CommandSoFar>>>();

  /** `application` is who writes, `names` names UIDs. */
  constructor(application: string, names: UidNames) {
    this.#names = names;
    this.head = new TextEncoder().encode(
      `# ${application}: offset and bytes in hex, then what they are. Times are UTC.\n`,
    );
  }

  /** The lines of `event`. */
  write(event: CaptureEvent): Uint8Array {
    return new TextEncoder().encode(this.#textOf(event));
  }

  /** A line. */
  full(at: number): Uint8Array {
    const text = "this file is as large as it may be: what came later is missing";
    return new TextEncoder().encode(`${timeText(at)}  ${text}\n`);
  }

  #textOf(event: CaptureEvent): string {
    const { number } = event.parties;
    switch (event.type) {
      case "opened":
        this.#commands.set(number, {
          sent: { bytes: new Uint8Array() },
          received: { bytes: new Uint8Array() },
        });
        return `${start(event.parties.at, number)}  ${openedText(event.parties)}\n`;
      case "unit":
        return this.#unitText(event.unit, number);
      case "note":
        return `${start(event.at, number)}  ${escapeControls(event.text)}\n`;
      case "ended":
        return `${start(event.at, number)}  ${ENDS[event.how][event.direction]}\n`;
      case "over":
        this.#commands.delete(number);
        return "";
    }
  }

  #unitText(unit: Unit, number: number): string {
    const { direction, kind, bytes, pieces, offset, dropped } = unit;
    const verb = direction === "sent" ? "sent    " : "received";
    const before = `${start(pieces.at(-1)?.at ?? 0, number)}  ${verb}  `;
    const more = dropped === 0 ? "" : `        ... ${dropped} more bytes, not kept\n`;
    if (kind === "other") {
      return `${before}${bytes.length} bytes that are no PDU\n${foreignText(bytes, offset)}${more}`;
    }
    const [type = 0] = bytes;
    const name = type in PDU_TYPES ? PDU_TYPES[type as keyof typeof PDU_TYPES] : "PDU";
    const inPieces = pieces.length === 1 ? "" : ` in ${pieces.length} pieces`;
    return `${before}${name}, ${bytes.length} bytes${inPieces} (${SECTIONS[type]})\n` +
      this.#linesOf(unit, number).map(lineText).join("");
  }

  #linesOf({ direction, bytes }: Unit, number: number): readonly TraceLine[] {
    const [type = 0] = bytes;
    const line = (offset: number, length: number, text: string): TraceLine => ({
      offset,
      bytes: bytes.subarray(offset, offset + length),
      text,
      depth: 0,
    });
    const head = [
      line(0, 1, `PDU type ${type.toString(16).padStart(2, "0")}H`),
      line(2, 4, `PDU length ${u32(bytes, 2)}`),
    ];
    const names = this.#names;
    const command = this.#commands.get(number)?.[direction] ?? { bytes: new Uint8Array() };
    const [result = 0, source = 0, reason = 0] = bytes.subarray(7);
    switch (type) {
      case 0x01:
      case 0x02:
        return [...head, ...associateLines(bytes, names)];
      case 0x03:
        return [...head, line(6, bytes.length - 6, rejectionWords({ result, source, reason }))];
      case 0x04:
        return [...head, ...dataLines(bytes, { command, names })];
      case 0x07:
        return [...head, line(6, bytes.length - 6, abortWords(source, reason))];
      default:
        return [...head, line(6, bytes.length - 6, "reserved")];
    }
  }
}

const ENDS = {
  fin: { sent: "we closed the connection", received: "the peer closed the connection" },
  reset: { sent: "we reset the connection", received: "the connection was reset" },
} as const;

function openedText({ role, local, remote, name, isSecured }: Parties): string {
  const words = role === "requestor" ? "connected to" : "connection from";
  const shown = hostAndPort(remote);
  const peer = name === shown ? "" : ` [${escapeControls(name)}]`;
  return `${words} ${shown}${peer}, our side is ${hostAndPort(local)}` +
    (isSecured ? ", over TLS" : "");
}

function start(at: number, number: number): string {
  return `${timeText(at)}  #${number}`;
}

/** ISO 8601 with microseconds, UTC. */
function timeText(at: number): string {
  const ms = Math.floor(at / 1000);
  const rest = String(Math.floor(at) % 1000).padStart(3, "0");
  return `${new Date(ms).toISOString().slice(0, -1)}${rest}Z`;
}
