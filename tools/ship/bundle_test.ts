import assert from "node:assert/strict";
import { hideSpecifiers } from "./bundle.ts";

Deno.test("hideSpecifiers() hides imports on demand of the bundle's files, and nothing else", () => {
  const code = `import"./a.js";const b=()=>import("./b-X1.js"),c=import("node:fs");`;
  assert.equal(
    hideSpecifiers(code),
    `import"./a.js";const b=()=>import(String("./b-X1.js")),c=import("node:fs");`,
  );
});
