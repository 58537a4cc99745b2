/** Runs tests of the project in a laboratory. */

import { installPeers } from "../gate/install.ts";
import { addCounts, type Counts, countTests, NO_TESTS } from "../gate/junit.ts";
import { testsIn } from "../gate/steps.ts";
import { TOP } from "../ship/components.ts";
import { withoutExcluded } from "./exclusions.ts";
import type { Command, Laboratory } from "./laboratory.ts";
import type { LabOutcome } from "./outcomes.ts";
import type { LabProgram } from "./programs.ts";
import { type Place, scenarioOf, type ScenarioStep } from "./scenario.ts";

/** What a suite is run on. */
export interface Trial {
  /** The system. */
  readonly laboratory: Laboratory;
  /** The program. */
  readonly program: LabProgram;
  /** How the paths of the files of tests begin that are to be run; nothing: all. */
  readonly only: readonly string[];
}

/** Tests of one kind. */
export type Suite = (trial: Trial) => Promise<LabOutcome>;

/** The scenario, step by step, each in a folder of its own. */
export async function runScenario(
  { laboratory, program }: Omit<Place, "folder">,
  steps: readonly ScenarioStep[] = scenarioOf(laboratory),
): Promise<LabOutcome> {
  const failed: string[] = [];
  let passed = 0;
  for (const { name, run } of steps) {
    const folder = await Deno.makeTempDir({ dir: laboratory.shared, prefix: "step-" });
    const started = performance.now();
    try {
      await run({ laboratory, program, folder });
      passed++;
      console.log(`${name} ... ok (${Math.round(performance.now() - started)} ms)`);
    } catch (error) {
      failed.push(name);
      console.log(`${name} ... FAILED\n${firstLines(error)}`);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }
  return outcome({
    laboratory,
    program,
    kind: "scenario",
    counts: { passed, failed, skipped: [] },
  });
}

/** As much of an error as says what it is. */
function firstLines(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n").slice(0, 25).join("\n");
}

/** Where tests run, and what is told to them. */
interface Runner {
  /** Deno, as it is started from here. */
  readonly deno: Command;
  /** The name that it knows a path here by. */
  readonly there: (path: string) => string;
  /** Folder of the report, as this machine names it. */
  readonly shared: string;
  /** How many times longer tests may take. */
  readonly slowness: number;
  /** Variables. */
  readonly env: Readonly<Record<string, string>>;
}

function runnerThere({ shared, deno, program, there, slowness }: Laboratory): Runner {
  return { deno: program(deno), there, shared, slowness, env: {} };
}

/** The unit tests of `src/`, room by room; the files of a room share one world, so that modules are loaded once. */
export async function runUnitTests(
  { laboratory, program, only }: Trial,
): Promise<LabOutcome> {
  const runner = runnerThere(laboratory);
  const all = await Deno.makeTempFile({ dir: laboratory.shared, suffix: "_test.ts" });
  const counts: Counts[] = [];
  for (const room of foldersIn(`${TOP}/src`)) {
    const paths = chosenOf(testsIn(`src/${room}`), only);
    if (paths.length === 0) continue;
    const urls = paths.map((path) => fileUrl(laboratory.there(`${TOP}/${path}`)));
    await Deno.writeTextFile(all, urls.map((url) => `import "${url}";\n`).join(""));
    counts.push(await runSet(runner, { name: `src/${room}`, files: [all] }));
  }
  await Deno.remove(all);
  return outcome({ laboratory, program, kind: "unit", counts: addCounts(counts) });
}

function chosenOf(paths: readonly string[], only: readonly string[]): readonly string[] {
  return only.length === 0
    ? paths
    : paths.filter((path) => only.some((start) => path.startsWith(start)));
}

function foldersIn(path: string): readonly string[] {
  return [...Deno.readDirSync(path)].filter(({ isDirectory }) => isDirectory)
    .map(({ name }) => name).sort();
}

/** The URL of a file of any system: `/a/b` and `Z:\\a\\b`. */
function fileUrl(path: string): string {
  return new URL(path.replaceAll("\\", "/").replace(/^\/?/, "file:///")).href;
}

/** Folders of tests/ that need none of Debian's programs, or leave out what does. */
const FOLDERS = ["peers", "exporter", "status", "reports", "e2e", "texts"]
  .map((name) => `tests/${name}`);

/** The tests from outside, started there, so that they see the system that the program sees. */
export async function runEndToEnd(
  { laboratory, program, only }: Trial,
): Promise<LabOutcome> {
  const { there: env } = await program.forTests();
  const counts = await runFiles(
    { ...runnerThere(laboratory), env },
    chosenOf(FOLDERS.flatMap(testsIn), only),
  );
  return outcome({ laboratory, program, kind: "end to end", counts });
}

/** Tests that start our program next to programs of other vendors. */
const STARTING = /\b(?:ourProgram|startOurPeer)\(/;

/** Tests about the system around the program, which is another one here; notices need certificates that are made here. */
const OF_THE_SYSTEM = /^tests\/(?:e2e\/(?!notify_)|texts\/)/;

/** The tests that start the program, run here, so that it meets the real peers of this machine. */
export async function runWithPeers(
  { laboratory, program, only }: Trial,
): Promise<LabOutcome> {
  for (const line of await installPeers()) console.log(line);
  const { here: env } = await program.forTests();
  const runner = {
    deno: { command: Deno.execPath(), args: [] },
    there: (path: string) => path,
    shared: laboratory.shared,
    slowness: laboratory.slowness,
    env,
  };
  const all = FOLDERS.flatMap(testsIn)
    .filter((path) => !laboratory.startsPrograms || !OF_THE_SYSTEM.test(path))
    .filter((path) => STARTING.test(Deno.readTextFileSync(`${TOP}/${path}`)));
  const { withPeers } = laboratory;
  const paths = chosenOf(all, only.length > 0 ? only : withPeers?.files ?? []);
  const others = only.length > 0 ? [] : all.filter((path) => !paths.includes(path));
  const skipped = others.map((path) => `${path} (left out: ${withPeers?.whyNoOthers})`);
  const counts = await runFiles(runner, paths);
  return outcome({
    laboratory,
    program,
    kind: "with real peers",
    counts: addCounts([counts, { ...NO_TESTS, skipped }]),
  });
}

/** Runs each file by itself. */
async function runFiles(runner: Runner, paths: readonly string[]): Promise<Counts> {
  const counts: Counts[] = [];
  for (const path of paths) {
    counts.push(await runSet(runner, { name: path, files: [`${TOP}/${path}`] }));
  }
  return addCounts(counts);
}

/** No file takes half as long, on a busy machine, times what a laboratory needs; what does hangs. */
const SET_LIMIT_MS = 180_000;

interface TestSet {
  /** What it is called. */
  readonly name: string;
  /** Files of tests, as this machine names them. */
  readonly files: readonly string[];
}

async function runSet(
  { deno, there, shared, slowness, env }: Runner,
  { name, files }: TestSet,
): Promise<Counts> {
  const junit = await Deno.makeTempFile({ dir: shared, suffix: ".xml" });
  const flags = ["--quiet", "--no-prompt", "--no-check", "--allow-all"];
  const whereabouts = [`--config=${there(`${TOP}/deno.json`)}`, `--junit-path=${there(junit)}`];
  console.log(`-- ${name}`);
  const slow = { ECHOSCU_SLOW: `${slowness}` };
  const child = new Deno.Command(deno.command, {
    args: [...deno.args, "test", ...flags, ...whereabouts, ...files.map(there)],
    env: { NO_COLOR: "1", DENO_NO_PACKAGE_JSON: "1", DENO_NO_UPDATE_CHECK: "1", ...slow, ...env },
    cwd: TOP,
    stdin: "null",
    signal: AbortSignal.timeout(SET_LIMIT_MS * slowness),
  }).spawn();
  const started = performance.now();
  const { success } = await child.status;
  console.log(`-- ${name}: ${Math.round((performance.now() - started) / 1000)} s`);
  const counts = await Deno.readTextFile(junit).then(countTests, () => NO_TESTS);
  await Deno.remove(junit);
  // A file that does not load, or that had to be ended, leaves no failed test after it.
  if (success || counts.failed.length > 0) return counts;
  return { ...counts, failed: [`${name} ended early`] };
}

type Ran = Pick<LabOutcome, "kind" | "counts"> & Omit<Place, "folder">;

function outcome({ laboratory, program, kind, counts }: Ran): LabOutcome {
  const { title, name } = laboratory;
  return {
    system: title,
    made: program.made,
    kind,
    ...withoutExcluded(counts, { laboratory: name }),
  };
}
