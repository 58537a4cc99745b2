/** P-DATA-TF as lines: PDVs, and the elements of the commands in them. */

import { hex4, hex4H } from "../common/hex.ts";
import { trimEndOf } from "../common/trim.ts";
import { commandElement, type UidNames } from "../dicom/mod.ts";
import { type CommandElement, COMMANDS, decodeCommandSet, DimseError } from "../dimse/mod.ts";
import { textOf, type TraceLine, u16, u32 } from "./trace_lines.ts";

/** Longest command set that is put together from fragments. */
const LONGEST_COMMAND = 16_384;

/** Fragments of a command that is not whole yet. */
export interface CommandSoFar {
  /** What came before. */
  bytes: Uint8Array;
}

/** The lines of a P-DATA-TF (PS3.8 9.3.5); `command` goes from one PDU of its direction to the next. */
export function dataLines(
  pdu: Uint8Array,
  { command, names }: { readonly command: CommandSoFar; readonly names: UidNames },
): readonly TraceLine[] {
  const lines: TraceLine[] = [];
  for (let at = 6; at < pdu.length;) {
    const length = u32(pdu, at);
    const end = at + 4 + length;
    if (at + 6 > pdu.length || length < 2 || end > pdu.length) {
      const text = `MALFORMED: PDV length ${length}, ${
        Math.max(0, pdu.length - at - 4)
      } bytes are left`;
      lines.push({ offset: at, bytes: pdu.subarray(at), text, depth: 0 });
      break;
    }
    lines.push(...pdvLines(pdu.subarray(at, end), { offset: at, command, names }));
    at = end;
  }
  return lines;
}

function pdvLines(
  pdv: Uint8Array,
  { offset, command, names }: {
    readonly offset: number;
    readonly command: CommandSoFar;
    readonly names: UidNames;
  },
): readonly TraceLine[] {
  const [id = 0, control = 0] = pdv.subarray(4);
  const isCommand = (control & 1) === 1;
  const isLast = (control & 2) === 2;
  const text = `presentation data value, length ${pdv.length - 4}: context ID ${id}, ` +
    `${isCommand ? "command" : "data set"}, ${isLast ? "last fragment" : "more follows"}` +
    " (PS3.8 9.3.5.1, E.2)";
  const head: TraceLine = { offset, bytes: pdv.subarray(0, 6), text, depth: 0 };
  const fragment = pdv.subarray(6);
  if (!isCommand) return [head, rest(fragment, { offset: offset + 6, text: "data set" })];
  const before = command.bytes.length;
  const whole = new Uint8Array(Math.min(LONGEST_COMMAND, before + fragment.length));
  whole.set(command.bytes);
  whole.set(fragment.subarray(0, whole.length - before), before);
  command.bytes = isLast ? new Uint8Array() : whole;
  if (!isLast) return [head, rest(fragment, { offset: offset + 6, text: "part of a command" })];
  const parts = before === 0 ? [] : [rest(fragment, { offset: offset + 6, text: "its last part" })];
  const base = before === 0 ? offset + 6 : 0;
  return [head, ...parts, ...commandLines(whole, { base, names })];
}

function rest(
  bytes: Uint8Array,
  { offset, text }: { readonly offset: number; readonly text: string },
): TraceLine {
  return { offset, bytes, text: `${text}, length ${bytes.length}`, depth: 1 };
}

/** The elements (PS3.7 6.3.1); `base` is added to their offsets. */
function commandLines(
  bytes: Uint8Array,
  { base, names }: { readonly base: number; readonly names: UidNames },
): readonly TraceLine[] {
  const lines: TraceLine[] = [];
  let at = 0;
  try {
    for (const element of decodeCommandSet(bytes).elements) {
      const end = at + lengthOf(element);
      const text = elementText(element, names);
      lines.push({ offset: base + at, bytes: bytes.subarray(at, end), text, depth: 1 });
      at = end;
    }
  } catch (error) {
    if (!(error instanceof DimseError)) throw error;
    lines.push({ offset: base, bytes, text: `MALFORMED: ${error.message}`, depth: 1 });
    return lines;
  }
  if (at < bytes.length) {
    lines.push(rest(bytes.subarray(at), { offset: base + at, text: "after the command" }));
  }
  return lines;
}

/** Bytes of an element with its header; a sequence of undefined length has a delimiter. */
function lengthOf({ value, hasUndefinedLength }: CommandElement): number {
  return 8 + value.length + (hasUndefinedLength ? 8 : 0);
}

function elementText(element: CommandElement, names: UidNames): string {
  const { value } = element;
  const known = commandElement(element);
  const name = known === undefined ? "" : ` ${known.keyword}`;
  const says = value.length === 0 ? "" : `: ${valueText(element, { vr: known?.vr, names })}`;
  return `(${hex4(element.group)},${hex4(element.element)})${name}, length ${value.length}${says}` +
    (element.group === 0 ? " (PS3.7 E.1)" : "");
}

const COMMAND_FIELD = 0x0100;
const DATA_SET_TYPE = 0x0800;
const STATUS = 0x0900;

function valueText(
  { element, value }: CommandElement,
  { vr, names }: { readonly vr: string | undefined; readonly names: UidNames },
): string {
  const swapped = value.slice().reverse();
  switch (vr) {
    case "US": {
      const number = u16(swapped, 0);
      if (element === COMMAND_FIELD) {
        return `${hex4H(number)} ${COMMANDS[number]?.name ?? "unknown"}`;
      }
      return element === STATUS || element === DATA_SET_TYPE ? hex4H(number) : String(number);
    }
    case "UL":
      return String(u32(swapped, 0));
    case "UI": {
      const uid = trimEndOf(textOf(value).replace(/\\x00$/, ""), " ");
      const name = names(uid);
      return name === undefined ? uid : `${uid} ${name}`;
    }
    case "AT":
      return `${value.length} bytes`;
    default:
      return `"${textOf(value)}"`;
  }
}
