import assert from "node:assert/strict";
import { C_SPACE, trimEndOf, trimOf, trimStartOf } from "./trim.ts";

Deno.test("trimOf() and its halves take the given characters and no others", () => {
  assert.equal(trimEndOf("\0 a \0 ", "\0 "), "\0 a");
  assert.equal(trimStartOf("\0 a \0 ", "\0 "), "a \0 ");
  assert.equal(trimOf(" \v a\u00a0 ", C_SPACE), "a\u00a0");
  assert.equal(trimOf("   ", " "), "");
  assert.equal(trimOf("", " "), "");
});
