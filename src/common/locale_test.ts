import assert from "node:assert/strict";
import { isAsciiOnly } from "./locale.ts";

Deno.test("the first variable of the locale that is set says what a terminal shows", () => {
  const cases: readonly (readonly [Readonly<Record<string, string>>, boolean])[] = [
    [{}, false],
    [{ LANG: "" }, false],
    [{ LANG: "C" }, true],
    [{ LANG: "C.UTF-8" }, false],
    [{ LANG: "de_DE.utf8", LC_CTYPE: "POSIX" }, true],
    [{ LANG: "C", LC_ALL: "en_US.UTF-8" }, false],
  ];
  for (const [set, expected] of cases) {
    assert.equal(isAsciiOnly((name) => set[name]), expected, JSON.stringify(set));
  }
});
