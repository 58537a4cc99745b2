/**
 * The main job on Windows, where the laboratory is ready: `deno task test:windows` prepares it, and does the rest.
 *
 * The other laboratory, `deno task test:arm64`, is too slow to be asked each time.
 */

import assert from "node:assert/strict";
import { keepAwake, notReady } from "../../tools/lab/laboratory.ts";
import { fromSources } from "../../tools/lab/programs.ts";
import { FIRST_STEPS } from "../../tools/lab/scenario.ts";
import { runScenario } from "../../tools/lab/suite.ts";
import { WINDOWS } from "../../tools/lab/windows.ts";
import { testWith } from "../support/test_with.ts";

testWith({
  name: `the main job is done on ${WINDOWS.title}`,
  missing: notReady(WINDOWS),
  async fn() {
    await using _awake = await keepAwake(WINDOWS);
    const place = { laboratory: WINDOWS, program: fromSources(WINDOWS) };
    const { counts } = await runScenario(place, FIRST_STEPS);
    assert.deepEqual(counts, { passed: FIRST_STEPS.length, failed: [], skipped: [] });
  },
});
