/** What benchmarks measure: the program as it is shipped. */

import { bundledProgram, ourProgram, type Program } from "../support/run_program.ts";

/** The executable that `ECHOSCU_BIN` names, else the bundle; throws when there is neither. */
export async function shippedProgram(): Promise<Program> {
  if (Deno.env.has("ECHOSCU_BIN")) return ourProgram();
  const bundle = await bundledProgram();
  if ("missing" in bundle) throw new Error(bundle.missing);
  return bundle;
}
