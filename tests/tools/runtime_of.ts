/** Which runtime an executable was made with, where that decides what can be expected of it. */

import { type Program, runProgram } from "./run_program.ts";

/** Why TLS cannot be expected of a program; `undefined` when it can. */
export async function tlsMissing(program: Program): Promise<string | undefined> {
  const { stdout } = await runProgram(program, { args: ["--version"] });
  const version = /^- Deno, Version (.*)$/m.exec(stdout)?.[1] ?? "";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 2 || (major === 2 && minor >= 9)) return undefined;
  return `the TLS of its runtime, Deno ${version}, runs over the runtime's own sockets only`;
}
