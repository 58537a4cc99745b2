/** The completion script for PowerShell. */

import type { CompletedOption, CompletedValue } from "./completion.ts";
import { PROGRAM_NAME } from "./identity.ts";

/** Renders the script: a table of options, and a completer that looks at the words before. */
export function powershellScript(options: readonly CompletedOption[]): string {
  const rows = options.flatMap(({ names, description, values }) =>
    names.map((name) =>
      `    @{ Name = ${quoted(name)}; Text = ${quoted(description)}; Values = @(${
        values.map((value) => quoted(offerFor(value))).join(", ")
      }) }`
    )
  );
  return `# PowerShell completion for ${PROGRAM_NAME}

Register-ArgumentCompleter -Native -CommandName ${quoted(PROGRAM_NAME)} -ScriptBlock {
  param($word, $ast, $position)
  $options = @(
${rows.join("\n")}
  )
  $before = @($ast.CommandElements |
    Where-Object { $_.Extent.EndOffset -lt $position } |
    ForEach-Object { $_.Extent.Text })
  foreach ($place in 0, 1) {
    if ($before.Count -le $place) { continue }
    $name = $before[-1 - $place]
    $option = $options | Where-Object { $_.Name -ceq $name } | Select-Object -First 1
    if ($null -eq $option -or $option.Values.Count -le $place) { continue }
    $offer = $option.Values[$place]
    if ($offer -in '<file>', '<directory>') {
      return [System.Management.Automation.CompletionCompleters]::CompleteFilename($word)
    }
    return $offer -split ' ' | Where-Object { $_ -and $_.StartsWith($word) } | ForEach-Object {
      [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
    }
  }
  $options | Where-Object { $_.Name.StartsWith($word) } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, 'ParameterName', $_.Text)
  }
}
`;
}

/** What the table says about a value: words, a mark for files, or nothing. */
function offerFor(value: CompletedValue): string {
  switch (value.kind) {
    case "words":
      return value.words.join(" ");
    case "file":
    case "directory":
      return `<${value.kind}>`;
    case "anything":
      return "";
  }
}

/** In single quotes: only they need doubling. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
