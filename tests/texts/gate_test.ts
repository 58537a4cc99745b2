/** The gate runs every test that there is, each of them once, and always the same ones. */

import assert from "node:assert/strict";
import { gateSteps, testsIn } from "../../tools/gate/steps.ts";

const STEPS = gateSteps({ fuzzSeconds: 5, slow: false, seed: 7 });

Deno.test("every file of tests is in one step of the gate", () => {
  const run = STEPS.flatMap(({ args, tests }) => tests ? args : [])
    .filter((arg) => arg.endsWith("_test.ts"));
  const all = ["src", "tools", "tests"].flatMap(testsIn);
  assert.ok(all.length > 200, `only ${all.length} files`);
  assert.deepEqual([...run].sort(), [...all].sort());
});

Deno.test("every step that chooses at random is given the seed of the run", () => {
  for (const { name, args, tests } of STEPS) {
    if (tests) assert.ok(args.includes("--seed=7"), name);
    if (args.includes("--seconds")) assert.equal(args[args.indexOf("--seed") + 1], "7", name);
  }
});
