import assert from "node:assert/strict";
import { pathBeside, simplified } from "./paths.ts";

Deno.test("pathBeside() sees a path from the folder of the file that names it", () => {
  assert.equal(pathBeside("plan.yaml", "ca.pem"), "ca.pem");
  assert.equal(pathBeside("site/plan.yaml", "../ca.pem"), "ca.pem");
  assert.equal(pathBeside("/etc/site/plan.yaml", "./keys/ca.pem"), "/etc/site/keys/ca.pem");
  assert.equal(pathBeside("C:\\site\\plan.yaml", "ca.pem"), "C:/site/ca.pem");
});

Deno.test("pathBeside() keeps absolute paths", () => {
  for (const path of ["/etc/ca.pem", "C:\\ca.pem", "d:/ca.pem", "\\\\server\\share\\ca.pem"]) {
    assert.equal(pathBeside("site/plan.yaml", path), path);
  }
});

Deno.test("simplified() gives every file one path", () => {
  assert.equal(simplified("a/./b/../c"), "a/c");
  assert.equal(simplified("./a"), "a");
  assert.equal(simplified("../../a"), "../../a");
  assert.equal(simplified("a/.."), ".");
  assert.equal(simplified("//a/b"), "//a/b");
});
