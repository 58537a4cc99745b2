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

Deno.test("heldBack() explains answers of some 40 ms where no other one took as long, and nothing else", () => {
  const echoes = (...all: readonly number[]) => all.map((elapsedMs) => ({ elapsedMs }));
  const quick = timings(["connect", 0.5], ["associate", 9], ["echo", 44], ["release", 1]);
  assert.match(heldBack({ timings: quick, echoes: echoes(43.4, 44.1) }) ?? "", /Nagle/);
  assert.equal(heldBack({ timings: quick, echoes: echoes(2.1, 44.1) }), undefined);
  assert.equal(heldBack({ timings: quick, echoes: echoes(30) }), undefined);
  assert.equal(heldBack({ timings: quick, echoes: echoes(80) }), undefined);
  for (const stage of ["connect", "associate", "release"]) {
    assert.equal(heldBack({ timings: timings([stage, 45]), echoes: echoes(44) }), undefined);
  }
  assert.equal(heldBack({ timings: timings(["echo", 44]), echoes: [] }), undefined);
  assert.equal(heldBack({}), undefined);
});
