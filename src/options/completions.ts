/** Completion scripts, made from the option table. */

import type { OptionRow } from "./row.ts";

/** The shells we have scripts for. */
export type Shell = "bash" | "zsh" | "fish" | "powershell";

/** The completion script for `shell`. */
export function completionScript(_shell: Shell, _rows: readonly OptionRow[]): string {
  return "";
}
