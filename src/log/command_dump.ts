/** Command elements as the reference dumps them. */

import {
  byteStringOf,
  COMMAND_DICTIONARY,
  commandElementName,
  type UidNames,
} from "../dicom/mod.ts";
import type { CommandElement, CommandTag } from "../dimse/mod.ts";
import { shown, uidText } from "./dump.ts";

/** Where the comment of an element starts at the earliest. */
const VALUE_WIDTH = 40;

/** A tag as `(gggg,eeee)`. */
export function tagText({ group, element }: CommandTag): string {
  return `(${hex4(group)},${hex4(element)})`;
}

/** The elements, one a line, between the head and the empty line of the reference's dumps. */
export function commandDump(elements: readonly CommandElement[], names: UidNames): string {
  return [
    "",
    "# Dicom-Data-Set",
    "# Used TransferSyntax: Little Endian Implicit",
    ...elements.map((element) => elementLine(element, names)),
    "",
  ].join("\n");
}

interface ShownValue {
  readonly vr: string;
  readonly text: string;
  readonly count: number;
}

function elementLine(element: CommandElement, names: UidNames): string {
  const { vr, text, count } = valueOf(element, names);
  const length = String(element.value.length).padStart(4);
  const value = text.padEnd(VALUE_WIDTH);
  return `${tagText(element)} ${vr} ${value} #${length}, ${count} ${commandElementName(element)}`;
}

function valueOf(element: CommandElement, names: UidNames): ShownValue {
  const known = element.group === 0 ? COMMAND_DICTIONARY[element.element] : undefined;
  const { value } = element;
  if (known === undefined) {
    const bytes = Array.from(value, (byte) => byte.toString(16).padStart(2, "0"));
    return { vr: "??", text: bytes.join("\\") || NO_VALUE, count: 1 };
  }
  const { vr } = known;
  if (value.length === 0) return { vr, text: NO_VALUE, count: 0 };
  switch (vr) {
    case "US":
      return numbers(vr, numbersIn(value, 2).map(String));
    case "UL":
      return numbers(vr, numbersIn(value, 4).map(String));
    case "AT":
      return numbers(vr, tagsIn(value));
    case "UI":
      return { vr, ...uidValue(value, names) };
    default:
      return { vr, ...textValue(vr, value) };
  }
}

const NO_VALUE = "(no value available)";

function numbers(vr: string, values: readonly string[]): ShownValue {
  return { vr, text: values.join("\\"), count: values.length };
}

function numbersIn(value: Uint8Array, size: 2 | 4): readonly number[] {
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  const count = Math.floor(value.length / size);
  return Array.from(
    { length: count },
    (_, at) => size === 2 ? view.getUint16(at * 2, true) : view.getUint32(at * 4, true),
  );
}

function tagsIn(value: Uint8Array): readonly string[] {
  const words = numbersIn(value, 2);
  const tags: string[] = [];
  for (let at = 0; at + 1 < words.length; at += 2) {
    tags.push(tagText({ group: words[at] ?? 0, element: words[at + 1] ?? 0 }));
  }
  return tags;
}

function uidValue(value: Uint8Array, names: UidNames): Omit<ShownValue, "vr"> {
  const uid = byteStringOf(value).replace(/[\0 ]+$/, "");
  const text = uidText(uid, names);
  return { text: text.startsWith("=") ? text : `[${text}]`, count: uid.split("\\").length };
}

/** One text has no values to count: a backslash belongs to it. */
const SINGLE_VALUED: readonly string[] = ["LT", "ST", "UT"];

function textValue(vr: string, value: Uint8Array): Omit<ShownValue, "vr"> {
  const text = byteStringOf(value).replace(/[\0 ]+$/, "");
  const count = SINGLE_VALUED.includes(vr) ? 1 : text.split("\\").length;
  return { text: `[${shown(text)}]`, count };
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, "0");
}
