/** The texts that an option prints before the program ends. Loaded when one is asked for. */

import type { OptionsHost } from "./host.ts";
import type { OptionRow } from "./row.ts";

/** The text of `--help`, `--version` or `--completions`. */
export async function printedText(
  option: string,
  given: {
    readonly host: OptionsHost;
    readonly rows: readonly OptionRow[];
    readonly value: unknown;
  },
): Promise<string> {
  switch (option) {
    case "--version":
      return (await import("./version.ts")).versionText(given.host);
    case "--completions":
      return (await import("./completions.ts")).completionScript(given.value as never, given.rows);
    default:
      return (await import("./help.ts")).helpText(given.rows);
  }
}
