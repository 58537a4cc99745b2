/** Text of files as programs of all systems write it. */

import type { FileContent } from "./types.ts";

/** How text begins that Windows programs save as "Unicode", such as what PowerShell's `>` writes. */
const MARKS = [
  { bytes: [0xff, 0xfe], encoding: "utf-16le" },
  { bytes: [0xfe, 0xff], encoding: "utf-16be" },
  { bytes: [0xef, 0xbb, 0xbf], encoding: undefined },
] as const;

/** The same bytes without a byte order mark; UTF-16 text that begins with one becomes UTF-8. */
export function plainText(content: FileContent): FileContent {
  if (!(content instanceof Uint8Array)) return content;
  const mark = MARKS.find(({ bytes }) => bytes.every((byte, at) => content[at] === byte));
  if (mark === undefined) return content;
  const rest = content.subarray(mark.bytes.length);
  if (mark.encoding === undefined) return rest;
  return new TextEncoder().encode(new TextDecoder(mark.encoding).decode(rest));
}
