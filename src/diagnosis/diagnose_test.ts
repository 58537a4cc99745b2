import assert from "node:assert/strict";
import fc from "fast-check";
import { errorIn, EXAMPLES, troubledCheck } from "../../tools/diagnosis_examples.ts";
import { anyTroubledCheck } from "../../tests/support/arbitrary_failures.ts";
import { diagnose } from "./diagnose.ts";
import { SITUATIONS } from "./situations.ts";
import type { Situation } from "./types.ts";
import type { TroubledCheck } from "../check/mod.ts";

/** The rows that say they describe the failure of `result`. */
function rowsFor(result: TroubledCheck): readonly Situation[] {
  return SITUATIONS.filter((row) => row.matches(errorIn(result), result));
}

/** Asserts that a hint can be printed after `hint: ` on a terminal, whatever the peer sent. */
function assertPrintable(hint: string): void {
  assert.doesNotMatch(hint, /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
}

Deno.test("every situation has an example, and every example a situation", () => {
  assert.deepEqual(Object.keys(EXAMPLES).sort(), SITUATIONS.map(({ id }) => id).sort());
});

for (const [id, examples] of Object.entries(EXAMPLES)) {
  Deno.test(`diagnose() finds ${id}`, () => {
    for (const example of examples) {
      const result = troubledCheck(example);
      assert.deepEqual(rowsFor(result).map((row) => row.id), [id]);
      const [row] = rowsFor(result);
      assert.ok(row !== undefined);
      const { situation, title, stage, fault, hint } = diagnose(result);
      assert.deepEqual({ situation, title, stage, fault }, {
        situation: id,
        title: row.title,
        stage: row.stage,
        fault: row.fault,
      });
      assert.doesNotMatch(hint, / {2}|"",|\(\)| [,;:]|: $/, "a word is missing");
      assertPrintable(hint);
      assert.ok(hint.length < 270, `${hint.length} characters: ${hint}`);
      assert.match(hint, /^[a-z0-9].*[^.\s]$/);
    }
  });
}

Deno.test("names of situations are in kebab-case and stand once", () => {
  const ids = SITUATIONS.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^[a-z]+(-[a-z0-9]+)*$/);
});

Deno.test("no two situations have the same title", () => {
  const titles = SITUATIONS.map(({ title }) => title);
  assert.equal(new Set(titles).size, titles.length);
});

Deno.test("exactly one situation applies to any failure, with its stage and its fault", () => {
  fc.assert(
    fc.property(anyTroubledCheck, (result) => {
      const rows = rowsFor(result);
      assert.deepEqual(rows.length, 1, rows.map(({ id }) => id).join());
      const [row] = rows;
      assert.equal(row?.stage, errorIn(result).stage);
      assert.equal(row?.fault, errorIn(result).fault);
    }),
    { numRuns: 5000 },
  );
});

Deno.test("a hint is one printable line of bounded length, whatever was sent", () => {
  fc.assert(
    fc.property(anyTroubledCheck, (result) => {
      const { hint, situation } = diagnose(result);
      assertPrintable(hint);
      assert.ok(hint.length > 20 && hint.length < 400, hint);
      assert.notEqual(situation, "other");
    }),
    { numRuns: 5000 },
  );
});

Deno.test("diagnose() prefers the hint that a failure brings along", () => {
  const [example] = EXAMPLES["port-refused"] ?? [];
  assert.ok(example !== undefined);
  const error = Object.assign(Object.create(example.failure), { hint: "its own" });
  const result = troubledCheck(example);
  assert.ok(result.outcome === "failed");
  assert.equal(diagnose({ ...result, error }).hint, "its own");
});
