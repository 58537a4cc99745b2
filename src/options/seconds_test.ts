import assert from "node:assert/strict";
import { parseSeconds, parseSecondsOrZero } from "./seconds.ts";

Deno.test("parseSeconds() reads whole and broken seconds", () => {
  assert.deepEqual(parseSeconds("5"), { value: 5 });
  assert.deepEqual(parseSeconds("0.25"), { value: 0.25 });
  assert.deepEqual(parseSeconds("007"), { value: 7 });
});

Deno.test("parseSeconds() refuses zero, parseSecondsOrZero() takes it", () => {
  assert.deepEqual(parseSeconds("0"), { reason: "underflow" });
  assert.deepEqual(parseSecondsOrZero("0"), { value: 0 });
  assert.deepEqual(parseSecondsOrZero("0.0"), { value: 0 });
});

Deno.test("parseSeconds() refuses everything that is not a decimal number", () => {
  for (
    const word of ["", " 1", "1 ", "-1", "+1", "1.", ".5", "1e3", "0x10", "5s", "1,5", "1.2.3"]
  ) {
    assert.deepEqual(parseSeconds(word), { reason: "invalid" }, word);
  }
  assert.deepEqual(parseSeconds("2147483648"), { reason: "overflow" });
});
