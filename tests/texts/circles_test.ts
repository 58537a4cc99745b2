import assert from "node:assert/strict";
import { circlesOf, importsOf } from "../../tools/circles.ts";
import { readSources } from "../support/sources.ts";

Deno.test("no file of src/ needs itself around others, types included", async () => {
  const sources = [...await readSources(["main.ts", "src/"])]
    .filter(([path]) => !path.endsWith("_test.ts"));
  const graph = new Map(sources.map(([path, text]) => [path, importsOf(path, text)]));
  assert.ok(graph.size > 200);
  assert.deepEqual(circlesOf(graph).map((way) => way.join(" -> ")), []);
});

Deno.test("circlesOf() finds the shortest way back", () => {
  const graph = new Map([
    ["a", ["b", "c"]],
    ["b", ["c"]],
    ["c", ["a"]],
    ["d", ["a"]],
  ]);
  assert.deepEqual(circlesOf(graph), [["a", "c", "a"], ["b", "c", "a", "b"], ["c", "a", "c"]]);
});

Deno.test("importsOf() knows imports of every form, and passes over comments and what is loaded later", () => {
  const text = `/* import x from "./no.ts" */
import type { A } from "./a.ts";
import {
  b,
} from "../b.ts";
export * from "./c/d.ts";
const later = await import("./e.ts");`;
  assert.deepEqual(importsOf("src/r/f.ts", text), ["src/r/a.ts", "src/b.ts", "src/r/c/d.ts"]);
});
