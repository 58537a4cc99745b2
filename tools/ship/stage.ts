/**
 * The input of the compiler: a copy of the program's own files, bundled, with fixed times.
 *
 * Tests, tools and whatever else lies in a working folder never get into an executable. Modification times are stored in
 * it, so they are set. The bundler names its files after what is in them and where their sources lie, seen from the folder
 * it runs in, so the packages are linked into that folder. The same commit gives the same bytes wherever and whenever it
 * is compiled.
 */

import { bundle, bundledFiles } from "./bundle.ts";
import { outputOf } from "./commands.ts";

/** What the executable says of itself, and the time that all files get. */
export interface Origin {
  /** The commit; `undefined` when it is not known. */
  readonly commit: string | undefined;
  /** Seconds since 1970. */
  readonly epochSeconds: number;
}

/** Finds commit and time: what the caller says, else what Git says, else the release date. */
export async function findOrigin(top: string, given: { commit?: string }): Promise<Origin> {
  const commit = given.commit ?? await gitCommit(top);
  const epoch = Deno.env.get("SOURCE_DATE_EPOCH") ?? await git(top, ["log", "-1", "--format=%ct"]);
  if (epoch !== undefined && !/^\d+$/.test(epoch)) {
    throw new Error(`SOURCE_DATE_EPOCH is not a number of seconds: ${epoch}`);
  }
  return { commit, epochSeconds: epoch === undefined ? await releaseDay(top) : Number(epoch) };
}

/** A folder with the bundle, `main.js` its entry; `await using` removes it. */
export interface Staged extends AsyncDisposable {
  /** Path of the folder. */
  readonly folder: string;
}

/** How the names of folders begin that the compiler reads from. */
export const STAGED = "echoscu-compile-";

/** Copies, notes the commit, bundles, and sets the times. */
export async function stage(top: string, origin: Origin): Promise<Staged> {
  const work = await Deno.makeTempDir({ prefix: STAGED });
  const remove = () => Deno.remove(work, { recursive: true });
  try {
    const sources = `${work}/sources`;
    await copyProgram(top, sources);
    await noteCommit(sources, origin.commit);
    const folder = `${work}/bundle`;
    await bundle({ sources, folder, flags: ["--node-modules-dir=auto"] });
    for (const name of bundledFiles(folder)) {
      await Deno.utime(`${folder}/${name}`, origin.epochSeconds, origin.epochSeconds);
    }
    return { folder, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

const TOP_FILES = ["deno.json", "deno.lock", "logger.cfg", "main.ts"];

async function copyProgram(top: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for (const name of TOP_FILES) await Deno.copyFile(`${top}/${name}`, `${to}/${name}`);
  await copySources(`${top}/src`, `${to}/src`);
}

async function copySources(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copySources(`${from}/${name}`, `${to}/${name}`);
    else if (!name.endsWith("_test.ts")) await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  }
}

async function noteCommit(sources: string, commit: string | undefined): Promise<void> {
  const path = `${sources}/src/options/build.ts`;
  const before = await Deno.readTextFile(path);
  const after = before.replace(/= undefined;\n$/, `= ${JSON.stringify(commit)};\n`);
  if (commit !== undefined && after === before) {
    throw new Error(`Cannot note the commit in ${path}`);
  }
  await Deno.writeTextFile(path, after);
}

/** The commit, marked when what is compiled is not what was committed. */
async function gitCommit(top: string): Promise<string | undefined> {
  const commit = await git(top, ["rev-parse", "HEAD"]);
  if (commit === undefined) return undefined;
  const changed = await git(top, ["status", "--porcelain", "--", "src", ...TOP_FILES]);
  return changed === "" ? commit : `${commit}-modified`;
}

/** What Git says, trimmed; `undefined` when there is no Git, or `top` is not the top of a clone. */
async function git(top: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const prefix = await outputOf("git", { args: ["rev-parse", "--show-prefix"], cwd: top });
    if (prefix.trim() !== "") return undefined;
    return (await outputOf("git", { args: [...args], cwd: top })).trim();
  } catch {
    return undefined;
  }
}

async function releaseDay(top: string): Promise<number> {
  const text = await Deno.readTextFile(`${top}/src/options/identity.ts`);
  const day = /RELEASE_DATE = "([\d-]+)"/.exec(text)?.[1];
  if (day === undefined) throw new Error("src/options/identity.ts has no RELEASE_DATE");
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}
