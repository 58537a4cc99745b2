/**
 * The items of an A-ASSOCIATE-AC, one after another, as the reference tells them while it parses (PS3.8 9.3.3).
 *
 * Reads the bytes by itself, because lengths and unknown items are what is told. Stops quietly where the items no
 * longer fit: what is wrong with them is told elsewhere.
 */

import { byteStringOf } from "../dicom/mod.ts";
import { trimOf } from "../trim.ts";
import { shown } from "./dump.ts";

/** One item: type, value, and what is left behind it. */
interface Item {
  readonly type: number;
  readonly value: Uint8Array;
}

/** What is told of one item; `undefined` ends the telling. */
type Tell = (item: Item) => readonly string[] | undefined;

/** Where the items begin in the PDU. */
const FIRST_ITEM = 74;

/** The texts, one for each message; messages may have several lines. */
export function answerParsing(pdu: Uint8Array): readonly string[] {
  const head = [
    `PDU type: ${pdu[0]} (A-ASSOCIATE AC), PDU Length: ${pdu.length - 6}`,
    `DICOM Protocol: ${u16(pdu, 6).toString(16)}`,
    `Called AP Title:  ${titleOf(pdu.subarray(10, 26))}`,
    `Calling AP Title: ${titleOf(pdu.subarray(26, 42))}`,
  ].join("\n");
  const told: string[] = [head];
  tellItems(pdu.subarray(FIRST_ITEM), { within: "A-ASSOCIATE PDU", tell: tellTopItem, told });
  return told;
}

/** Tells items one by one; false when they do not fit. */
function tellItems(
  bytes: Uint8Array,
  { within, tell, told }: { readonly within: string; readonly tell: Tell; readonly told: string[] },
): boolean {
  for (let at = 0; at < bytes.length;) {
    const rest = bytes.subarray(at);
    told.push(
      `Parsing remaining ${rest.length} bytes of ${within}\nNext item type: ${hex(rest[0] ?? 0)}`,
    );
    const end = 4 + u16(rest, 2);
    if (rest.length < end) return false;
    const texts = tell({ type: rest[0] ?? 0, value: rest.subarray(4, end) });
    if (texts === undefined) return false;
    told.push(...texts);
    at += end;
  }
  return true;
}

function tellTopItem({ type, value }: Item): readonly string[] | undefined {
  switch (type) {
    case 0x10:
      return [subitemText({ type, value }), "Successfully parsed Application Context"];
    case 0x21:
      return tellContext(value);
    case 0x50:
      return tellUserInformation(value);
    default:
      return [];
  }
}

function tellContext(value: Uint8Array): readonly string[] | undefined {
  const told = [
    `Parsing Presentation Context: (21), Length: ${value.length}\n` +
    `Presentation Context ID: ${hex(value[0] ?? 0)}`,
  ];
  // The items of a refused context are not significant (PS3.8 9.3.3.2).
  const isAccepted = value[2] === 0;
  const tell: Tell = (item) =>
    item.type === 0x40 ? [subitemText(item), "Successfully parsed Transfer Syntax"] : [];
  const items = isAccepted ? value.subarray(4) : new Uint8Array(0);
  const isWhole = tellItems(items, { within: "Presentation Context", tell, told });
  return isWhole ? [...told, "Successfully parsed Presentation Context"] : told;
}

function tellUserInformation(value: Uint8Array): readonly string[] | undefined {
  const told = [`Parsing user info field (50), Length: ${value.length}`];
  const isWhole = tellItems(value, { within: "User Information", tell: tellUserItem, told });
  return isWhole ? [...told, "Successfully parsed User Information"] : told;
}

function tellUserItem(item: Item): readonly string[] | undefined {
  const { type, value } = item;
  switch (type) {
    case 0x51:
      if (value.length !== 4) return undefined;
      return [
        `Maximum PDU Length: ${u16(value, 0) * 0x10000 + u16(value, 2)}`,
        "Successfully parsed Maximum PDU Length",
      ];
    case 0x52:
    case 0x55:
      return [subitemText(item)];
    case 0x54:
      return [roleText(item)];
    case 0x56:
      return [extendedText(item)];
    default:
      return [];
  }
}

function subitemText({ type, value }: Item): string {
  return `Subitem parse: Type ${hex(type)}, Length ${lengthOf(value)}, Content: ${textOf(value)}`;
}

function roleText({ type, value }: Item): string {
  const { uid, rest } = splitUid(value);
  return `Subitem parse: Type ${hex(type)}, Length ${lengthOf(value)}, Content: ` +
    `SOP Class: ${uid} SCU: ${rest[0] ?? 0} SCP: ${rest[1] ?? 0}`;
}

/** The reference means numbers and prints characters; here they are numbers. */
function extendedText({ type, value }: Item): string {
  const { uid, rest } = splitUid(value);
  const values = Array.from(rest, (byte) => `${hex(byte)} `).join("");
  return `ExtNeg Subitem parse: Type ${hex(type)}, Length ${lengthOf(value)}, SOP Class: ${uid}\n` +
    `   values: ${values}`;
}

/** A UID behind its own length, and what follows it. */
function splitUid(value: Uint8Array): { readonly uid: string; readonly rest: Uint8Array } {
  const end = 2 + u16(value, 0);
  return { uid: textOf(value.subarray(2, end)), rest: value.subarray(end) };
}

function titleOf(bytes: Uint8Array): string {
  return trimOf(textOf(bytes), " ");
}

function textOf(bytes: Uint8Array): string {
  return shown(byteStringOf(bytes));
}

function lengthOf(value: Uint8Array): string {
  return String(value.length).padStart(4, "0");
}

function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 0x100 + (bytes[at + 1] ?? 0);
}

function hex(value: number): string {
  return value.toString(16).padStart(2, "0");
}
