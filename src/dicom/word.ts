/**
 * Words and their bytes.
 *
 * The reference works on bytes; we work on strings. A byte of a command file that is not a part of a UTF-8 character
 * becomes a lone surrogate U+DC80..U+DCFF (as in Python's "surrogateescape"), so that no byte is lost: `wordToBytes`
 * gives the bytes back for the wire, for file names and for output.
 */

/** Decodes bytes to a string; bytes that are not UTF-8 become lone surrogates. A byte order mark is kept. */
export function wordsFromBytes(bytes: Uint8Array): string {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(bytes);
  } catch {
    let text = "";
    for (let at = 0; at < bytes.length;) {
      const length = characterLength(bytes[at] ?? 0);
      try {
        text += decoder.decode(bytes.subarray(at, at + length));
        at += length;
      } catch {
        text += String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
        at += 1;
      }
    }
    return text;
  }
}

/** Encodes a word to the bytes it was made from. */
export function wordToBytes(word: string): Uint8Array {
  const encoder = new TextEncoder();
  if (word.isWellFormed()) return encoder.encode(word);
  const parts = word.split(/([\uDC80-\uDCFF])(?<![\uD800-\uDBFF][\uDC80-\uDCFF])/);
  const bytes = parts.flatMap((part, at) =>
    at % 2 === 1 ? [part.charCodeAt(0) - 0xdc00] : [...encoder.encode(part)]
  );
  return new Uint8Array(bytes);
}

/** How many bytes a UTF-8 character has that begins with `lead`; 1 for what cannot begin one. */
function characterLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}
