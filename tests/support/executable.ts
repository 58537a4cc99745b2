/**
 * The compiled program, for tests that make sense with an executable only.
 *
 * `ECHOSCU_BIN` names it; else it is compiled with the runtime of this Deno; else, where that cannot be downloaded, with the
 * laboratory runtime if it has been prepared (`deno task compile --runtime=lab`, which `deno task test` does).
 */

import { LAB_FOLDER } from "../../tools/ship/runtime.ts";
import { fromFileUrl } from "./paths.ts";
import { ourProgram, type Program } from "./run_program.ts";

/** An executable and where it comes from, or why there is none. */
export type Executable =
  | { readonly program: Program; readonly origin: "given" | "own runtime" | "laboratory runtime" }
  | { readonly missing: string };

const TOP = new URL("../../", import.meta.url);

/**
 * Finds or makes the executable. `folder` is where a made one goes; `preparing`: the laboratory runtime is prepared where
 * it is not there yet.
 */
export async function executable(
  folder: string,
  { preparing = false }: { readonly preparing?: boolean } = {},
): Promise<Executable> {
  const ours = ourProgram();
  if (ours.args.length === 0) return { program: ours, origin: "given" };
  const own = await make(folder, []);
  if (typeof own !== "string") return { program: own, origin: "own runtime" };
  if (!preparing && !isFolder(LAB_FOLDER)) return { missing: own };
  const lab = await make(folder, ["--runtime=lab"]);
  return typeof lab === "string"
    ? { missing: lab }
    : { program: lab, origin: "laboratory runtime" };
}

/** Compiles for this machine; gives the reason when that fails. */
async function make(folder: string, flags: readonly string[]): Promise<Program | string> {
  const script = fromFileUrl(new URL("tools/compile.ts", TOP));
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", script, "host", `--out=${folder}`, ...flags],
    env: { NO_COLOR: "1" },
    cwd: TOP,
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  if (!success) return decoder.decode(stderr).trim();
  return { command: decoder.decode(stdout).replace(/ [\d.]+ MB\n$/, ""), args: [] };
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}
