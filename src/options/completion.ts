/** What shells need to know about the options, whatever their language. */

import { defaultText } from "./placeholder.ts";
import type { OptionRow, ValueSpec } from "./row.ts";

/** What can be completed where a value is. */
export type CompletedValue =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "file" | "directory" | "anything" };

/** An option as a shell sees it. */
export interface CompletedOption {
  /** Its spellings, the short one first. */
  readonly names: readonly string[];
  /** One line. */
  readonly description: string;
  /** One for each word that follows; `name` is what is there. */
  readonly values: readonly (CompletedValue & { readonly name: string })[];
}

/** The options of `rows` as shells see them, in the same order. */
export function completedOptions(rows: readonly OptionRow[]): readonly CompletedOption[] {
  return rows.map((row) => ({
    names: row.short === undefined ? [row.long] : [row.short, row.long],
    description: row.help.join(" ").replaceAll("{default}", defaultText(row)),
    values: row.values.map((value) => ({ ...completedValue(value), name: valueName(value) })),
  }));
}

/** `[p]rivate key file` to `private key file`. */
function valueName(value: ValueSpec): string {
  return value.label.replace(/[[\]]/g, "");
}

function completedValue(value: ValueSpec): CompletedValue {
  if (value.kind === "choice") {
    return { kind: "words", words: [...value.choices, ...value.unlisted ?? []] };
  }
  if (value.kind === "parsed" && value.suggestions !== undefined) {
    return { kind: "words", words: value.suggestions };
  }
  const kind = value.kind === "text" ? value.completes : undefined;
  return { kind: kind ?? "anything" };
}
