import type { ByteReader } from "../bytes/mod.ts";
import { byteStringOf } from "../dicom/mod.ts";
import { PduDecodeError } from "./errors.ts";
import type { ItemEvent, PduDefect, PduWarning } from "./types.ts";

/** Longest name (UID, version name) the reference takes in an item, in bytes: the limit of a UID (PS3.5 9.1). */
export const LONGEST_NAME = 64;

/** What the decoders of one association PDU share. */
export interface ItemContext {
  /** The PDU in the standard's words. */
  readonly pdu: "A-ASSOCIATE-RQ" | "A-ASSOCIATE-AC";
  /** Takes what is wrong and tolerated. */
  readonly warn: (warning: PduWarning) => void;
  /** How many more items may come. */
  readonly budget: { left: number };
  /** Gets each item on the way, in the order of the bytes. */
  readonly onItem?: ((event: ItemEvent) => void) | undefined;
}

/**
 * Most items and user information sub-items of one PDU.
 *
 * 128 contexts, each with a role and two extended negotiations, are about 500. Without a bound, 1 MiB of empty
 * items would cost us some fifty times as much.
 */
export const MOST_ITEMS = 2048;

/** Counts one more item that starts where the reader is. */
export function countItem(reader: ByteReader, context: ItemContext): void {
  context.budget.left--;
  if (context.budget.left >= 0) return;
  const at = { pdu: context.pdu, field: "items", offset: reader.offset };
  refuse(at, { kind: "too-many-items", maximum: MOST_ITEMS });
}

/** Reads one item of what `within` names by `read`, and shows it to whoever looks on. */
export function showItem<T>(
  reader: ByteReader,
  { within, context, read }: {
    readonly within: ItemEvent["within"];
    readonly context: ItemContext;
    readonly read: () => T;
  },
): T {
  const { onItem } = context;
  if (onItem === undefined) return read();
  const { offset, remaining: left } = reader;
  const ahead = reader.peekBytes(left);
  const itemType = ahead.u8();
  const at = { within, itemType, offset, left };
  onItem({ type: "begun", ...at });
  if (left >= 4) {
    ahead.u8();
    const length = ahead.u16be();
    if (length <= ahead.remaining) onItem({ type: "whole", ...at, value: ahead.take(length) });
  }
  const item = read();
  onItem({ type: "read", ...at });
  return item;
}

/** Throws a `PduDecodeError` for the item that starts at `offset`. */
export function refuse(
  at: { pdu: string; field: string; offset: number },
  defect: PduDefect,
): never {
  throw new PduDecodeError({ ...at, defect });
}

/** How one kind of item is read and named when it is wrong. */
interface ItemShape {
  /** The item in the reference's words. */
  readonly item: string;
  /** The field in the standard's words. */
  readonly field: string;
  /** Least number of bytes that must be left where the item starts: 4 when absent. */
  readonly minimum?: number;
  /** Greatest length field, whatever is left: none when absent. */
  readonly maximum?: number;
}

/** An item header that was read: the bounded reader is after the length field. */
export interface OpenItem {
  /** Item type byte. */
  readonly itemType: number;
  /** The second byte: reserved in all items but 57H. */
  readonly secondByte: number;
  /** The length field. */
  readonly length: number;
  /** Reader over the bytes the length field claims. */
  readonly body: ByteReader;
  /** Where the item starts in the PDU. */
  readonly offset: number;
  /** Bytes left in what encloses the item, the item's own header included. */
  readonly got: number;
}

/**
 * Reads the four bytes every item starts with (PS3.8 9.3.1) and bounds its content.
 *
 * First the bytes left are compared with the least the item needs, then its length field with the greatest it may be,
 * then with the bytes left: the order in which the reference checks, and so the order in which its messages appear.
 */
export function openItem(
  reader: ByteReader,
  shape: ItemShape & Pick<ItemContext, "pdu">,
): OpenItem {
  const { item, pdu, field } = shape;
  const minimum = shape.minimum ?? 4;
  const offset = reader.offset;
  const got = reader.remaining;
  if (got < minimum) refuse({ pdu, field, offset }, { kind: "ill-formed", item, got, minimum });
  const itemType = reader.u8();
  const secondByte = reader.u8();
  const length = reader.u16be();
  const { maximum = length } = shape;
  if (length > maximum) {
    refuse({ pdu, field, offset }, { kind: "subitem-too-long", length, maximum });
  }
  if (length > got - 4) refuse({ pdu, field, offset }, { kind: "ill-formed", item, got, length });
  return { itemType, secondByte, length, body: reader.sub(length), offset, got };
}

/** Reads an item that holds one name of at most 64 bytes, as a byte string. */
export function readName(
  reader: ByteReader,
  shape: Pick<ItemContext, "pdu"> & { field: string },
): string {
  const { length, body } = openItem(reader, { ...shape, item: "subitem", maximum: LONGEST_NAME });
  return byteStringOf(body.take(length));
}
