/** What the tests of this room share. */

import { type CommandLine, parseCommandLine } from "./command_line.ts";
import type { OptionsHost } from "./host.ts";
import { HEADER } from "./identity.ts";
import type { Options } from "./options.ts";
import type { OptionRow } from "./row.ts";
import { OPTION_ROWS } from "./rows.ts";

/** A world with only these files; a file that is `null` is a directory. */
export function hostWith(
  files: Readonly<Record<string, string | Uint8Array | null>> = {},
  more: Partial<OptionsHost> = {},
): OptionsHost {
  return {
    programName: "echoscu",
    readFile(path) {
      const content = files[path];
      if (content === undefined) return { error: "missing" };
      if (content === null) return { error: "directory" };
      return typeof content === "string" ? new TextEncoder().encode(content) : content;
    },
    stderrIsTerminal: false,
    target: "test-target",
    versions: [{ name: "Runtime", version: "1.2.3" }],
    ...more,
  };
}

/** Parses `words` in a world without files. */
export function parse(
  words: readonly string[],
  host: OptionsHost = hostWith(),
): Promise<CommandLine> {
  return parseCommandLine(words, host);
}

/** The options of a command line that begins a run; throws the error text of any other. */
export async function optionsOf(
  words: readonly string[],
  host: OptionsHost = hostWith(),
): Promise<Options> {
  const result = await parse(words, host);
  if (result.kind === "run") return result.options;
  throw new Error(result.kind === "error" ? result.stderr : result.kind);
}

/** The text after `error: ` of a command line that is refused; its kind when it is not. */
export async function errorOf(
  words: readonly string[],
  host: OptionsHost = hostWith(),
): Promise<string> {
  const result = await parse(words, host);
  if (result.kind !== "error") return `(${result.kind})`;
  const text = result.stderr.slice(`${HEADER}error: `.length);
  return result.stderr.startsWith(`${HEADER}error: `)
    ? text.trimEnd()
    : `(no header) ${result.stderr}`;
}

/** Every row of the table, as a row and no more. */
export const ALL_ROWS: readonly OptionRow[] = OPTION_ROWS;

/** `words` with the parameters `a 1`, unless one of them does away with parameters. */
export function withParameters(words: readonly string[]): readonly string[] {
  const isAlone = ALL_ROWS.some((row) => row.parameters === "none" && words.includes(row.long)) &&
    !words.includes("--explain-code");
  return isAlone ? words : [...words, "a", "1"];
}
