/**
 * The items of an A-ASSOCIATE-AC, one after another, as the reference words them while it parses (PS3.8 9.3.3).
 *
 * `decodePdu()` does the parsing; here is what each of its steps is called. Where it finds something wrong the words
 * just end: what is wrong is said elsewhere.
 */

import { unreachable } from "../errors.ts";
import { byteStringOf } from "../dicom/mod.ts";
import { decodePdu, type ItemEvent, PduDecodeError } from "../pdu/mod.ts";
import { trimOf } from "../common/trim.ts";
import { shown } from "./dump.ts";

/** Type and content of an item. */
interface Item {
  readonly type: number;
  readonly value: Uint8Array;
}

/** The texts, one for each message; messages may have several lines. */
export function answerParsing(pdu: Uint8Array): readonly string[] {
  const texts = [headText(pdu)];
  try {
    decodePdu(pdu, { lenient: true, onItem: (event) => void texts.push(...itemTexts(event)) });
  } catch (error) {
    if (!(error instanceof PduDecodeError)) throw error;
  }
  return texts;
}

function headText(pdu: Uint8Array): string {
  return [
    `PDU type: ${pdu[0]} (A-ASSOCIATE AC), PDU Length: ${pdu.length - 6}`,
    `DICOM Protocol: ${u16(pdu, 6).toString(16)}`,
    `Called AP Title:  ${titleOf(pdu.subarray(10, 26))}`,
    `Calling AP Title: ${titleOf(pdu.subarray(26, 42))}`,
  ].join("\n");
}

function itemTexts(event: ItemEvent): readonly string[] {
  const { within, itemType, left } = event;
  switch (event.type) {
    case "begun":
      return [`Parsing remaining ${left} bytes of ${within}\nNext item type: ${hex(itemType)}`];
    case "whole":
      return wholeTexts({ type: itemType, value: event.value });
    case "read":
      return itemType in READ ? [`Successfully parsed ${READ[itemType]}`] : [];
    default:
      return unreachable(event);
  }
}

/** Items whose end the reference mentions. */
const READ: Readonly<Record<number, string>> = {
  0x10: "Application Context",
  0x21: "Presentation Context",
  0x40: "Transfer Syntax",
  0x50: "User Information",
  0x51: "Maximum PDU Length",
};

function wholeTexts(item: Item): readonly string[] {
  const { type, value } = item;
  switch (type) {
    case 0x21:
      return [
        `Parsing Presentation Context: (21), Length: ${value.length}\n` +
        `Presentation Context ID: ${hex(value[0] ?? 0)}`,
      ];
    case 0x50:
      return [`Parsing user info field (50), Length: ${value.length}`];
    case 0x51:
      return [`Maximum PDU Length: ${u16(value, 0) * 0x10000 + u16(value, 2)}`];
    case 0x54:
      return [roleText(item)];
    case 0x56:
      return [extendedText(item)];
    case 0x10:
    case 0x40:
    case 0x52:
    case 0x55:
      return [subitemText(item)];
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

/** A UID after its own length, and what follows it. */
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
