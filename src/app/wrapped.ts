/** Long lines for people, broken where a terminal would break them in the middle of a word. */

import type { World } from "./world.ts";

/** Continues a broken line. */
const INDENT = "  ";

/**
 * `line` in pieces that fit the terminal of standard error, broken at blanks and with two blanks before each but the
 * first; as it is where no terminal or no width is known.
 */
export function wrapped(
  line: string,
  { stderrIsTerminal, columns }: Pick<World, "stderrIsTerminal" | "columns">,
): string {
  const width = stderrIsTerminal ? columns() ?? Infinity : Infinity;
  const lines: string[] = [];
  for (const word of line.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(lines.length === 0 ? word : INDENT + word);
  }
  return lines.join("\n");
}
