/** The completion script for fish. */

import type { CompletedOption, CompletedValue } from "./completion.ts";
import { PROGRAM_NAME } from "./identity.ts";

/**
 * Renders the script.
 *
 * To fish only words with a dash are options. Names with a plus sign are arguments, offered once a plus sign is
 * typed, and their values are offered by what the word before is.
 */
export function fishScript(options: readonly CompletedOption[]): string {
  return `# fish completion for ${PROGRAM_NAME}

function __${PROGRAM_NAME}_behind
  set -l words (commandline -opc)
  set -l at (math (count $words) - $argv[1] + 1)
  test $at -gt 1; and contains -- $words[$at] $argv[2..-1]
end

complete -c ${PROGRAM_NAME} -f
${options.flatMap(linesOf).map((line) => `complete -c ${PROGRAM_NAME} ${line}\n`).join("")}`;
}

function linesOf({ names, description, values }: CompletedOption): readonly string[] {
  const dashed = names.filter((name) => name.startsWith("-"));
  const plus = names.filter((name) => name.startsWith("+"));
  const [first, ...more] = values;
  const note = `-d ${quoted(description)}`;
  const behind = (place: number, value: CompletedValue, spellings: readonly string[]) =>
    `-n '__${PROGRAM_NAME}_behind ${place} ${spellings.join(" ")}' ${offerFor(value)}`;
  return [
    `${dashed.map(nameFlag).join(" ")} ${note}${first ? ` -r ${offerFor(first)}` : ""}`,
    ...plus.map((name) =>
      `-n 'string match -q -- "+*" (commandline -ct)' -a ${quoted(name)} ${note}`
    ),
    ...(first !== undefined && plus.length > 0 ? [behind(1, first, plus)] : []),
    ...more.map((value, at) => behind(at + 2, value, names)),
  ].map((line) => line.trimEnd());
}

/** `--x` is long, `-x` is short, `-xy` is what fish calls an old style option. */
function nameFlag(name: string): string {
  if (name.startsWith("--")) return `-l ${name.slice(2)}`;
  return name.length === 2 ? `-s ${name.slice(1)}` : `-o ${name.slice(1)}`;
}

function offerFor(value: CompletedValue): string {
  switch (value.kind) {
    case "words":
      return `-f -a ${quoted(value.words.join(" "))}`;
    case "file":
      return "-F";
    case "directory":
      return "-f -a '(__fish_complete_directories)'";
    case "anything":
      return "-f";
  }
}

/** In single quotes, where fish still knows escapes of quotes and backslashes. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
