/**
 * Tests on other systems, which run in laboratories on this machine: `deno task test:windows`, `deno task test:arm64`.
 *
 * The laboratory is prepared where it is not ready yet. The short scenario is done from the sources and compiled; with
 * `--all` all tests that make sense there run too, for hours. Words choose: `scenario`, `unit`, `end-to-end` (tests that
 * run there), `real-peers` (tests that run here, with the peers of this machine), `sources`, `compiled`. `--only=tests/e2e`
 * takes only files of tests whose paths begin so, of as many such words as there are.
 * `ECHOSCU_LAB=FOLDER` is where laboratories are (default `.cache/lab`). Ends with a table; 1 where anything failed, 2
 * where nothing could be tried.
 */

import { ARM64 } from "./arm64.ts";
import { keepAwake, type Laboratory } from "./laboratory.ts";
import { type LabOutcome, renderOutcomes } from "./outcomes.ts";
import { compiled, fromSources, type LabProgram } from "./programs.ts";
import { runEndToEnd, runScenario, runUnitTests, runWithPeers, type Suite } from "./suite.ts";
import { WINDOWS } from "./windows.ts";

const LABORATORIES: readonly Laboratory[] = [WINDOWS, ARM64];

const FORMS = { sources: fromSources, compiled } as const;

const SUITES: Readonly<Record<string, Suite>> = {
  scenario: ({ laboratory, program }) => runScenario({ laboratory, program }),
  unit: runUnitTests,
  "end-to-end": runEndToEnd,
  "real-peers": runWithPeers,
};

/** What the words after the name of the laboratory choose; `undefined` when one of them is not known. */
function chosen(args: readonly string[]) {
  const only = args.flatMap((word) => /^--only=(.+)$/.exec(word)?.[1] ?? []);
  const words = args.filter((word) => !word.startsWith("--only="));
  const forms = Object.keys(FORMS) as readonly (keyof typeof FORMS)[];
  const suites = Object.keys(SUITES);
  const known: readonly string[] = [...forms, ...suites, "--all"];
  if (words.some((word) => !known.includes(word))) return undefined;
  const named = suites.filter((name) => words.includes(name));
  const usual = words.includes("--all") ? suites : ["scenario"];
  return {
    forms: forms.some((form) => words.includes(form))
      ? forms.filter((form) => words.includes(form))
      : forms,
    suites: named.length > 0 ? named : usual,
    only,
  };
}

/** Whether a suite makes sense: unit tests are the same whatever the program was made from. */
function makesSense(laboratory: Laboratory, { made, suite }: {
  readonly made: LabProgram["made"];
  readonly suite: string;
}): boolean {
  if (suite === "unit") return made === "sources";
  return suite !== "end-to-end" || laboratory.startsPrograms;
}

async function main(args: readonly string[]): Promise<number> {
  const [name, ...words] = args;
  const laboratory = LABORATORIES.find((one) => one.name === name);
  const choice = chosen(words);
  if (laboratory === undefined || choice === undefined) {
    const all = [...Object.keys(SUITES), ...Object.keys(FORMS)].join(", ");
    console.error(
      `Name a laboratory, windows or arm64; after it may come --all, or some of: ${all}, --only=PATH`,
    );
    return 2;
  }
  const obstacle = laboratory.obstacle();
  if (obstacle !== undefined) {
    console.error(`${laboratory.title} cannot be tried here: ${obstacle}`);
    return 2;
  }
  await laboratory.prepare();
  await using _awake = await keepAwake(laboratory);
  const outcomes: LabOutcome[] = [];
  for (const form of choice.forms) {
    const program = await FORMS[form](laboratory);
    for (const suite of choice.suites) {
      if (!makesSense(laboratory, { made: form, suite })) continue;
      console.log(`\n${laboratory.title}, ${form}, ${suite}`);
      const outcome = await SUITES[suite]?.({ laboratory, program, only: choice.only });
      if (outcome !== undefined) outcomes.push(outcome);
    }
  }
  console.log(`\n${renderOutcomes(outcomes)}`);
  return outcomes.some(({ counts }) => counts.failed.length > 0) ? 1 : 0;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
