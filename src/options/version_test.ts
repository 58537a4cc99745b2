import assert from "node:assert/strict";
import { hostWith } from "./testing.ts";
import { versionText } from "./version.ts";

Deno.test("versionText() names no commit when the program runs from its sources", () => {
  assert.doesNotMatch(versionText(hostWith()), /Commit/);
});

Deno.test("versionText() names the commit of an executable after the encoding", () => {
  const lines = versionText(hostWith(), "0123abcd").split("\n");
  assert.deepEqual(lines.slice(4, 8), [
    `Host type: ${hostWith().target}`,
    "Character encoding: UTF-8",
    "Commit: 0123abcd",
    "",
  ]);
});
