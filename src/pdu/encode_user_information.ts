import type { ByteWriter } from "../bytes/mod.ts";
import type {
  CommonExtendedNegotiationItem,
  ExtendedNegotiationItem,
  RoleSelectionItem,
  UserIdentityRqItem,
  UserItem,
} from "./types.ts";

/** The sub-items of a user information item, in their order (PS3.8 Annex D, PS3.7 Annex D). */
export function writeUserInformation(writer: ByteWriter, items: readonly UserItem[]): void {
  for (const item of items) {
    writer.u8(itemTypeOf(item)).u8(item.type === "common-extended-negotiation" ? item.version : 0);
    writer.lengthPrefixed(2, () => writeUserItem(writer, item));
  }
}

function itemTypeOf(item: UserItem): number {
  return item.type === "unrecognized" ? item.itemType : ITEM_TYPES[item.type];
}

/** The item type of each sub-item. */
const ITEM_TYPES = {
  "maximum-length": 0x51,
  "implementation-class-uid": 0x52,
  "asynchronous-operations-window": 0x53,
  "role-selection": 0x54,
  "implementation-version-name": 0x55,
  "extended-negotiation": 0x56,
  "common-extended-negotiation": 0x57,
  "user-identity-rq": 0x58,
  "user-identity-ac": 0x59,
} as const satisfies Record<Exclude<UserItem["type"], "unrecognized">, number>;

/** The content of one sub-item. A maximum length is always written with the length 4 of the standard. */
function writeUserItem(writer: ByteWriter, item: UserItem): void {
  switch (item.type) {
    case "maximum-length":
      writer.u32be(item.maximumLength);
      return;
    case "implementation-class-uid":
      writer.byteString(item.implementationClassUid);
      return;
    case "asynchronous-operations-window":
      writer.u16be(item.maximumOperationsInvoked).u16be(item.maximumOperationsPerformed);
      return;
    case "role-selection":
      return writeRoleSelection(writer, item);
    case "implementation-version-name":
      writer.byteString(item.implementationVersionName);
      return;
    case "extended-negotiation":
      return writeExtendedNegotiation(writer, item);
    case "common-extended-negotiation":
      return writeCommonExtendedNegotiation(writer, item);
    case "user-identity-rq":
      return writeUserIdentityRq(writer, item);
    case "user-identity-ac":
      writer.lengthPrefixed(2, () => writer.bytes(item.serverResponse));
      return;
    case "unrecognized":
      writer.bytes(item.value);
      return;
  }
}

function writeCounted(writer: ByteWriter, name: string): void {
  writer.lengthPrefixed(2, () => writer.byteString(name));
}

function writeRoleSelection(writer: ByteWriter, item: RoleSelectionItem): void {
  writeCounted(writer, item.sopClassUid);
  writer.u8(item.scuRole).u8(item.scpRole);
}

function writeExtendedNegotiation(writer: ByteWriter, item: ExtendedNegotiationItem): void {
  writeCounted(writer, item.sopClassUid);
  writer.bytes(item.serviceClassApplicationInformation);
}

function writeCommonExtendedNegotiation(
  writer: ByteWriter,
  item: CommonExtendedNegotiationItem,
): void {
  writeCounted(writer, item.sopClassUid);
  writeCounted(writer, item.serviceClassUid);
  writer.lengthPrefixed(2, () => {
    for (const uid of item.relatedGeneralSopClassUids) writeCounted(writer, uid);
  });
}

function writeUserIdentityRq(writer: ByteWriter, item: UserIdentityRqItem): void {
  writer.u8(item.userIdentityType).u8(item.positiveResponseRequested ? 1 : 0);
  writer.lengthPrefixed(2, () => writer.bytes(item.primaryField));
  writer.lengthPrefixed(2, () => writer.bytes(item.secondaryField));
}
