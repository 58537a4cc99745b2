/**
 * Byte text: a string in which every UTF-16 unit is one byte.
 *
 * The configuration language knows no encodings: what is in the file comes out again, widths count bytes, and a
 * filter compares bytes. Strings of this form keep all that with the ordinary string functions.
 */

/** A string whose units are bytes (0..255). */
export type ByteText = string;

/** The UTF-8 bytes of `text` as byte text. */
export function toByteText(text: string): ByteText {
  return isAscii(text) ? text : fromBytes(new TextEncoder().encode(text));
}

/** The text whose UTF-8 bytes these are; anything else becomes replacement characters. */
export function toText(bytes: ByteText): string {
  return isAscii(bytes) ? bytes : new TextDecoder("utf-8", { ignoreBOM: true }).decode(
    toBytes(bytes),
  );
}

/** Bytes as byte text. */
export function fromBytes(bytes: Uint8Array): ByteText {
  const pieceLength = 8192;
  let text = "";
  for (let start = 0; start < bytes.length; start += pieceLength) {
    text += String.fromCharCode(...bytes.subarray(start, start + pieceLength));
  }
  return text;
}

/** Byte text as bytes. */
export function toBytes(text: ByteText): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > 0x7f) return false;
  }
  return true;
}
