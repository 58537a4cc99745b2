import assert from "node:assert/strict";
import { withImporters } from "./quick_steps.ts";

Deno.test("withImporters() adds the rooms that import values of one", () => {
  const table = {
    low: { values: [] },
    taker: { values: ["low"] },
    reader: { values: ["taker"] },
    top: { values: ["low", "taker", "reader"] },
  };
  assert.deepEqual(withImporters(["taker"], table), ["taker", "reader", "top"]);
  assert.deepEqual(withImporters(["low"], table), ["low", "taker", "top"]);
  assert.deepEqual(withImporters([], table), []);
});
