import assert from "node:assert/strict";
import { stripOf } from "./strip.ts";

/** A passed check for a time in milliseconds, a failed one for `undefined`. */
function samples(...times: readonly (number | undefined)[]) {
  return times.map((elapsedMs, at) => ({
    at,
    hasPassed: elapsedMs !== undefined,
    elapsedMs: elapsedMs ?? 30_000,
  }));
}

Deno.test("a strip has a block for each result, the newest on the right, in pieces of one tone", () => {
  assert.deepEqual(stripOf(samples(10, 10, undefined, undefined, 10), 8), [
    { tone: "plain", text: "   " },
    { tone: "good", text: "▂▂" },
    { tone: "bad", text: "██" },
    { tone: "good", text: "▂" },
  ]);
  assert.deepEqual(stripOf(samples(undefined, 10, 10), 2), [{ tone: "good", text: "▂▂" }]);
  assert.deepEqual(stripOf([], 3), [{ tone: "plain", text: "   " }]);
});

Deno.test("a block is a step higher for each doubling of the median, and never as high as a failure", () => {
  const times = [10, 10, 10, 10, 10, 10, 10, 1, 19, 20, 39, 40, 80, 160, 9999];
  assert.deepEqual(stripOf(samples(...times), 15), [{ tone: "good", text: "▂▂▂▂▂▂▂▂▂▃▃▄▅▆▆" }]);
  assert.deepEqual(stripOf(samples(0, 0), 2), [{ tone: "good", text: "▂▂" }]);
});
