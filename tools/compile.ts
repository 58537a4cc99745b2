/**
 * Makes the executables: `deno task compile [TARGET...]`, all of them without a name, `host` for this machine.
 *
 * Options: `--out=FOLDER` (default `dist`), `--commit=NAME` where there is no Git, `--runtime=lab` for the laboratory
 * runtime, which four targets have. `SOURCE_DATE_EPOCH` and `DENORT_BIN` are honoured. What was made is looked into
 * (`ship/structure.ts`). Next to the executables it writes their `SHA256SUMS`.
 */

import { bundledFiles } from "./ship/bundle.ts";
import { sha256Sums } from "./ship/checksums.ts";
import { CommandError, outputOf } from "./ship/commands.ts";
import { TOP } from "./ship/components.ts";
import { compileFlags } from "./ship/flags.ts";
import { LAB_FOLDER, LAB_TARGETS, labRuntime, OWN_RUNTIME, type Runtime } from "./ship/runtime.ts";
import { type Measure, structureFaults } from "./ship/structure.ts";
import { findOrigin, stage, STAGED } from "./ship/stage.ts";
import { type Target, TARGETS, targetsNamed } from "./ship/targets.ts";

interface Settings {
  readonly targets: readonly Target[];
  readonly out: string;
  readonly lab: boolean;
  readonly commit?: string;
}

/** Makes what the arguments ask for; resolves with the exit code. */
export async function compile(args: readonly string[]): Promise<number> {
  try {
    const settings = parseArguments(args);
    const origin = await findOrigin(TOP, settings);
    await Deno.mkdir(settings.out, { recursive: true });
    await using staged = await stage(TOP, origin);
    for (const target of settings.targets) {
      const runtime = settings.lab ? await labRuntime(LAB_FOLDER, target.triple) : OWN_RUNTIME;
      await compileOne(staged.folder, { target, runtime, out: settings.out });
    }
    await writeSums(settings.out);
    return 0;
  } catch (error) {
    console.error(`compile: ${error instanceof Error ? error.message : error}`);
    return 1;
  }
}

/** Why Deno's own runtime cannot be had for this machine; `undefined` when it can, and it is then kept for later. */
export async function runtimeMissing(): Promise<string | undefined> {
  const [target] = targetsNamed(["host"], Deno.build.target);
  if (target === undefined) return `no runtime for ${Deno.build.target}`;
  const folder = await Deno.makeTempDir({ prefix: "echoscu-runtime-" });
  try {
    await Deno.writeTextFile(`${folder}/main.js`, "");
    const args = ["compile", ...compileFlags(), `--output=${folder}/out`, "main.js"];
    await outputOf(OWN_RUNTIME.deno, { args, cwd: folder });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return explained(error, target).message;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function parseArguments(args: readonly string[]): Settings {
  const options = args.filter((arg) => arg.startsWith("--"));
  const names = args.filter((arg) => !arg.startsWith("--"));
  const unknown = options.find((option) =>
    !/^--(runtime=lab|out=.+|commit=\w[\w.-]*)$/.test(option)
  );
  if (unknown !== undefined) {
    throw new Error(
      `Unknown option ${unknown}; there are --runtime=lab, --out=FOLDER, --commit=NAME`,
    );
  }
  const lab = options.includes("--runtime=lab");
  const all = lab && names.length === 0 ? LAB_TARGETS : names;
  const targets = targetsNamed(all, Deno.build.target);
  if (!lab && targets.length > 1 && Deno.env.has("DENORT_BIN")) {
    throw new Error("DENORT_BIN names the runtime of one target: name that target");
  }
  const commit = valueOf(options, "commit");
  const out = valueOf(options, "out") ?? `${TOP}/dist`;
  return { targets, lab, out, ...(commit === undefined ? {} : { commit }) };
}

function valueOf(options: readonly string[], name: string): string | undefined {
  return options.find((option) => option.startsWith(`--${name}=`))?.slice(name.length + 3);
}

interface Job {
  readonly target: Target;
  readonly runtime: Runtime;
  readonly out: string;
}

async function compileOne(folder: string, { target, runtime, out }: Job): Promise<void> {
  const file = `${await Deno.realPath(out)}/${target.file}`;
  const flags = [...compileFlags(), `--target=${target.triple}`, `--output=${file}`];
  const onDemand = bundledFiles(folder).filter((name) => name !== "main.js");
  const included = onDemand.map((name) => `--include=${name}`);
  const args = ["compile", ...flags, ...included, "main.js"];
  try {
    await outputOf(runtime.deno, { args, cwd: folder, env: runtime.env });
  } catch (error) {
    throw error instanceof CommandError ? explained(error, target) : error;
  }
  await lookInto(file, { target, foreign: [`${TOP}/src/`, STAGED] });
  await tryOut(file, target);
  const { size } = await Deno.stat(file);
  console.log(`${file} ${(size / 1e6).toFixed(1)} MB`);
}

/** Whatever system a file is for: its format, what it may do, and that nothing of this machine is in it. */
async function lookInto(file: string, measure: Measure): Promise<void> {
  const faults = [...structureFaults(await Deno.readFile(file), measure)];
  const mode = (await Deno.stat(file)).mode ?? 0o777;
  if (Deno.build.os !== "windows" && (mode & 0o555) !== 0o555) {
    faults.push(`not everybody may start it: mode ${mode.toString(8)}`);
  }
  if (faults.length > 0) throw new Error(`${file} is wrong: ${faults.join("; ")}`);
}

/** A runtime of another version compiles without complaint, but the result does not run: what can be started is tried. */
async function tryOut(file: string, { triple }: Target): Promise<void> {
  if (triple !== Deno.build.target) return;
  const text = await outputOf(file, { args: ["--version"] }).catch((error) => String(error));
  if (!text.startsWith("$echoscu: ")) {
    const [said] = text.split("\n");
    throw new Error(`${file} does not run; was DENORT_BIN made for this Deno? It said: ${said}`);
  }
}

/** A runtime that cannot be had is the one failure to expect. */
function explained(error: CommandError, { triple }: Target): Error {
  const named = Deno.env.get("DENORT_BIN");
  if (named !== undefined && /Could not find denort/.test(error.message)) {
    return new Error(`DENORT_BIN names a file that is not there: ${named}`, { cause: error });
  }
  if (!/error sending request|base binary/.test(error.message)) return error;
  const reason = /error sending request[^\n]*/.exec(error.message)?.[0] ?? "it is not there";
  return new Error(
    `Deno ${Deno.version.deno}'s runtime for ${triple} cannot be downloaded from here (${reason}). ` +
      "Name a copy of it with DENORT_BIN=FILE; --runtime=lab makes one for trying only",
    { cause: error },
  );
}

async function writeSums(out: string): Promise<void> {
  const known = new Set(TARGETS.map(({ file }) => file));
  const names = [...Deno.readDirSync(out)].map(({ name }) => name).filter((name) =>
    known.has(name)
  );
  await Deno.writeTextFile(`${out}/SHA256SUMS`, await sha256Sums(out, names));
}

if (import.meta.main) Deno.exit(await compile(Deno.args));
