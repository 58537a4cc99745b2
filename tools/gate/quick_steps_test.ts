import assert from "node:assert/strict";
import { withImporters } from "./quick_steps.ts";

Deno.test("withImporters() adds the rooms that import one, by value or by type", () => {
  assert.deepEqual(withImporters(["exporter"]), ["exporter", "app"]);
  assert.deepEqual(withImporters(["scp"]), ["scp", "diagnosis", "report", "log", "app"]);
  assert.deepEqual(withImporters([]), []);
});
