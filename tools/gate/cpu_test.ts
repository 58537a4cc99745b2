import assert from "node:assert/strict";
import { cpuSecondsIn } from "./cpu.ts";

Deno.test("the CPU of what a shell ran is read from the second line of times", () => {
  assert.equal(cpuSecondsIn("0m0.010s 0m0.020s\n1m2.500s 0m0.250s\n"), 62.75);
  assert.equal(cpuSecondsIn("0m0,010s 0m0,020s\n0m2,500s 0m0,250s\n"), 2.75);
  assert.equal(cpuSecondsIn(""), undefined);
});
