/** Lines to what is written to a terminal: what has changed since, each at its place. */

/**
 * Takes a screen of its own, so that what was there before comes back at the end; hides the cursor, and has what is too
 * wide cut off in place of wrapped, should terminal and program not agree on the width of a character.
 */
export const ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l";

/** Gives it back, empty: where a terminal has one screen only, or was made larger meanwhile, nothing of ours is left. */
export const LEAVE = "\x1b[0m\x1b[H\x1b[2J\x1b[?7h\x1b[?25h\x1b[?1049l";

/** Terminals that know it show everything in between at once; others leave it alone. */
const AT_ONCE = ["\x1b[?2026h", "\x1b[?2026l"] as const;

/** Knows what a terminal shows. */
export class Screen {
  #shown: readonly string[] | undefined;

  /** What to write so that the terminal shows `lines`, from its first line on; empty where it does. */
  draw(lines: readonly string[]): string {
    const shown = this.#shown;
    this.#shown = lines;
    const changed = lines.flatMap((line, at) =>
      line === shown?.[at] ? [] : [`\x1b[${at + 1};1H\x1b[0m\x1b[K${line}`]
    );
    if (changed.length === 0) return "";
    const [begin, end] = AT_ONCE;
    // What is drawn last must not color what others print.
    return [begin, shown === undefined ? "\x1b[0m\x1b[2J" : "", ...changed, "\x1b[0m", end].join(
      "",
    );
  }

  /** Nobody knows what the terminal shows: everything is drawn anew. */
  forget(): void {
    this.#shown = undefined;
  }
}

/** What stands for characters that are not in ASCII. */
const ASCII: Readonly<Record<string, string>> = {
  "…": "~",
  "─": "-",
  "█": "X",
  "▂": ".",
  "▃": ":",
  "▄": "-",
  "▅": "=",
  "▆": "+",
};

/** A line for a terminal that knows ASCII only, as wide as before by `widthOf`. */
export function asciiOf(line: string, widthOf: (text: string) => number): string {
  return line.replace(/\P{ASCII}/gu, (one) => ASCII[one] ?? "?".repeat(widthOf(one)));
}
