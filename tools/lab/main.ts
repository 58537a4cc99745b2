/**
 * Tests on other systems, which run in laboratories on this machine: `deno task test:windows`, `deno task test:arm64`.
 *
 * The laboratory is prepared where it is not ready yet. The short scenario is done from the sources and compiled; with
 * `--all` the unit tests and the tests from outside run there too, for an hour or more. `ECHOSCU_LAB=FOLDER` is where
 * laboratories are (default `.cache/lab`). Ends with a table; 1 where anything failed, 2 where nothing could be tried.
 */

import { ARM64 } from "./arm64.ts";
import type { Laboratory } from "./laboratory.ts";
import { type LabOutcome, renderOutcomes } from "./outcomes.ts";
import { compiled, fromSources } from "./programs.ts";
import { runEndToEnd, runScenario, runUnitTests } from "./suite.ts";
import { WINDOWS } from "./windows.ts";

const LABORATORIES: readonly Laboratory[] = [WINDOWS, ARM64];

async function main(args: readonly string[]): Promise<number> {
  const [name, ...options] = args;
  const laboratory = LABORATORIES.find((one) => one.name === name);
  if (laboratory === undefined || options.some((option) => option !== "--all")) {
    console.error("Name a laboratory, windows or arm64; the only option is --all");
    return 2;
  }
  const obstacle = laboratory.obstacle();
  if (obstacle !== undefined) {
    console.error(`${laboratory.title} cannot be tried here: ${obstacle}`);
    return 2;
  }
  await laboratory.prepare();
  const outcomes: LabOutcome[] = [];
  for (const make of [fromSources, compiled]) {
    const program = await make(laboratory);
    console.log(`\n${laboratory.title}, ${program.made}`);
    outcomes.push(await runScenario({ laboratory, program }));
    if (!options.includes("--all")) continue;
    // Unit tests are the same whatever the program was made from.
    if (program.made === "sources") outcomes.push(await runUnitTests(laboratory, program));
    outcomes.push(await runEndToEnd(laboratory, program));
  }
  console.log(`\n${renderOutcomes(outcomes)}`);
  for (const line of outcomes.flatMap(({ excluded }) => excluded)) console.log(`excluded: ${line}`);
  const failed = outcomes.flatMap(({ counts }) => counts.failed);
  for (const line of failed) console.log(`failed: ${line}`);
  return failed.length === 0 ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
