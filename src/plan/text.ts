/** Bytes of a file to text. */

import type { Problems } from "./problem.ts";

/** How files begin that Windows programs save as "Unicode". */
const UTF_16 = [[0xff, 0xfe], [0xfe, 0xff]] as const;

/** Decodes UTF-8, with or without a byte order mark; adds a problem and gives `undefined` when it is none. */
export function decodeText(
  bytes: Uint8Array,
  { file, problems }: { readonly file: string; readonly problems: Problems },
): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const isUtf16 = UTF_16.some(([first, second]) => bytes[0] === first && bytes[1] === second);
    const message = `this is not ${isUtf16 ? "UTF-8 but UTF-16" : "UTF-8"} text (allowed: UTF-8)`;
    problems.add({ file, ...faultyPlace(bytes) }, { path: "", message });
    return undefined;
  }
}

/** Where the first byte is that is not UTF-8. */
function faultyPlace(bytes: Uint8Array): { readonly line: number; readonly column: number } {
  const text = new TextDecoder().decode(bytes);
  const lines = text.slice(0, text.indexOf("\ufffd")).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
