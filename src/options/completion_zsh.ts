/** The completion script for zsh. */

import type { CompletedOption, CompletedValue } from "./completion.ts";
import { PROGRAM_NAME } from "./identity.ts";

/** Renders the script: one specification for each spelling, every option may be repeated. */
export function zshScript(options: readonly CompletedOption[]): string {
  const specifications = options.flatMap(({ names, description, values }) =>
    names.map((name) => {
      const actions = values.map((value) => `:${escaped(value.name)}:${actionFor(value)}`);
      return quoted(`*${name}[${escaped(description)}]${actions.join("")}`);
    })
  );
  const parameters = ["1:peer:_hosts", "2:port: "].map(quoted);
  const lines = [...specifications, ...parameters].map((line) => `  ${line}`);
  return `#compdef ${PROGRAM_NAME}

_arguments \\
${lines.join(" \\\n")}
`;
}

function actionFor(value: CompletedValue): string {
  switch (value.kind) {
    case "words":
      return `(${value.words.join(" ")})`;
    case "file":
      return "_files";
    case "directory":
      return "_files -/";
    case "anything":
      return " ";
  }
}

/** For the places where colons and brackets mean something. */
function escaped(text: string): string {
  return text.replace(/[\\:[\]]/g, "\\$&");
}

/** In single quotes, which nothing but themselves ends. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
