import assert from "node:assert/strict";
import { unusedExports } from "../../tools/exports.ts";
import { readSources } from "../support/sources.ts";

Deno.test("every function and value that leaves its file is taken by another", async () => {
  const all = await readSources(["main.ts", "src/", "tests/", "tools/"]);
  const own = new Map(
    [...all].filter(([path]) => path.startsWith("src/") && !path.endsWith("_test.ts")),
  );
  assert.ok(own.size > 200);
  assert.deepEqual(unusedExports(own, all), []);
});

Deno.test("unusedExports() knows what is taken by name, whole or later, and leaves types alone", () => {
  const files = new Map([
    ["src/r/a.ts", "export const one = 1;\nexport function two(){}\nexport type Three = 3;\n"],
    ["src/r/b.ts", "export class Four {}\nexport const five = 5;\n"],
    ["src/r/e.ts", "export class Eight {}\nexport const nine = 9;\nexport const ten = 10;\n"],
    ["src/r/c.ts", 'export { six, type Seven } from "./d.ts";\n'],
  ]);
  const takers = new Map([
    ["src/r/t.ts", 'import { one as uno } from "./a.ts";\n/* two */\n'],
    ["src/r/u.ts", 'const later = await import("./b.ts");\nnew later.Four();\nconst ten = 10;\n'],
    [
      "src/r/v.ts",
      'const { Eight: E } = await import("./e.ts");\n(await import("./e.ts")).nine();\n',
    ],
  ]);
  assert.deepEqual(unusedExports(files, new Map([...files, ...takers])), [
    { path: "src/r/a.ts", name: "two" },
    { path: "src/r/b.ts", name: "five" },
    { path: "src/r/e.ts", name: "ten" },
    { path: "src/r/c.ts", name: "six" },
  ]);
});

Deno.test("no module exports a variable that changes, which a joined file could not pass on", async () => {
  for (const [path, text] of await readSources(["src/", "main.ts"])) {
    assert.doesNotMatch(text, /^export (let|var)\b/m, path);
  }
});
