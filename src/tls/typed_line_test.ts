import assert from "node:assert/strict";
import { LONGEST, TypedLine } from "./typed_line.ts";

/** The line that `keys`, text or bytes, come to, and how they ended. */
function typed(keys: string | readonly number[]): readonly [string, string] {
  const line = new TypedLine();
  let outcome = "more";
  for (const byte of typeof keys === "string" ? new TextEncoder().encode(keys) : keys) {
    outcome = line.take(byte);
    if (outcome !== "more") break;
  }
  return [line.text, outcome];
}

Deno.test("TypedLine takes back whole characters, whatever Backspace sends", () => {
  assert.deepEqual(typed("secrex\x7ft\r"), ["secret", "done"]);
  assert.deepEqual(typed("secrex\bt\n"), ["secret", "done"]);
  assert.deepEqual(typed("p\u00e4\u20ac\u{1f511}\x7f\x7f\r"), ["p\u00e4", "done"]);
  assert.deepEqual(typed("\x7f\x7fa\r"), ["a", "done"]);
});

Deno.test("TypedLine takes back the bytes of a code page one by one", () => {
  assert.deepEqual(typed([0x73, 0x84, 0x94, 8, 8, 0x65, 13]), ["se", "done"]);
  assert.deepEqual(typed([0x84, 8, 0x65, 13]), ["e", "done"]);
});

Deno.test("TypedLine begins anew at Ctrl-U and Ctrl-W", () => {
  assert.deepEqual(typed("wrong one\x15right\r"), ["right", "done"]);
  assert.deepEqual(typed("wrong\x17right\r"), ["right", "done"]);
});

Deno.test("TypedLine leaves out arrow keys and other control characters", () => {
  assert.deepEqual(typed("a\x1b[A\x1b[1;5Cb\x1bOHc\x1bxd\x01\x1ae\r"), ["abcde", "done"]);
  assert.deepEqual(typed("a\tb c\r"), ["a\tb c", "done"]);
});

Deno.test("TypedLine ends at Enter and Ctrl-D, and is given up at Ctrl-C", () => {
  assert.deepEqual(typed("a\x04b"), ["a", "done"]);
  assert.deepEqual(typed("\r"), ["", "done"]);
  assert.deepEqual(typed("a\x03"), ["a", "interrupted"]);
  assert.deepEqual(typed("a\x1c"), ["a", "interrupted"]);
});

Deno.test("TypedLine takes no more than its room", () => {
  assert.equal(typed("x".repeat(LONGEST + 5) + "\r")[0].length, LONGEST);
});
