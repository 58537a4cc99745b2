/** The completion script for bash, also for the old one of macOS. */

import type { CompletedOption, CompletedValue } from "./completion.ts";
import { PROGRAM_NAME } from "./identity.ts";

/** Renders the script. It looks at the word before, because values are words of their own. */
export function bashScript(options: readonly CompletedOption[]): string {
  const names = options.flatMap((option) => option.names);
  return `# bash completion for ${PROGRAM_NAME}

_${PROGRAM_NAME}() {
  local IFS=$' \\n' word=\${COMP_WORDS[COMP_CWORD]} last='' before=''
  [ "$COMP_CWORD" -gt 0 ] && last=\${COMP_WORDS[COMP_CWORD - 1]}
  [ "$COMP_CWORD" -gt 1 ] && before=\${COMP_WORDS[COMP_CWORD - 2]}
  COMPREPLY=()
  case $before in
${casesOf(options, 1)}  esac
  case $last in
${casesOf(options, 0)}    @) IFS=$'\\n'; COMPREPLY=($(compgen -f -- "$word")); return ;;
  esac
  case $word in
    [-+]*) COMPREPLY=($(compgen -W '${names.join(" ")}' -- "$word")) ;;
    *) COMPREPLY=($(compgen -A hostname -- "$word")) ;;
  esac
}

complete -o filenames -F _${PROGRAM_NAME} ${PROGRAM_NAME}
`;
}

/** One case for all options that want the same kind of word at the place `at` after them. */
function casesOf(options: readonly CompletedOption[], at: number): string {
  const wanting = options.flatMap((option) => {
    const value = option.values[at];
    return value === undefined ? [] : [{ names: option.names, reply: replyFor(value) }];
  });
  const cases = Map.groupBy(wanting, ({ reply }) => reply);
  return [...cases].map(([reply, group]) =>
    `    ${group.flatMap(({ names }) => names).join("|")}) ${reply} ;;\n`
  ).join("");
}

function replyFor(value: CompletedValue): string {
  switch (value.kind) {
    case "words":
      return `COMPREPLY=($(compgen -W '${value.words.join(" ")}' -- "$word")); return`;
    case "file":
      return `IFS=$'\\n'; COMPREPLY=($(compgen -f -- "$word")); return`;
    case "directory":
      return `IFS=$'\\n'; COMPREPLY=($(compgen -d -- "$word")); return`;
    case "anything":
      return "return";
  }
}
