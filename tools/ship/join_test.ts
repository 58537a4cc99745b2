import assert from "node:assert/strict";
import { joinCore } from "./join.ts";

/** Loads files as modules that import each other, and gives the exports of one. */
async function load(
  files: ReadonlyMap<string, string>,
  entry: string,
): Promise<Readonly<Record<string, unknown>>> {
  const urls = new Map<string, string>();
  function urlOf(name: string): string {
    const known = urls.get(name);
    if (known !== undefined) return known;
    const code = (files.get(name) ?? "").replaceAll(
      /"\.\/([\w-]+\.js)"/g,
      (_, other: string) => JSON.stringify(urlOf(other)),
    );
    const url = `data:text/javascript,${encodeURIComponent(code)}`;
    urls.set(name, url);
    return url;
  }
  return await import(urlOf(entry));
}

const FILES = new Map([
  [
    "main.js",
    `import{b as x}from"./two.js";import"./one.js";var later=()=>import("./later.js");` +
    `globalThis.told=x;export{later as go};\n`,
  ],
  ["one.js", `var a="one",b=[a];export{b as a,a as c};\n`],
  ["two.js", `import{a as y,c}from"./one.js";var a=y.concat("two",c);export{a as b};\n`],
  [
    "later.js",
    `import{a as r}from"./one.js";import{s}from"./shared.js";import"./two.js";` +
    `var t=[...r,s];export{t as list};\n`,
  ],
  ["shared.js", `var s="shared";export{s};\n`],
]);

Deno.test("joinCore() makes one file of what main.js imports, and the others take theirs from it", async () => {
  const joined = joinCore(FILES);
  assert.deepEqual([...joined.keys()].sort(), ["core.js", "later.js", "main.js", "shared.js"]);
  const { go } = await load(joined, "main.js");
  assert.deepEqual(Reflect.get(globalThis, "told"), ["one", "two", "one"]);
  Reflect.deleteProperty(globalThis, "told");
  assert.ok(typeof go === "function");
  assert.deepEqual((await go()).list, ["one", "shared"]);
});

Deno.test("joinCore() leaves a file of the core its name where that is loaded later as well", async () => {
  const also = `${FILES.get("later.js")}import("./two.js");`;
  const joined = joinCore(new Map([...FILES, ["later.js", also]]));
  assert.deepEqual((await load(joined, "two.js")).b, ["one", "two", "one"]);
});

Deno.test("joinCore() refuses what it cannot join", () => {
  const circle = new Map([...FILES, ["one.js", `import{b}from"./two.js";export{b as a};`]]);
  assert.throws(() => joinCore(circle), /imports itself in a circle/);
  const node = new Map([...FILES, ["one.js", `var a=1;import{x}from"node:tls";export{a};`]]);
  assert.throws(() => joinCore(node), /one\.js would load more at every start/);
  assert.throws(() => joinCore(new Map([["main.js", `import"./x.js";`]])), /x\.js is imported/);
});
