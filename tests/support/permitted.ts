/** Our program with other permissions than its own: from its sources, since a bundle reads its own folder besides. */

import { ourProgram, ourSources, type Program } from "./run_program.ts";

/** Why permissions cannot be chosen; `undefined` when they can. */
export const permittedMissing = ourProgram().args.length > 0
  ? undefined
  : "the permissions of an executable are fixed when it is compiled";

/** Our program with these permissions. */
export function permitted(flags: readonly string[]): Program {
  const { command, args } = ourSources();
  const others = args.filter((arg) => !arg.startsWith("--allow-"));
  return { command, args: [...others.slice(0, -1), ...flags, others.at(-1) ?? ""] };
}
