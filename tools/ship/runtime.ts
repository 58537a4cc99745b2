/**
 * Which runtime an executable gets: Deno's own (downloaded by `deno compile`, or the file that `DENORT_BIN` names), or the
 * laboratory one.
 *
 * The laboratory runtime serves to try compiled behaviour where Deno's download host cannot be reached. It is made from
 * npm packages alone: Deno 2.4.2 as compiler, and as runtime the ELF part of a program that somebody else made by
 * `deno compile` with that version; its end is where the section header table ends. It is old and was built by others:
 * never ship what is made with it.
 */

import { CommandError, outputOf } from "./commands.ts";
import { elfLength } from "./elf.ts";

/** A compiler and, when it must not look for one itself, its runtime. */
export interface Runtime {
  /** Path of Deno. */
  readonly deno: string;
  /** Variables that `deno compile` needs. */
  readonly env: Readonly<Record<string, string>>;
}

/** The runtime of the Deno that runs this. */
export const OWN_RUNTIME: Runtime = { deno: Deno.execPath(), env: {} };

/** The only target of the laboratory runtime. */
export const LAB_TARGET = "x86_64-unknown-linux-gnu";

const LAB_DENO = { name: "deno", version: "2.4.2" };
const LAB_DONOR = { name: "@vltpkg/cli-linux-x64", version: "0.0.0-18", program: "vlt" };
const LAB_SHA256 = "2705685d7478610b98dcd43acecd457a19810146323041c8af8a88f7dd0b5e82";

/** Prepares the laboratory runtime below `cache`; what is there already is used again. */
export async function labRuntime(cache: string): Promise<Runtime> {
  if (Deno.build.target !== LAB_TARGET) {
    throw new CommandError(`the laboratory runtime exists for ${LAB_TARGET} only`);
  }
  await Deno.mkdir(cache, { recursive: true });
  const deno = `${cache}/node_modules/@deno/linux-x64-glibc/deno`;
  if (!isFile(deno)) await install(cache, `${LAB_DENO.name}@${LAB_DENO.version}`);
  const denort = `${cache}/denort-${LAB_DENO.version}`;
  if (!isFile(denort)) await cutOut(cache, denort);
  return { deno, env: { DENORT_BIN: denort, DENO_DIR: `${cache}/deno-dir` } };
}

/** Installs by the ordinary client, without running anything of the package. */
async function install(cache: string, what: string): Promise<void> {
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  const flags = ["--prefix", cache, "--no-save", "--no-package-lock", "--ignore-scripts", ...quiet];
  await outputOf("npm", { args: ["install", ...flags, what] });
}

async function cutOut(cache: string, denort: string): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: cache });
  try {
    await install(folder, `${LAB_DONOR.name}@${LAB_DONOR.version}`);
    const donor = `${folder}/node_modules/${LAB_DONOR.name}/${LAB_DONOR.program}`;
    const bytes = await Deno.readFile(donor);
    const runtime = bytes.subarray(0, elfLength(bytes));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", runtime)).toHex();
    if (digest !== LAB_SHA256) {
      throw new CommandError(`the laboratory runtime has another SHA-256 than expected: ${digest}`);
    }
    await Deno.writeFile(`${folder}/denort`, runtime, { mode: 0o755 });
    await Deno.rename(`${folder}/denort`, denort);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
