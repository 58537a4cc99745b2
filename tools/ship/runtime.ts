/**
 * Which runtime an executable gets: Deno's own (downloaded by `deno compile`, or the file that `DENORT_BIN` names), or the
 * laboratory one.
 *
 * The laboratory runtime serves to try compiled behaviour where Deno's download host cannot be reached. It is made from
 * npm packages alone: Deno 2.7.11 as compiler, and as runtime what is left of programs that somebody else made by
 * `deno compile` with that version when their own part is taken out. It is older than the Deno of a release (its TLS lacks
 * what the runtime's engine needs, so that our own engine is tried) and was built by others: never ship what is made with it.
 */

import { CommandError, outputOf } from "./commands.ts";
import { TOP } from "./components.ts";
import { elfLength } from "./elf.ts";
import { withoutSegment } from "./macho.ts";

/** A compiler and, when it must not look for one itself, its runtime. */
export interface Runtime {
  /** Path of Deno. */
  readonly deno: string;
  /** Variables that `deno compile` needs. */
  readonly env: Readonly<Record<string, string>>;
}

/** The runtime of the Deno that runs this. */
export const OWN_RUNTIME: Runtime = { deno: Deno.execPath(), env: {} };

/** Folder, outside version control, of what laboratories need; `ECHOSCU_LAB` names another one. */
export const LAB_FOLDER = Deno.env.get("ECHOSCU_LAB") ?? `${TOP}/.cache/lab`;

const LAB_DENO = { name: "deno", version: "2.7.11" };
const DONOR_VERSION = "0.22.2";

/** Where the laboratory runtime of a target comes from. */
interface Donor {
  /** npm package of a program that was compiled for the target. */
  readonly name: string;
  /** The program in it. */
  readonly program: string;
  /** Takes the program's own part out. */
  readonly runtimeOf: (program: Uint8Array) => Uint8Array;
  /** SHA-256 of what is left. */
  readonly sha256: string;
}

function elf(program: Uint8Array): Uint8Array {
  return program.subarray(0, elfLength(program));
}

const DONORS: Readonly<Record<string, Donor>> = {
  "x86_64-unknown-linux-gnu": {
    name: "@stdy/cli-linux-x64",
    program: "bin/steady",
    runtimeOf: elf,
    sha256: "f12d5d3886d5ea138304fb8d67d7396cfbedf53656676132152cb89f3fa4d8e6",
  },
  "aarch64-unknown-linux-gnu": {
    name: "@stdy/cli-linux-arm64",
    program: "bin/steady",
    runtimeOf: elf,
    sha256: "9c888d915647ff971a497acd39ee45ea63da5f19d12d4363124942c257c055ef",
  },
  "aarch64-apple-darwin": {
    name: "@stdy/cli-darwin-arm64",
    program: "bin/steady",
    runtimeOf: (program) => withoutSegment(program, "__SUI"),
    sha256: "905e502336571de23a06b3617bcbc170d2837c45cc140ebf7d11e0ab32c46a33",
  },
  // A resource of a Windows program: the compiler replaces the one that is there.
  "x86_64-pc-windows-msvc": {
    name: "@stdy/cli-win32-x64",
    program: "bin/steady.exe",
    runtimeOf: (program) => program,
    sha256: "f61a8733b07d8fe6746543e8c602a0f583cd9baa591a94d63ea59c2349a7ef85",
  },
};

/** The only system that the compiler of the laboratory runs on. */
const LAB_HOST = "x86_64-unknown-linux-gnu";

/** Targets that there is a laboratory runtime for; none on other machines than Linux on x86_64. */
export const LAB_TARGETS: readonly string[] = Deno.build.target === LAB_HOST
  ? Object.keys(DONORS)
  : [];

/** Prepares the laboratory runtime of a target below `cache`; what is there already is used again. */
export async function labRuntime(cache: string, target: string): Promise<Runtime> {
  const donor = LAB_TARGETS.includes(target) ? DONORS[target] : undefined;
  if (donor === undefined) {
    throw new CommandError(
      `There is no laboratory runtime for ${target} here; there is one for ${
        LAB_TARGETS.join(", ") || `nothing but on ${LAB_HOST}`
      }`,
    );
  }
  const { version } = LAB_DENO;
  const compiler = `${cache}/deno-${version}`;
  await Deno.mkdir(compiler, { recursive: true });
  const deno = `${compiler}/node_modules/@deno/linux-x64-glibc/deno`;
  if (!isFile(deno)) await install(compiler, `${LAB_DENO.name}@${version}`);
  const denort = `${cache}/denort-${version}-${target}`;
  if (!isFile(denort)) await cutOut(donor, { cache, denort });
  return { deno, env: { DENORT_BIN: denort, DENO_DIR: `${cache}/deno-dir` } };
}

/** Installs by the ordinary client, for whatever system the package is, without running anything of it. */
async function install(folder: string, what: string): Promise<void> {
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  const flags = [
    "--prefix",
    folder,
    "--no-save",
    "--no-package-lock",
    "--ignore-scripts",
    ...quiet,
  ];
  await outputOf("npm", { args: ["install", "--force", ...flags, what] });
}

async function cutOut(
  { name, program, runtimeOf, sha256 }: Donor,
  { cache, denort }: { readonly cache: string; readonly denort: string },
): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: cache });
  try {
    await install(folder, `${name}@${DONOR_VERSION}`);
    const runtime = runtimeOf(await Deno.readFile(`${folder}/node_modules/${name}/${program}`));
    const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(runtime));
    const found = new Uint8Array(digest).toHex();
    if (found !== sha256) {
      throw new CommandError(`the laboratory runtime has another SHA-256 than expected: ${found}`);
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
