/** Bytes of a file to text. */

import type { Problems } from "./problem.ts";

/** Decodes UTF-8, with or without a byte order mark; adds a problem and gives `undefined` when it is none. */
export function decodeText(
  bytes: Uint8Array,
  { file, problems }: { readonly file: string; readonly problems: Problems },
): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    problems.add({ file, ...faultyPlace(bytes) }, { path: "", message: "this is not UTF-8 text" });
    return undefined;
  }
}

/** Where the first byte stands that is no UTF-8. */
function faultyPlace(bytes: Uint8Array): { readonly line: number; readonly column: number } {
  const text = new TextDecoder().decode(bytes);
  const lines = text.slice(0, text.indexOf("\ufffd")).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
