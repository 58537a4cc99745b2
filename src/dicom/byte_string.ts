/*
 * A byte string holds what stood on the wire, one character (U+0000..U+00FF) for each byte. It is what the PDU
 * and DIMSE rooms give for text fields; this file turns it into text for people, and back.
 */

/** The byte string that means `bytes`. */
export function byteStringOf(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  }
  return text;
}

/** Largest number of arguments given to `String.fromCharCode` at once; engines bound it. */
const CHUNK = 4096;

/** The bytes a byte string means. Throws a `RangeError` for a character above U+00FF. */
export function bytesOfByteString(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0xff) throw new RangeError(`${JSON.stringify(text)} is not a byte string`);
    bytes[i] = code;
  }
  return bytes;
}

/** The text a byte string means: UTF-8 when it is valid UTF-8, else Latin-1. */
export function textOfByteString(text: string): string {
  if (isAscii(text)) return text;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      bytesOfByteString(text),
    );
  } catch {
    return text;
  }
}

/** The part of a byte string before its first NUL: where the reference's texts end. */
export function beforeNul(byteString: string): string {
  const end = byteString.indexOf("\0");
  return end < 0 ? byteString : byteString.slice(0, end);
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 0x7f) return false;
  }
  return true;
}
