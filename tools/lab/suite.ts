/** Runs tests of the project in a laboratory. */

import { addCounts, type Counts, countTests, NO_TESTS } from "../gate/junit.ts";
import { testsIn } from "../gate/steps.ts";
import { TOP } from "../ship/components.ts";
import { withoutExcluded } from "./exclusions.ts";
import type { Command, Laboratory } from "./laboratory.ts";
import type { LabOutcome } from "./outcomes.ts";
import type { LabProgram } from "./programs.ts";
import { type Place, SCENARIO, type ScenarioStep } from "./scenario.ts";

/** The scenario, step by step, each in a folder of its own. */
export async function runScenario(
  { laboratory, program }: Omit<Place, "folder">,
  steps: readonly ScenarioStep[] = SCENARIO,
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
  /** Variables. */
  readonly env: Readonly<Record<string, string>>;
}

function runnerThere({ shared, deno, program, there }: Laboratory): Runner {
  return { deno: program(deno), there, shared, env: {} };
}

/** The unit tests of `src/`, room by room. */
export async function runUnitTests(
  laboratory: Laboratory,
  program: LabProgram,
): Promise<LabOutcome> {
  const folders = [...Deno.readDirSync(`${TOP}/src`)].filter(({ isDirectory }) => isDirectory);
  const rooms = folders.map(({ name }) => `src/${name}`).sort();
  const counts = await runTests(runnerThere(laboratory), rooms.map(testsIn));
  return outcome({ laboratory, program, kind: "unit", counts });
}

/** Folders of tests/ that need none of Debian's programs, or leave out what does. */
const FOLDERS = ["tests/e2e", "tests/exporter", "tests/peers", "tests/reports", "tests/texts"];

/** The tests from outside, started there, so that they see the system that the program sees. */
export async function runEndToEnd(
  laboratory: Laboratory,
  program: LabProgram,
): Promise<LabOutcome> {
  const { file } = program;
  const env = file === undefined ? {} : { ECHOSCU_BIN: file };
  const sets = FOLDERS.flatMap(testsIn).map((path) => [path]);
  const counts = await runTests({ ...runnerThere(laboratory), env }, sets);
  return outcome({ laboratory, program, kind: "end to end", counts });
}

/** Tests that start our program next to programs of other vendors. */
const STARTING = /\b(?:ourProgram|startOurPeer)\(/;

/** The tests that start the program, run here, so that it meets the real peers of this machine. */
export async function runWithPeers(
  laboratory: Laboratory,
  program: LabProgram,
): Promise<LabOutcome> {
  const runner = {
    deno: { command: Deno.execPath(), args: [] },
    there: (path: string) => path,
    shared: laboratory.shared,
    env: { ECHOSCU_BIN: program.script },
  };
  const sets = FOLDERS.flatMap(testsIn)
    .filter((path) => STARTING.test(Deno.readTextFileSync(`${TOP}/${path}`)))
    .map((path) => [path]);
  const counts = await runTests(runner, sets);
  return outcome({ laboratory, program, kind: "with real peers", counts });
}

/** Runs each set of files by one run of Deno. */
async function runTests(runner: Runner, sets: readonly (readonly string[])[]): Promise<Counts> {
  const all: Counts[] = [];
  for (const paths of sets.filter(({ length }) => length > 0)) {
    all.push(await runSet(runner, paths));
  }
  return addCounts(all);
}

/** Nothing there takes longer; what does hangs. */
const SET_LIMIT_MS = 1_800_000;

async function runSet(
  { deno, there, shared, env }: Runner,
  paths: readonly string[],
): Promise<Counts> {
  const junit = `${shared}/junit.xml`;
  await Deno.remove(junit).catch(() => {});
  const flags = ["--quiet", "--no-prompt", "--no-check", "--allow-all"];
  const report = `--junit-path=${there(junit)}`;
  const names = paths.map((path) => there(`${TOP}/${path}`));
  console.log(`-- ${paths.join(" ")}`);
  const child = new Deno.Command(deno.command, {
    args: [...deno.args, "test", ...flags, report, ...names],
    env: { NO_COLOR: "1", DENO_NO_PACKAGE_JSON: "1", DENO_NO_UPDATE_CHECK: "1", ...env },
    cwd: TOP,
    stdin: "null",
    signal: AbortSignal.timeout(SET_LIMIT_MS),
  }).spawn();
  const { success } = await child.status;
  const counts = await Deno.readTextFile(junit).then(countTests, () => NO_TESTS);
  // A file that does not load, or that had to be ended, leaves no failed test after it.
  if (success || counts.failed.length > 0) return counts;
  return { ...counts, failed: [`${paths.join(" ")} ended early`] };
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
