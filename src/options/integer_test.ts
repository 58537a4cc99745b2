import assert from "node:assert/strict";
import fc from "fast-check";
import { type IntegerRange, parseInteger } from "./integer.ts";

const SIGNED: IntegerRange = { minimum: 1, maximum: 2_147_483_647, reading: "signed" };
const UNSIGNED: IntegerRange = { minimum: 1, maximum: 128, reading: "unsigned" };
const PORT: IntegerRange = { minimum: 1, maximum: 65_535, reading: "port" };
const UNLIMITED: IntegerRange = { ...UNSIGNED, maximum: Number.MAX_SAFE_INTEGER };

/** A word, and what becomes of it: as a timeout, as a number of contexts, as a port. */
const CASES: readonly (readonly [string, unknown, unknown, unknown])[] = [
  ["1", 1, 1, 1],
  ["104", 104, 104, 104],
  ["0", "underflow", "underflow", "underflow"],
  ["00", "underflow", "underflow", "underflow"],
  ["-0", "underflow", "invalid", "underflow"],
  ["-1", "underflow", "invalid", "overflow"],
  ["-65535", "underflow", "invalid", "overflow"],
  ["129", 129, "overflow", 129],
  ["65535", 65_535, "overflow", 65_535],
  ["65536", 65_536, "overflow", "overflow"],
  ["2147483647", 2_147_483_647, "overflow", "overflow"],
  ["", "invalid", "invalid", "invalid"],
  [" ", "invalid", "invalid", "invalid"],
  ["x", "invalid", "invalid", "invalid"],
  ["--5", "invalid", "invalid", "invalid"],
  ["- 5", "invalid", "invalid", "invalid"],
  [".5", "invalid", "invalid", "invalid"],
  ["+", "invalid", "invalid", "invalid"],
  ["-", "invalid", "invalid", "invalid"],
  ["\u00a05", "invalid", "invalid", "invalid"],
  ["99999999999999999999", "overflow", "overflow", "overflow"],
  ["-99999999999999999999", "underflow", "invalid", "overflow"],
  // Refused by both programs: the reference's reason.
  ["0x", "underflow", "underflow", "underflow"],
  ["0x10", "invalid", "underflow", "underflow"],
  ["0b11", "underflow", "underflow", "underflow"],
  ["-5x", "underflow", "invalid", "overflow"],
  [" -2", "underflow", "invalid", "overflow"],
  ["\t-5", "underflow", "overflow", "overflow"],
  ["300x", "invalid", "overflow", "invalid"],
  ["70000x", "invalid", "overflow", "overflow"],
  // Difference D2: accepted by the reference.
  ["+5", "invalid", "invalid", "invalid"],
  [" 5", "invalid", "invalid", "invalid"],
  ["5 ", "invalid", "invalid", "invalid"],
  ["5s", "invalid", "invalid", "invalid"],
  ["1e3", "invalid", "invalid", "invalid"],
  ["3.5", "invalid", "invalid", "invalid"],
  ["1,000", "invalid", "invalid", "invalid"],
  ["1_0", "invalid", "invalid", "invalid"],
  ["5\n", "invalid", "invalid", "invalid"],
  ["\u0665", "invalid", "invalid", "invalid"],
  ["-18446744073709551615", "underflow", "invalid", "overflow"],
  ["4294967297", "overflow", "overflow", "overflow"],
  ["2147483648", "overflow", "overflow", "overflow"],
  // Leading zeros are decimal; the reference reads 010 as 8 and 08 as 0 in timeouts.
  ["010", 10, 10, 10],
  ["08", 8, 8, 8],
  ["0000000000000000000000104", 104, 104, 104],
];

Deno.test("parseInteger() reads one decimal integer and keeps the reference's reasons", () => {
  for (const [word, ...expected] of CASES) {
    const outcomes = [SIGNED, UNSIGNED, PORT].map((range) => {
      const outcome = parseInteger(word, range);
      return "value" in outcome ? outcome.value : outcome.reason;
    });
    assert.deepEqual(outcomes, expected, JSON.stringify(word));
  }
});

Deno.test("parseInteger() accepts -1 and 0 where the range begins below", () => {
  const range = { ...SIGNED, minimum: -1 };
  assert.deepEqual(parseInteger("-1", range), { value: -1 });
  assert.deepEqual(parseInteger("-0", range), { value: 0 });
  assert.deepEqual(parseInteger("-2", range), { reason: "underflow" });
});

Deno.test("parseInteger() never wraps: beyond 2^53-1 a number is an overflow", () => {
  assert.deepEqual(parseInteger("9007199254740991", UNLIMITED), { value: 9_007_199_254_740_991 });
  assert.deepEqual(parseInteger("9007199254740993", UNLIMITED), { reason: "overflow" });
  assert.deepEqual(parseInteger("18446744073709551617", UNLIMITED), { reason: "overflow" });
});

Deno.test("parseInteger() gives back every number of its range, and refuses it with a tail", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 65_535 }), (number) => {
    assert.deepEqual(parseInteger(String(number), PORT), { value: number });
    assert.deepEqual(parseInteger(`${number}x`, PORT), { reason: "invalid" });
    assert.deepEqual(parseInteger(`+${number}`, PORT), { reason: "invalid" });
  }));
});

Deno.test("parseInteger() gives a value of the range or a reason for any word", () => {
  const likely = fc.array(fc.constantFrom(..."0123456789-+ x\t.\u0665")).map((all) => all.join(""));
  fc.assert(fc.property(fc.oneof(fc.string(), likely), (word) => {
    for (const range of [SIGNED, UNSIGNED, PORT]) {
      const outcome = parseInteger(word, range);
      if (!("value" in outcome)) continue;
      assert.match(word, /^-?[0-9]+$/);
      assert.ok(outcome.value >= range.minimum && outcome.value <= range.maximum);
    }
  }));
});
