/** Runs tests of the project in a laboratory. */

import { type Counts, countTests, NO_TESTS } from "../gate/junit.ts";
import { testsIn } from "../gate/steps.ts";
import { TOP } from "../ship/components.ts";
import { withoutExcluded } from "./exclusions.ts";
import type { Laboratory } from "./laboratory.ts";
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

/** The unit tests of `src/`, room by room. */
export async function runUnitTests(
  laboratory: Laboratory,
  program: LabProgram,
): Promise<LabOutcome> {
  const folders = [...Deno.readDirSync(`${TOP}/src`)].filter(({ isDirectory }) => isDirectory);
  const rooms = folders.map(({ name }) => `src/${name}`).sort();
  const counts = await runTests(laboratory, { sets: rooms.map(testsIn), env: [] });
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
  const env = file === undefined ? [] : [`ECHOSCU_BIN=${laboratory.there(file)}`];
  const sets = FOLDERS.flatMap(testsIn).map((path) => [path]);
  const counts = await runTests(laboratory, { sets, env });
  return outcome({ laboratory, program, kind: "end to end", counts });
}

interface TestRun {
  /** Files of tests: one run of Deno for each set. */
  readonly sets: readonly (readonly string[])[];
  /** Variables for them, `NAME=VALUE`. */
  readonly env: readonly string[];
}

async function runTests(laboratory: Laboratory, { sets, env }: TestRun): Promise<Counts> {
  const all: Counts[] = [];
  for (const paths of sets.filter(({ length }) => length > 0)) {
    all.push(await runSet(laboratory, { paths, env }));
  }
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.flatMap(({ failed }) => failed),
    skipped: all.flatMap(({ skipped }) => skipped),
  };
}

/** Nothing there takes longer; what does hangs. */
const SET_LIMIT_MS = 1_800_000;

async function runSet(
  laboratory: Laboratory,
  { paths, env }: { readonly paths: readonly string[]; readonly env: readonly string[] },
): Promise<Counts> {
  const junit = `${laboratory.shared}/junit.xml`;
  await Deno.remove(junit).catch(() => {});
  const { command, args } = laboratory.program(laboratory.deno, TOP);
  const flags = ["--quiet", "--no-prompt", "--no-check", "--allow-all"];
  const report = `--junit-path=${laboratory.there(junit)}`;
  const names = paths.map((path) => laboratory.there(`${TOP}/${path}`));
  console.log(`-- ${paths.join(" ")}`);
  const child = new Deno.Command(command, {
    args: [...args, "test", ...flags, report, ...names],
    env: {
      NO_COLOR: "1",
      DENO_NO_PACKAGE_JSON: "1",
      DENO_NO_UPDATE_CHECK: "1",
      ...Object.fromEntries(env.map((pair) => pair.split("=", 2) as [string, string])),
    },
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
