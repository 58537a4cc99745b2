import { ByteWriter } from "../bytes/mod.ts";
import { bytesOfByteString } from "../dicom/mod.ts";
import { COMMAND_FIELDS, NO_DATA_SET } from "./commands.ts";
import type { CEchoRq, CEchoRsp, CommandElement, CommandSet } from "./types.ts";
import { UNDEFINED_LENGTH } from "./sequence.ts";

/**
 * The bytes of a command set in Implicit VR Little Endian (PS3.7 6.3.1).
 *
 * The group length (0000,0000) is computed and is first; one among the elements of a `CommandSet` is
 * replaced. Its other elements are written as they are, in their order. Throws a `RangeError` for a number that
 * does not fit its field.
 */
export function encodeCommandSet(
  command: CommandSet | CEchoRq | CEchoRsp,
): Uint8Array<ArrayBuffer> {
  const all = "elements" in command ? command.elements : elementsOf(command);
  const elements = all.filter(({ group, element }) => group !== 0 || element !== 0);
  const group0 = elements.filter(({ group }) => group === 0);
  const groupLength = group0.reduce((sum, element) => sum + sizeOf(element), 0);
  const writer = new ByteWriter();
  writer.u16le(0).u16le(0).u32le(4).u32le(groupLength);
  for (const element of elements) writeElement(writer, element);
  return writer.finish();
}

/** C-ECHO-RQ and C-ECHO-RSP (PS3.7 Tables 9.3-12 and 9.3-13), tags ascending. */
function elementsOf(command: CEchoRq | CEchoRsp): CommandElement[] {
  const sopClass = command.affectedSopClassUid;
  const uid = sopClass === undefined ? [] : [element(0x0002, uidValue(sopClass))];
  const dataSetType = unsignedShort(0x0800, NO_DATA_SET);
  return command.type === "C-ECHO-RQ"
    ? [
      ...uid,
      unsignedShort(0x0100, COMMAND_FIELDS["C-ECHO-RQ"]),
      unsignedShort(0x0110, command.messageId),
      dataSetType,
    ]
    : [
      ...uid,
      unsignedShort(0x0100, COMMAND_FIELDS["C-ECHO-RSP"]),
      unsignedShort(0x0120, command.messageIdBeingRespondedTo),
      dataSetType,
      unsignedShort(0x0900, command.status),
    ];
}

function element(number: number, value: Uint8Array): CommandElement {
  return { group: 0, element: number, value };
}

function unsignedShort(number: number, value: number): CommandElement {
  return element(number, new ByteWriter(2).u16le(value).finish());
}

/** A UID value has even length, padded with one NUL (PS3.5 9.1). */
function uidValue(uid: string): Uint8Array {
  return bytesOfByteString(uid.length % 2 === 1 ? `${uid}\0` : uid);
}

/** What the end of a sequence of undefined length takes: (FFFE,E0DD) with length 0. */
const SEQUENCE_DELIMITER_LENGTH = 8;

function sizeOf({ value, hasUndefinedLength }: CommandElement): number {
  return 8 + value.length + (hasUndefinedLength === true ? SEQUENCE_DELIMITER_LENGTH : 0);
}

function writeElement(writer: ByteWriter, element: CommandElement): void {
  writer.u16le(element.group).u16le(element.element);
  if (element.missingLength !== undefined) {
    writer.u32le(element.missingLength);
  } else if (element.hasUndefinedLength === true) {
    writer.u32le(UNDEFINED_LENGTH).bytes(element.value).u16le(0xfffe).u16le(0xe0dd).u32le(0);
  } else {
    writer.lengthPrefixed(4, () => writer.bytes(element.value), "little");
  }
}
