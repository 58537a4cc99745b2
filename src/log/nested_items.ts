/** Items of a sequence out of the bytes of its value, for dumps only: what is not an item ends the reading. */

import type { CommandElement } from "../dimse/mod.ts";

/** One item. */
export interface Item {
  /** As it was declared; `undefined` = ended by a delimiter. */
  readonly length: number | undefined;
  /** Its elements, as far as they can be read. */
  readonly elements: readonly CommandElement[];
}

/** Where reading is. */
interface Place {
  readonly view: DataView;
  at: number;
}

interface Header {
  readonly group: number;
  readonly element: number;
  readonly length: number;
}

const HEADER_LENGTH = 8;
const UNDEFINED_LENGTH = 0xffff_ffff;
const ITEM = 0xe000;
const ITEM_END = 0xe00d;
const SEQUENCE_END = 0xe0dd;

/** The items in `value` (PS3.5 7.5, Implicit VR Little Endian). */
export function itemsOf(value: Uint8Array): readonly Item[] {
  const place = placeIn(value);
  const items: Item[] = [];
  for (;;) {
    const header = headerAt(place);
    if (header?.group !== 0xfffe || header.element !== ITEM) return items;
    const isOpen = header.length === UNDEFINED_LENGTH;
    const content = isOpen ? upTo(place, ITEM_END) : take(place, header.length);
    items.push({ length: isOpen ? undefined : header.length, elements: elementsOf(content) });
  }
}

/** The elements in `content`; sequences keep their bytes. */
function elementsOf(content: Uint8Array): readonly CommandElement[] {
  const place = placeIn(content);
  const elements: CommandElement[] = [];
  for (;;) {
    const header = headerAt(place);
    if (header === undefined) return elements;
    const { group, element, length } = header;
    if (length === UNDEFINED_LENGTH) {
      const value = upTo(place, SEQUENCE_END);
      elements.push({ group, element, value, hasUndefinedLength: true });
    } else {
      elements.push({ group, element, value: take(place, length) });
    }
  }
}

/** The bytes up to the delimiter that belongs here; those of what is nested are passed over. */
function upTo(place: Place, delimiter: number): Uint8Array {
  const from = place.at;
  const open = [delimiter];
  while (open.length > 0) {
    const before = place.at;
    const header = headerAt(place);
    if (header === undefined) return bytesBetween(place, { from, to: place.view.byteLength });
    const { group, element, length } = header;
    if (group === 0xfffe && element === open.at(-1)) {
      open.pop();
      if (open.length === 0) return bytesBetween(place, { from, to: before });
    } else if (length === UNDEFINED_LENGTH) {
      open.push(group === 0xfffe && element === ITEM ? ITEM_END : SEQUENCE_END);
    } else {
      take(place, length);
    }
  }
  return bytesBetween(place, { from, to: place.at });
}

function placeIn(bytes: Uint8Array): Place {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0 };
}

function headerAt(place: Place): Header | undefined {
  const { view, at } = place;
  if (at + HEADER_LENGTH > view.byteLength) return undefined;
  place.at += HEADER_LENGTH;
  return {
    group: view.getUint16(at, true),
    element: view.getUint16(at + 2, true),
    length: view.getUint32(at + 4, true),
  };
}

function take(place: Place, length: number): Uint8Array {
  const from = place.at;
  place.at = Math.min(from + length, place.view.byteLength);
  return bytesBetween(place, { from, to: place.at });
}

function bytesBetween({ view }: Place, range: { from: number; to: number }): Uint8Array {
  const { from, to } = range;
  return new Uint8Array(view.buffer, view.byteOffset + from, to - from);
}
