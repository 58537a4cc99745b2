/**
 * Command files: a word `@file` stands for the words in that file.
 *
 * Words are separated by blank, tab, LF and CR. A quote, single or double, opens a quoted part, also in the middle
 * of a word; everything up to the same quote is literal, and the closing quote ends the word at once. There are no
 * comments and no escapes, and words from a file are not expanded again.
 */

import type { FileReader } from "./host.ts";
import { UsageError } from "./problem.ts";
import { isCommandFile } from "./tokenize.ts";
import { wordsFromBytes } from "../dicom/mod.ts";

/** Replaces each `@file` in `words`, left to right, wherever it stands. */
export function expandCommandFiles(words: readonly string[], readFile: FileReader): string[] {
  return words.flatMap((word) => {
    if (!isCommandFile(word)) return [word];
    const path = word.slice(1);
    const content = readFile(path);
    if (content instanceof Uint8Array) return splitWords(wordsFromBytes(content));
    // The reference can open a directory; it reads as empty.
    if (content.error === "directory") return [];
    throw new UsageError({ kind: "command-file", path });
  });
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
