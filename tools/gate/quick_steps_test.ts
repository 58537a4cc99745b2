import assert from "node:assert/strict";
import { withImporters } from "./quick_steps.ts";

Deno.test("withImporters() adds the rooms that import one, by value or by type", () => {
  const table = {
    low: { values: [], types: [] },
    taker: { values: ["low"], types: [] },
    reader: { values: ["taker"], types: ["low"] },
    top: { values: ["low", "taker", "reader"], types: [] },
  };
  assert.deepEqual(withImporters(["taker"], table), ["taker", "reader", "top"]);
  assert.deepEqual(withImporters(["low"], table), ["low", "taker", "reader", "top"]);
  assert.deepEqual(withImporters([], table), []);
});
