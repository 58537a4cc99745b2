/**
 * Byte text: a string in which every UTF-16 unit is one byte.
 *
 * The configuration language knows no encodings: what is in the file comes out again, widths count bytes, and a
 * filter compares bytes. Strings of this form keep all that with the ordinary string functions.
 */
import { bytesOfByteString, byteStringOf, wordsFromBytes, wordToBytes } from "../../dicom/mod.ts";

export { bytesOfByteString as toBytes, byteStringOf as fromBytes } from "../../dicom/mod.ts";

/** A string whose units are bytes (0..255). */
export type ByteText = string;

/** The bytes of `text` as byte text. */
export function toByteText(text: string): ByteText {
  return isAscii(text) ? text : byteStringOf(wordToBytes(text));
}

/** The text that byte text means. */
export function toText(bytes: ByteText): string {
  return isAscii(bytes) ? bytes : wordsFromBytes(bytesOfByteString(bytes));
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > 0x7f) return false;
  }
  return true;
}
