/** The items of association PDUs as lines: what they are called, what they say, where the standard defines them. */

import { trimEndOf } from "../common/trim.ts";
import type { UidNames } from "../dicom/mod.ts";
import { decodePdu, type ItemEvent, PduDecodeError } from "../pdu/mod.ts";
import { textOf, type TraceLine, u16, u32 } from "./trace_lines.ts";

/** Names of UIDs, and which of the two PDUs it is. */
interface Reading {
  readonly names: UidNames;
  /** 0: A-ASSOCIATE-RQ, 1: A-ASSOCIATE-AC: sections come in pairs. */
  readonly answer: 0 | 1;
}

/** The lines of an A-ASSOCIATE-RQ or -AC (PS3.8 9.3.2, 9.3.3), as far as it is well-formed. */
export function associateLines(pdu: Uint8Array, names: UidNames): readonly TraceLine[] {
  const reading: Reading = { names, answer: pdu[0] === 0x02 ? 1 : 0 };
  const lines: TraceLine[] = [...fixedLines(pdu)];
  const onItem = (event: ItemEvent) => {
    if (event.type === "whole") lines.push(itemLine(event, { pdu, reading }));
  };
  try {
    decodePdu(pdu, { lenient: true, onItem });
  } catch (error) {
    if (!(error instanceof PduDecodeError)) throw error;
    const { offset, message } = error;
    lines.push({ offset, bytes: pdu.subarray(offset), text: `MALFORMED: ${message}`, depth: 0 });
  }
  return lines;
}

/** Bytes before the first item. */
const FIRST_ITEM = 74;

function fixedLines(pdu: Uint8Array): readonly TraceLine[] {
  if (pdu.length < FIRST_ITEM) return [];
  const line = (offset: number, end: number, text: string): TraceLine => ({
    offset,
    bytes: pdu.subarray(offset, end),
    text,
    depth: 0,
  });
  const title = (at: number) => trimEndOf(textOf(pdu.subarray(at, at + 16)), " ");
  return [
    line(6, 8, `protocol version ${u16(pdu, 6)}`),
    line(10, 26, `called AE title, length 16: "${title(10)}"`),
    line(26, 42, `calling AE title, length 16: "${title(26)}"`),
  ];
}

const DEPTHS: Readonly<Record<ItemEvent["within"], number>> = {
  "A-ASSOCIATE PDU": 0,
  "Presentation Context": 1,
  "User Information": 1,
};

function itemLine(
  { itemType, offset, value, within }: Extract<ItemEvent, { type: "whole" }>,
  { pdu, reading }: { readonly pdu: Uint8Array; readonly reading: Reading },
): TraceLine {
  const kind = ITEMS[itemType];
  const enclosed = kind?.encloses ?? Infinity;
  const bytes = pdu.subarray(offset, offset + 4 + Math.min(value.length, enclosed));
  const name = kind?.name ?? `item ${itemType.toString(16).toUpperCase().padStart(2, "0")}H`;
  const says = kind?.says?.(value, reading);
  const section = kind === undefined ? "" : ` (${kind.sections[reading.answer]})`;
  const text = `${name}, length ${value.length}${says === undefined ? "" : `: ${says}`}${section}`;
  return { offset, bytes, text, depth: DEPTHS[within] };
}

/** One type of item. */
interface ItemKind {
  readonly name: string;
  /** In a request and in an answer. */
  readonly sections: readonly [string, string];
  /** Bytes before the items in it; absent: there are none in it. */
  readonly encloses?: number;
  readonly says?: (value: Uint8Array, reading: Reading) => string;
}

function uid(value: Uint8Array, { names }: Reading): string {
  return uidText(value, names);
}

function text(value: Uint8Array): string {
  return `"${textOf(value)}"`;
}

/** A UID after its own length. */
function sopClass(value: Uint8Array, { names }: Reading): string {
  return uidText(value.subarray(2, 2 + u16(value, 0)), names);
}

function uidText(value: Uint8Array, names: UidNames): string {
  const shown = trimEndOf(textOf(value).replace(/\\x00$/, ""), " ");
  const name = names(shown);
  return name === undefined ? shown : `${shown} ${name}`;
}

/** Results of PS3.8 Table 9-18. */
const RESULTS = [
  "acceptance",
  "user rejection",
  "no reason (provider rejection)",
  "abstract syntax not supported",
  "transfer syntaxes not supported",
];

const ITEMS: Readonly<Record<number, ItemKind>> = {
  0x10: { name: "application context", sections: ["PS3.8 9.3.2.1", "PS3.8 9.3.3.1"], says: uid },
  0x20: {
    name: "presentation context",
    sections: ["PS3.8 9.3.2.2", "PS3.8 9.3.2.2"],
    encloses: 4,
    says: (value) => `ID ${value[0] ?? 0}`,
  },
  0x21: {
    name: "presentation context",
    sections: ["PS3.8 9.3.3.2", "PS3.8 9.3.3.2"],
    encloses: 4,
    says: (value) => {
      const [id = 0, , result = 0] = value;
      return `ID ${id}, result ${result} ${RESULTS[result] ?? "reserved"}`;
    },
  },
  0x30: {
    name: "abstract syntax",
    sections: ["PS3.8 9.3.2.2.1", "PS3.8 9.3.2.2.1"],
    says: uid,
  },
  0x40: { name: "transfer syntax", sections: ["PS3.8 9.3.2.2.2", "PS3.8 9.3.3.2.1"], says: uid },
  0x50: { name: "user information", sections: ["PS3.8 9.3.2.3", "PS3.8 9.3.3.3"], encloses: 0 },
  0x51: {
    name: "maximum length",
    sections: ["PS3.8 D.1.1", "PS3.8 D.1.2"],
    says: (value) => `${u32(value, 0)} bytes`,
  },
  0x52: {
    name: "implementation class UID",
    sections: ["PS3.7 D.3.3.2.1", "PS3.7 D.3.3.2.2"],
    says: uid,
  },
  0x53: {
    name: "asynchronous operations window",
    sections: ["PS3.7 D.3.3.3.1", "PS3.7 D.3.3.3.2"],
    says: (value) => `${u16(value, 0)} invoked, ${u16(value, 2)} performed`,
  },
  0x54: {
    name: "SCP/SCU role selection",
    sections: ["PS3.7 D.3.3.4.1", "PS3.7 D.3.3.4.2"],
    says: (value, reading) => {
      const [scu = 0, scp = 0] = value.subarray(2 + u16(value, 0));
      return `${sopClass(value, reading)}, SCU ${scu}, SCP ${scp}`;
    },
  },
  0x55: {
    name: "implementation version name",
    sections: ["PS3.7 D.3.3.2.3", "PS3.7 D.3.3.2.4"],
    says: text,
  },
  0x56: {
    name: "SOP class extended negotiation",
    sections: ["PS3.7 D.3.3.5.1", "PS3.7 D.3.3.5.2"],
    says: sopClass,
  },
  0x57: {
    name: "SOP class common extended negotiation",
    sections: ["PS3.7 D.3.3.6.1", "PS3.7 D.3.3.6.1"],
    says: sopClass,
  },
  0x58: {
    name: "user identity",
    sections: ["PS3.7 D.3.3.7.1", "PS3.7 D.3.3.7.1"],
    says: (value) => `type ${value[0] ?? 0}, response requested ${value[1] ?? 0}, secrets masked`,
  },
  0x59: {
    name: "user identity response",
    sections: ["PS3.7 D.3.3.7.2", "PS3.7 D.3.3.7.2"],
    says: () => "masked",
  },
};
