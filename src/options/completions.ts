/** Completion scripts, made from the option table. */

import { completedOptions } from "./completion.ts";
import { bashScript } from "./completion_bash.ts";
import { fishScript } from "./completion_fish.ts";
import { powershellScript } from "./completion_powershell.ts";
import { zshScript } from "./completion_zsh.ts";
import type { OptionRow } from "./row.ts";

/** The scripts by the shells they are for; the same words as the choices of `--completions`. */
const SCRIPTS = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
} as const;

/** The shells we have scripts for. */
export type Shell = keyof typeof SCRIPTS;

/** The completion script for `shell`. */
export function completionScript(shell: Shell, rows: readonly OptionRow[]): string {
  return SCRIPTS[shell](completedOptions(rows));
}
