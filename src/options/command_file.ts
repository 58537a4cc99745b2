/**
 * Command files: a word `@file` means the words in that file.
 *
 * Words are separated by blank, tab, LF and CR. A quote, single or double, opens a quoted part, also in the middle
 * of a word; everything up to the same quote is literal, and the closing quote ends the word at once. There are no
 * comments and no escapes, and words from a file are not expanded again.
 */

import { splitTarget } from "../common/target.ts";
import type { FileReader } from "../system/types.ts";
import { UsageError } from "./problem.ts";
import type { OptionRow } from "./row.ts";
import { isCommandFile } from "./tokenize.ts";
import { wordsFromBytes } from "../dicom/mod.ts";

/** What command files are read with. */
export interface CommandFileDeps {
  readonly readFile: FileReader;
  readonly rows: readonly OptionRow[];
}

/** A command line in which command files were replaced by their words. */
export interface Expansion {
  readonly words: readonly string[];
  /** Words that must not be shown, with their file: it does not begin like arguments, and may be anything. */
  readonly hidden: ReadonlyMap<string, string>;
}

/** Replaces each `@file` in `words`, left to right, wherever it is. */
export async function expandCommandFiles(
  words: readonly string[],
  deps: CommandFileDeps,
): Promise<Expansion> {
  const hidden = new Map<string, string>();
  const expanded: string[] = [];
  for (const word of words) {
    if (!isCommandFile(word)) {
      expanded.push(word);
      continue;
    }
    const path = word.slice(1);
    const found = await wordsOf(path, deps);
    for (const one of found) expanded.push(one);
    if (!beginsLikeArguments(found, deps)) { for (const one of found) hidden.set(one, path); }
  }
  return { words: expanded, hidden };
}

async function wordsOf(
  path: string,
  { readFile }: CommandFileDeps,
): Promise<readonly string[]> {
  const content = await readFile(path);
  if (content instanceof Uint8Array) return splitWords(wordsFromBytes(content));
  // The reference can open a directory; it reads as empty.
  if (content.error === "directory") return [];
  throw new UsageError({ kind: "command-file", path, fault: content.error });
}

/** With an option, with a peer and a port, or with both in one word. */
function beginsLikeArguments(words: readonly string[], { rows }: CommandFileDeps): boolean {
  const [first = "", second = ""] = words;
  return rows.some(({ long, short }) => first === long || first === short) ||
    /^\d+$/.test(second) || splitTarget(first) !== undefined;
}

/** Splits the content of a command file into words. */
export function splitWords(content: string): string[] {
  const words: string[] = [];
  let word = "";
  let quote = "";
  for (const character of content) {
    if (quote !== "") {
      if (character !== quote) {
        word += character;
        continue;
      }
      words.push(word);
      word = quote = "";
    } else if (character === '"' || character === "'") {
      quote = character;
    } else if (!" \t\n\r".includes(character)) {
      word += character;
    } else if (word !== "") {
      words.push(word);
      word = "";
    }
  }
  return word === "" ? words : [...words, word];
}
