import assert from "node:assert/strict";
import { heldBack, stagesLine, stageTotals } from "./stages.ts";

/** Timings from pairs. */
function timings(...pairs: readonly (readonly [string, number])[]) {
  return pairs.map(([stage, elapsedMs]) => ({ stage, elapsedMs }));
}

Deno.test("stageTotals() and stagesLine() add up what a stage took, in the order of the check", () => {
  const all = timings(["connect", 0.61], ["echo", 2], ["echo", 3.5], ["release", 1000]);
  assert.deepEqual([...stageTotals(all)], [["connect", 0.61], ["echo", 5.5], ["release", 1000]]);
  assert.equal(stagesLine(all), "connect 0.61 ms, echo 5.5 ms, release 1 s");
  assert.equal(stagesLine([]), "");
});

Deno.test("heldBack() explains echoes of some 40 ms where the connection was quick, and no others", () => {
  const quick = ["connect", 0.5] as const;
  assert.match(heldBack(timings(quick, ["echo", 43.4], ["echo", 44.1])) ?? "", /Nagle/);
  assert.equal(heldBack(timings(quick, ["echo", 2.1], ["echo", 44.1])), undefined);
  assert.equal(heldBack(timings(quick, ["echo", 30])), undefined);
  assert.equal(heldBack(timings(quick, ["echo", 80])), undefined);
  assert.equal(heldBack(timings(["connect", 40], ["echo", 44])), undefined);
  assert.equal(heldBack(timings(quick)), undefined);
  assert.equal(heldBack([]), undefined);
});
