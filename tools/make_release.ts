/**
 * Puts next to the executables what else a release has, and writes `SHA256SUMS` of all of it:
 * `deno run --allow-read --allow-write=FOLDER tools/make_release.ts FOLDER`.
 *
 * That is the manual page, the completions, the schemas, the sample of a logger configuration and of a plan, and the
 * files for monitoring: nobody has to clone the repository for them. The notes of the release are no part of it.
 */

import { parseCommandLine } from "../src/options/mod.ts";
import { loadSampleLogConfig } from "../src/log/mod.ts";
import { loadPlanSchema, loadSamplePlan } from "../src/plan/mod.ts";
import { currentManPage } from "./make_man.ts";
import { sha256Sums } from "./ship/checksums.ts";

/** What is in the folder, but no file of the release. */
const APART = ["NOTES.md", "SHA256SUMS"];

const DOCS = new URL("../docs/", import.meta.url);

/** Where shells look for a completion script: names of files. */
const COMPLETIONS = {
  "echoscu.bash": "bash",
  "_echoscu": "zsh",
  "echoscu.fish": "fish",
  "echoscu.ps1": "powershell",
};

/** Makes the files in `folder`; gives the names of everything in `SHA256SUMS`, sorted. */
export async function makeRelease(folder: string): Promise<readonly string[]> {
  await Deno.mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(await releaseFiles())) {
    await Deno.writeTextFile(`${folder}/${name}`, text);
  }
  const names = [...Deno.readDirSync(folder)].filter(({ isFile }) => isFile)
    .map(({ name }) => name).filter((name) => !APART.includes(name)).sort();
  await Deno.writeTextFile(`${folder}/SHA256SUMS`, await sha256Sums(folder, names));
  return names;
}

/** The texts by the names of their files. */
async function releaseFiles(): Promise<Readonly<Record<string, string>>> {
  const monitoring = new URL("monitoring/", DOCS);
  const files: Record<string, string> = {
    "echoscu.1": await currentManPage(),
    "logger.cfg": await loadSampleLogConfig(),
    "plan.yaml": await loadSamplePlan(),
    "plan.schema.json": await loadPlanSchema(),
  };
  for (const [name, shell] of Object.entries(COMPLETIONS)) files[name] = await completions(shell);
  for (const name of schemas()) files[name] = await Deno.readTextFile(new URL(name, DOCS));
  for (const { name } of Deno.readDirSync(monitoring)) {
    files[name] = await Deno.readTextFile(new URL(name, monitoring));
  }
  return files;
}

/** Schemas of what the program writes, which the repository has as files. */
function schemas(): readonly string[] {
  return [...Deno.readDirSync(DOCS)].map(({ name }) => name)
    .filter((name) => name.endsWith(".schema.json") && name !== "plan.schema.json");
}

async function completions(shell: string): Promise<string> {
  const nothing = () => ({ error: "missing" }) as const;
  const host = { programName: "echoscu", readFile: nothing, stderrIsTerminal: false, target: "" };
  const printed = await parseCommandLine(["--completions", shell], { ...host, versions: [] });
  if (printed.kind !== "print") throw new Error(`There are no completions for ${shell}`);
  return printed.stdout;
}

if (import.meta.main) {
  const [folder, ...more] = Deno.args;
  if (folder === undefined || more.length > 0) {
    console.error("make_release: name one folder, such as dist");
    Deno.exit(1);
  }
  for (const name of await makeRelease(folder)) console.log(`${folder}/${name}`);
}
