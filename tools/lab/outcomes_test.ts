import assert from "node:assert/strict";
import { EXCLUSIONS, withoutExcluded } from "./exclusions.ts";
import { renderOutcomes } from "./outcomes.ts";

Deno.test("renderOutcomes() gives a row for each, in columns, and says what of it did not pass", () => {
  const skipped = ["a (left out: no pipes)", "b (left out: no pipes)", "c"];
  const counts = { passed: 12, failed: ["x"], skipped };
  const text = renderOutcomes([
    { system: "S", made: "sources", kind: "unit", counts, excluded: ["d: wine"] },
  ]);
  assert.deepEqual(text.split("\n"), [
    "system  program  tests  passed  excluded  left out  failed",
    "S       sources  unit   12      1         3         1",
    "sources, unit: excluded: d: wine",
    "sources, unit: left out: no pipes (2 times)",
    "sources, unit: left out: c",
    "sources, unit: failed: x",
  ]);
});

Deno.test("withoutExcluded() takes out what failed and is listed for that system, with its reason", () => {
  const rows = [{ laboratory: "windows", test: /^a pipe/, reason: "no pipes" }] as const;
  const counts = { passed: 1, failed: ["a pipe is read", "b"], skipped: ["c"] };
  assert.deepEqual(withoutExcluded(counts, { rows, laboratory: "windows" }), {
    counts: { passed: 1, failed: ["b"], skipped: ["c"] },
    excluded: ["a pipe is read: no pipes"],
  });
  assert.deepEqual(withoutExcluded(counts, { rows, laboratory: "arm64" }).counts, counts);
});

Deno.test("every exclusion says why, in a sentence of its own", () => {
  for (const { test, reason } of EXCLUSIONS) assert.ok(reason.length > 20, `${test}`);
});
