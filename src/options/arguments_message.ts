/** The message of `--arguments`. */

import type { Occurrence, RawOptions } from "./tokenize.ts";

/**
 * Lists the expanded arguments with long option names, in order.
 *
 * As in the reference, empty words are counted but not shown, and nothing is escaped. Passwords are hidden
 * (difference D10). The line feed at the end belongs to the message.
 */
export function argumentsMessage(
  raw: RawOptions,
  given: { readonly words: readonly string[]; readonly programName: string },
): string {
  const shown = raw.items.flatMap((item) => typeof item === "string" ? [item] : shownWords(item));
  const list = shown.filter((word) => word !== "").map((word) => `'${word}' `).join("");
  return `calling '${given.programName}' with ${given.words.length} arguments: ${list}\n`;
}

function shownWords({ row, words }: Occurrence): readonly string[] {
  const values = words.map((word, at) => {
    return row.values[at]?.isSecret === true && word !== "" ? "***" : word;
  });
  return [row.long, ...values];
}
