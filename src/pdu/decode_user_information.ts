import type { ByteReader } from "../bytes/mod.ts";
import { countItem, openItem, readName, showItem } from "./item_reader.ts";
import type { ItemContext } from "./item_reader.ts";
import {
  decodeCommonExtendedNegotiation,
  decodeExtendedNegotiation,
  decodeRoleSelection,
} from "./decode_sop_class_items.ts";
import { decodeUserIdentityAc, decodeUserIdentityRq } from "./decode_user_identity.ts";
import type { AsynchronousOperationsWindowItem, MaximumLengthItem, UserItem } from "./types.ts";

/** The sub-items of a user information item (PS3.8 9.3.2.3, 9.3.3.3 and Annex D; PS3.7 Annex D). */
export function decodeUserInformation(reader: ByteReader, context: ItemContext): UserItem[] {
  const { body } = openItem(reader, { ...context, item: "user info", field: "user information" });
  const items: UserItem[] = [];
  const read = () => decodeUserItem(body, context);
  while (body.remaining > 0) {
    countItem(body, context);
    items.push(showItem(body, { within: "User Information", context, read }));
  }
  return items;
}

function decodeUserItem(reader: ByteReader, context: ItemContext): UserItem {
  switch (reader.peek()) {
    case 0x51:
      return decodeMaximumLength(reader, context);
    case 0x52: {
      const field = "implementation class UID";
      const type = "implementation-class-uid";
      return { type, implementationClassUid: readName(reader, { ...context, field }) };
    }
    case 0x53:
      return decodeAsynchronousOperationsWindow(reader, context);
    case 0x54:
      return decodeRoleSelection(reader, context);
    case 0x55: {
      const field = "implementation version name";
      const type = "implementation-version-name";
      return { type, implementationVersionName: readName(reader, { ...context, field }) };
    }
    case 0x56:
      return decodeExtendedNegotiation(reader, context);
    case 0x57:
      return decodeCommonExtendedNegotiation(reader, context);
    case 0x58:
    case 0x59:
      return decodeUserIdentity(reader, context);
    default:
      return decodeUnrecognized(reader, context);
  }
}

/**
 * Maximum length (PS3.8 D.1).
 *
 * With a length field other than 4 the reference takes the four bytes after it all the same, even beyond a
 * shorter item, and goes on after the stated length. So do we, and keep the stated length.
 */
function decodeMaximumLength(reader: ByteReader, context: ItemContext): MaximumLengthItem {
  const ahead = reader.peekBytes(8);
  if (ahead.remaining === 8) warnOfLength(ahead, context);
  const { length } = openItem(reader, {
    ...context,
    item: "Max PDU",
    field: "maximum length",
    minimum: 8,
  });
  const item = { type: "maximum-length", maximumLength: ahead.u32be() } as const;
  return length === 4 ? item : { ...item, statedLength: length };
}

/** Says so when the length field is not 4: before the item is found to be cut, as the reference does. */
function warnOfLength(ahead: ByteReader, context: ItemContext): void {
  ahead.take(2);
  const length = ahead.u16be();
  if (length !== 4) context.warn({ kind: "maximum-length-size", length });
}

/** Asynchronous operations window (PS3.7 D.3.3.3); one of another length than 4 is kept as unrecognized. */
function decodeAsynchronousOperationsWindow(
  reader: ByteReader,
  context: ItemContext,
): AsynchronousOperationsWindowItem | UserItem {
  const field = "asynchronous operations window";
  const { itemType, body, length } = openItem(reader, { ...context, item: "dummy item", field });
  if (length !== 4) {
    return { type: "unrecognized", itemType, value: body.take(length).slice() };
  }
  return {
    type: "asynchronous-operations-window",
    maximumOperationsInvoked: body.u16be(),
    maximumOperationsPerformed: body.u16be(),
  };
}

/** 58H belongs in a request, 59H in an answer; the reference reads either in an answer as the answer. */
function decodeUserIdentity(reader: ByteReader, context: ItemContext): UserItem {
  if (context.pdu === "A-ASSOCIATE-AC") return decodeUserIdentityAc(reader, context);
  if (reader.peek() === 0x58) return decodeUserIdentityRq(reader, context);
  return decodeUnrecognized(reader, context);
}

function decodeUnrecognized(reader: ByteReader, context: ItemContext): UserItem {
  const { itemType, body, length } = openItem(reader, {
    ...context,
    item: "dummy item",
    field: "unrecognized user information sub-item",
  });
  return { type: "unrecognized", itemType, value: body.take(length).slice() };
}
