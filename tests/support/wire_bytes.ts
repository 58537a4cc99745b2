/** Hex texts of PDUs and elements for scripts, made without the help of `src/`. */

/** An A-ASSOCIATE-AC that accepts context 1 with Implicit VR Little Endian, maximum length 16384. */
export const ACCEPT = associateAc([
  item(0x10, ascii("1.2.840.10008.3.1.1.1")),
  acceptedContext(1),
  userInformation([item(0x51, number(16_384, 4)), item(0x52, ascii("1.2.3.4.5.6"))]),
]);

/** An A-RELEASE-RP. */
export const RELEASE_RP = pdu(0x06, "00000000");

/** An A-ASSOCIATE-AC with these items. */
export function associateAc(items: readonly string[]): string {
  const titles = ascii("ANY-SCP".padEnd(16) + "ECHOSCU".padEnd(16));
  return pdu(0x02, `00010000${titles}${"00".repeat(32)}${items.join("")}`);
}

/** An item that accepts a context. */
export function acceptedContext(id: number, transferSyntax = "1.2.840.10008.1.2"): string {
  return item(0x21, `${number(id, 1)}000000${item(0x40, ascii(transferSyntax))}`);
}

/** A user information item. */
export function userInformation(items: readonly string[]): string {
  return item(0x50, items.join(""));
}

/** An item of an A-ASSOCIATE PDU. */
export function item(type: number, body: string): string {
  return `${number(type, 1)}00${number(body.length / 2, 2)}${body}`;
}

/** A PDU with its header. */
export function pdu(type: number, body: string): string {
  return `${number(type, 1)}00${number(body.length / 2, 4)}${body}`;
}

/** A P-DATA-TF with one last command fragment. */
export function commandPdu(command: string, contextId = 1): string {
  return pdu(0x04, `${number(command.length / 2 + 2, 4)}${number(contextId, 1)}03${command}`);
}

/** The elements of a C-ECHO-RSP, without group length, and more elements. */
export function echoResponse(
  more: readonly string[] = [],
  { status = 0, messageId = 1 } = {},
): string {
  return [
    element(0x0000_0002, ascii("1.2.840.10008.1.1\0")),
    element(0x0000_0100, number16(0x8030)),
    element(0x0000_0120, number16(messageId)),
    element(0x0000_0800, number16(0x0101)),
    element(0x0000_0900, number16(status)),
    ...more,
  ].join("");
}

/** The length field of an element that is ended by a delimiter. */
export const UNDEFINED_LENGTH = 0xffff_ffff;

/** An element in Implicit VR Little Endian; `length` is its length field, when that is to be another. */
export function element(tag: number, value: string, { length = value.length / 2 } = {}): string {
  const [group, elementNumber] = [Math.floor(tag / 0x10000), tag % 0x10000];
  return `${number16(group)}${number16(elementNumber)}${swapped(number(length, 4))}${value}`;
}

/** A 16 bit number, little endian. */
export function number16(value: number): string {
  return swapped(number(value, 2));
}

/** Characters below U+0100 as bytes. */
export function ascii(text: string): string {
  return Array.from(text, (one) => number(one.charCodeAt(0), 1)).join("");
}

/** A number of `size` bytes, big endian. */
export function number(value: number, size: number): string {
  return value.toString(16).padStart(2 * size, "0");
}

function swapped(hex: string): string {
  return (hex.match(/../g) ?? []).reverse().join("");
}
