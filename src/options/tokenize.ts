/** Words to options and parameters: what was typed, in its order, without any meaning yet. */

import { UsageError } from "./problem.ts";
import type { OptionRow } from "./row.ts";

/** An option with the words that belong to it. */
export interface Occurrence {
  /** Its row. */
  readonly row: OptionRow;
  /** As many words as the row has values. */
  readonly words: readonly string[];
}

/** What was typed. */
export interface RawOptions {
  /** Options and parameters in their order. */
  readonly items: readonly (Occurrence | string)[];
  /** The options alone. */
  readonly occurrences: readonly Occurrence[];
  /** The parameters alone. */
  readonly parameters: readonly string[];
}

/** A sign and then anything but a digit: `-5` and `+5` are parameters, `-.5` and `--` are not. */
const OPTION_FORM = /^[-+][^0-9]/s;

/** Whether a word names a command file: `@` and at least one more character. */
export function isCommandFile(word: string): boolean {
  return word.length > 1 && word.startsWith("@");
}

/**
 * The unknown option `word` without the password that somebody glued to a name (difference D10).
 *
 * `--use-passwd=SECRET`, `+pwSECRET`, the same with the other sign, and what is given by `=` to anything that is called
 * like a password.
 */
function withoutSecret(word: string, rows: readonly OptionRow[]): string {
  const secrets = rows.filter(({ values }) => values.some((value) => value.isSecret === true));
  if (secrets.length === 0) return word;
  const sign = word.startsWith("+") ? "+" : "-";
  for (const { long, short = long } of secrets) {
    for (const name of [long, `${sign}${short.slice(1)}`]) {
      const isOther = word.startsWith(`${name}-`) &&
        rows.some((row) => row.long.startsWith(`${name}-`));
      if (!word.startsWith(name) || isOther) continue;
      return `${name}${word.charAt(name.length) === "=" ? "=" : ""}***`;
    }
  }
  const [name = ""] = word.split("=", 1);
  const isSecret = name.length < word.length && /pass|pw|secret/i.test(name);
  return isSecret ? `${name}=***` : word;
}

/**
 * Splits `words` by the names in `rows`.
 *
 * An option swallows the words of its values without looking at them. The first unknown option or missing value
 * ends it.
 */
export function tokenize(words: readonly string[], rows: readonly OptionRow[]): RawOptions {
  const byName = new Map<string, OptionRow>();
  for (const row of rows) {
    byName.set(row.long, row);
    if (row.short !== undefined) byName.set(row.short, row);
  }
  const items: (Occurrence | string)[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!OPTION_FORM.test(word)) {
      items.push(word);
      continue;
    }
    const row = byName.get(word);
    if (row === undefined) {
      throw new UsageError({ kind: "unknown-option", word: withoutSecret(word, rows) });
    }
    const taken = words.slice(at + 1, at + 1 + row.values.length);
    if (taken.length < row.values.length) {
      throw new UsageError({ kind: "missing-value", option: row.long });
    }
    items.push({ row, words: taken });
    at += taken.length;
  }
  return {
    items,
    occurrences: items.filter((item) => typeof item !== "string"),
    parameters: items.filter((item) => typeof item === "string"),
  };
}
