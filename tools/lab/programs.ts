/** Our program in a laboratory: from its sources, and compiled. */

import { ourSources, type Program } from "../../tests/support/run_program.ts";
import { compile } from "../compile.ts";
import { targetsNamed } from "../ship/targets.ts";
import type { Laboratory } from "./laboratory.ts";

/** Our program, and what can be expected of it. */
export interface LabProgram {
  /** How it was made: the word of the table. */
  readonly made: "sources" | "compiled";
  /** What the tests are to run, as it is named there; `undefined` for the sources. */
  readonly file: string | undefined;
  /** How it is started from here in a folder of the laboratory. */
  readonly in: (folder: string) => Program;
}

/** From its sources, by Deno. */
export function fromSources(laboratory: Laboratory): LabProgram {
  const { args } = ourSources();
  const words = args.map((word) => word.replace(/(?<=^|^--config=)\/.*$/, laboratory.there));
  return {
    made: "sources",
    file: undefined,
    in(folder) {
      const { command, args } = laboratory.program(laboratory.deno, folder);
      return { command, args: [...args, ...words] };
    },
  };
}

/** Compiled with the laboratory runtime, which is an older one: its own TLS does not work. */
export async function compiled(laboratory: Laboratory): Promise<LabProgram> {
  const [target] = targetsNamed([laboratory.triple], "");
  const out = `${laboratory.shared}/dist`;
  const code = await compile([laboratory.triple, "--runtime=lab", `--out=${out}`]);
  if (target === undefined || code !== 0) throw new Error("The program cannot be compiled");
  const file = `${out}/${target.file}`;
  return { made: "compiled", file, in: (folder) => laboratory.program(file, folder) };
}
