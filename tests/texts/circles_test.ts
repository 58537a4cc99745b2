import assert from "node:assert/strict";
import { circlesOf, importsOf } from "../../tools/circles.ts";

const TOP = new URL("../../", import.meta.url);

async function sources(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, TOP))) {
    const path = `${folder}${name}`;
    if (isDirectory) found.push(...await sources(`${path}/`));
    else if (name.endsWith(".ts") && !name.endsWith("_test.ts")) found.push(path);
  }
  return found;
}

Deno.test("no file of src/ needs itself around others, types included", async () => {
  const graph = new Map<string, readonly string[]>();
  for (const path of ["main.ts", ...await sources("src/")]) {
    graph.set(path, importsOf(path, await Deno.readTextFile(new URL(path, TOP))));
  }
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
