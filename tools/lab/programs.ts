/** Our program in a laboratory: from its sources, and compiled. */

import { ourSources, type Program } from "../../tests/support/run_program.ts";
import { compile } from "../compile.ts";
import { targetsNamed } from "../ship/targets.ts";
import type { Laboratory } from "./laboratory.ts";

/** Our program, and what can be expected of it. */
export interface LabProgram {
  /** How it was made: the word of the table. */
  readonly made: "sources" | "compiled";
  /** What tests that run there are to run, as it is named there; `undefined` for the sources. */
  readonly file: string | undefined;
  /** How it is started from here; its current folder is that of who starts it. */
  readonly program: Program;
  /** A file here that starts it, for tests that run here. */
  readonly script: string;
}

/** From its sources, by Deno. */
export async function fromSources(laboratory: Laboratory): Promise<LabProgram> {
  const { args } = ourSources();
  const words = args.map((word) => word.replace(/(?<=^|^--config=)\/.*$/, laboratory.there));
  const start = laboratory.program(laboratory.deno);
  const program = { command: start.command, args: [...start.args, ...words] };
  const script = await writeScript(`${laboratory.shared}/echoscu-sources`, program);
  return { made: "sources", file: undefined, program, script };
}

/** Compiled with the laboratory runtime, which is an older one: its own TLS does not work. */
export async function compiled(laboratory: Laboratory): Promise<LabProgram> {
  const [target] = targetsNamed([laboratory.triple], "");
  const out = `${laboratory.shared}/dist`;
  const code = await compile([laboratory.triple, "--runtime=lab", `--out=${out}`]);
  if (target === undefined || code !== 0) throw new Error("The program cannot be compiled");
  const file = `${out}/${target.file}`;
  const program = laboratory.program(file);
  const script = await writeScript(`${laboratory.shared}/echoscu-compiled`, program);
  return { made: "compiled", file: laboratory.there(file), program, script };
}

/** A shell script that becomes the program. */
async function writeScript(path: string, { command, args }: Program): Promise<string> {
  const words = [command, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  await Deno.writeTextFile(path, `#!/bin/sh\nexec ${words.join(" ")} "$@"\n`);
  await Deno.chmod(path, 0o755);
  return path;
}
