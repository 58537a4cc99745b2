import { ByteReader } from "../bytes/mod.ts";
import { byteStringOf } from "../dicom/mod.ts";
import { LONGEST_NAME, openItem, refuse } from "./item_reader.ts";
import type { ItemContext } from "./item_reader.ts";
import type {
  CommonExtendedNegotiationItem,
  ExtendedNegotiationItem,
  RoleSelectionItem,
  UserItem,
} from "./types.ts";

/**
 * SCP/SCU role selection (PS3.7 D.3.3.4).
 *
 * The role bytes of a UID longer than 64 bytes are taken from after it; the reference takes them from inside.
 */
export function decodeRoleSelection(reader: ByteReader, context: ItemContext): RoleSelectionItem {
  const { pdu } = context;
  const field = "role selection";
  const { body, length, offset } = openItem(reader, {
    pdu,
    field,
    item: "SCU-SCP role list",
    minimum: 8,
  });
  const item = "SCU-SCP role list UID";
  if (length < 4) {
    refuse({ pdu, field, offset }, { kind: "ill-formed", item, got: length, minimum: 4 });
  }
  const uidLength = body.u16be();
  if (uidLength > length - 4) {
    refuse(
      { pdu, field, offset },
      { kind: "ill-formed", item, got: length, length: uidLength },
    );
  }
  if (uidLength > LONGEST_NAME) {
    context.warn({ kind: "role-uid-too-long", length: uidLength, maximum: LONGEST_NAME });
  }
  return {
    type: "role-selection",
    sopClassUid: byteStringOf(body.take(uidLength)),
    scuRole: body.u8(),
    scpRole: body.u8(),
  };
}

/** SOP class extended negotiation (PS3.7 D.3.3.5). */
export function decodeExtendedNegotiation(
  reader: ByteReader,
  context: ItemContext,
): ExtendedNegotiationItem {
  const { pdu } = context;
  const field = "extended negotiation";
  const { body, length, offset, got } = openItem(reader, { pdu, field, item: field, minimum: 6 });
  const item = "extended negotiation item";
  if (length < 2) refuse({ pdu, field, offset }, { kind: "ill-formed", item, got, minimum: 2 });
  const uidLength = body.u16be();
  if (uidLength > length - 2) {
    refuse(
      { pdu, field, offset },
      { kind: "ill-formed", item, got: length, length: uidLength },
    );
  }
  return {
    type: "extended-negotiation",
    sopClassUid: byteStringOf(body.take(uidLength)),
    serviceClassApplicationInformation: body.take(body.remaining).slice(),
  };
}

/**
 * SOP class common extended negotiation (PS3.7 D.3.3.6).
 *
 * One whose inner lengths do not fit is kept as unrecognized: the reference passes over the whole item, and no
 * association should fail over what nobody here uses.
 */
export function decodeCommonExtendedNegotiation(
  reader: ByteReader,
  context: ItemContext,
): CommonExtendedNegotiationItem | UserItem {
  const field = "common extended negotiation";
  const opened = openItem(reader, { ...context, item: "dummy item", field });
  const value = opened.body.take(opened.length).slice();
  const fields = commonExtendedNegotiationFields(new ByteReader(value));
  if (fields === undefined) return { type: "unrecognized", itemType: opened.itemType, value };
  return { type: "common-extended-negotiation", version: opened.secondByte, ...fields };
}

function commonExtendedNegotiationFields(
  reader: ByteReader,
): Omit<CommonExtendedNegotiationItem, "type" | "version"> | undefined {
  const sopClassUid = readCounted(reader);
  const serviceClassUid = readCounted(reader);
  if (sopClassUid === undefined || serviceClassUid === undefined || reader.remaining < 2) {
    return undefined;
  }
  if (reader.u16be() !== reader.remaining) return undefined;
  const relatedGeneralSopClassUids: string[] = [];
  while (reader.remaining > 0) {
    const related = readCounted(reader);
    if (related === undefined) return undefined;
    relatedGeneralSopClassUids.push(related);
  }
  return { sopClassUid, serviceClassUid, relatedGeneralSopClassUids };
}

/** A name after its own two byte length; `undefined` when it does not fit. */
function readCounted(reader: ByteReader): string | undefined {
  if (reader.remaining < 2) return undefined;
  const length = reader.u16be();
  return length > reader.remaining ? undefined : byteStringOf(reader.take(length));
}
