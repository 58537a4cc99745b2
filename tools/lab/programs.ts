/** Our program in a laboratory: from its sources, and compiled. */

import { ourSources, type Program, runOfBundle } from "../../tests/support/run_program.ts";
import { compile } from "../compile.ts";
import { bundle } from "../ship/bundle.ts";
import { TOP } from "../ship/components.ts";
import { targetsNamed } from "../ship/targets.ts";
import type { Laboratory } from "./laboratory.ts";

/** Our program, and what can be expected of it. */
export interface LabProgram {
  /** How it was made: the word of the table. */
  readonly made: "sources" | "compiled";
  /** How it is started from here; its current folder is that of who starts it. */
  readonly program: Program;
  /** Makes it ready for tests, which start it often. */
  readonly forTests: () => Promise<TestedProgram>;
}

/** Our program as tests start it. */
export interface TestedProgram {
  /** The variable that names it to tests that run there. */
  readonly there: Readonly<Record<string, string>>;
  /** The variable that names it to tests that run here: a file that starts it there. */
  readonly here: Readonly<Record<string, string>>;
}

/** From its sources, by Deno; tests start the bundle of them, which takes a quarter of the time. */
export function fromSources(laboratory: Laboratory): LabProgram {
  const { args } = ourSources();
  const words = args.map((word) => word.replace(/(?<=^|^--config=)\/.*$/, laboratory.there));
  const start = laboratory.program(laboratory.deno);
  return {
    made: "sources",
    program: { command: start.command, args: [...start.args, ...words] },
    async forTests() {
      const folder = `${laboratory.shared}/bundle`;
      // What is left of another bundle would be mixed with this one.
      await Deno.remove(folder, { recursive: true }).catch(() => {});
      await bundle({ sources: TOP, folder });
      const main = laboratory.there(`${folder}/main.js`);
      const { args } = runOfBundle(main);
      const script = await writeScript(`${laboratory.shared}/echoscu-bundle`, {
        command: start.command,
        args: [...start.args, ...args],
      });
      return { there: { ECHOSCU_BUNDLE: main }, here: { ECHOSCU_BIN: script } };
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
  const program = laboratory.program(file);
  return {
    made: "compiled",
    program,
    async forTests() {
      const script = await writeScript(`${laboratory.shared}/echoscu-compiled`, program);
      return {
        there: { ECHOSCU_BIN: laboratory.there(file) },
        here: { ECHOSCU_BIN: script },
      };
    },
  };
}

/** A shell script that becomes the program. */
async function writeScript(path: string, { command, args }: Program): Promise<string> {
  const words = [command, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  await Deno.writeTextFile(path, `#!/bin/sh\nexec ${words.join(" ")} "$@"\n`);
  await Deno.chmod(path, 0o755);
  return path;
}
