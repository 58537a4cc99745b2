/**
 * Makes the bundle: what an executable is compiled from, and what the gate runs.
 *
 * What every start needs is in one file (`join.ts`), what is imported on demand in files of its own. Before the first
 * line of a program runs, Deno reads every file that a literal `import("./x.js")` names, wanted or not: half the start of
 * a check. So these specifiers are made such that it cannot see them beforehand; a file is then read when it is wanted,
 * and not at all by a check that does not want it. The compiler has to be given the files by name for the same reason:
 * `bundledFiles()`. Last, what is sure to be called is marked, so that it is compiled with its file (`eager.ts`).
 */

import { compiledAtLoad } from "./eager.ts";
import { BUNDLE_FLAGS } from "./flags.ts";
import { outputOf } from "./commands.ts";
import { joinCore } from "./join.ts";
import { functionsOf } from "./functions.ts";

/** Where from and where to. */
export interface BundleJob {
  /** Folder with `main.ts` and `src/`. */
  readonly sources: string;
  /** Folder that gets `main.js` and the rest; made where it is not there. */
  readonly folder: string;
  /** Flags of `deno bundle` besides the usual. */
  readonly flags?: readonly string[];
}

/** Bundles; `CommandError` when Deno cannot. */
export async function bundle({ sources, folder, flags = [] }: BundleJob): Promise<void> {
  const args = ["bundle", ...BUNDLE_FLAGS, ...flags, `--outdir=${folder}`, "main.ts"];
  await outputOf(Deno.execPath(), { args, cwd: sources });
  const made = new Map<string, string>();
  for (const name of bundledFiles(folder)) {
    made.set(name, await Deno.readTextFile(`${folder}/${name}`));
    await Deno.remove(`${folder}/${name}`);
  }
  for (const [name, text] of joinCore(made)) {
    await Deno.writeTextFile(`${folder}/${name}`, hideSpecifiers(text));
  }
  for (const [name, functions] of await functionsOf(folder, bundledFiles(folder))) {
    const text = await Deno.readTextFile(`${folder}/${name}`);
    await Deno.writeTextFile(`${folder}/${name}`, compiledAtLoad(text, functions));
  }
}

/** Names of the files of a bundle, `main.js` among them. */
export function bundledFiles(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

/** The same module, with specifiers of imports on demand that nothing sees before they are used. */
export function hideSpecifiers(code: string): string {
  return code.replaceAll(/\bimport\(("\.\/[\w-]+\.js")\)/g, "import(String($1))");
}
