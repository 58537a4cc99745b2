import assert from "node:assert/strict";
import { budgetSeconds } from "./budget.ts";

function budget(header: string | undefined, ceilingSeconds = 120): number | undefined {
  const headers = { "x-prometheus-scrape-timeout-seconds": header };
  return budgetSeconds(headers, { deadlineSeconds: 7, ceilingSeconds });
}

Deno.test("budgetSeconds() leaves half a second, or half of the time, for the answer", () => {
  assert.equal(budget("10"), 9.5);
  assert.equal(budget("10.000000"), 9.5);
  assert.equal(budget("1"), 0.5);
  assert.equal(budget("0.4"), 0.2);
});

Deno.test("budgetSeconds() never gives more than the ceiling", () => {
  assert.equal(budget("99999"), 120);
  assert.equal(budget("600", 7), 7);
  assert.equal(budget("7.5", 7), 7);
  assert.equal(budget("7", 7), 6.5);
});

Deno.test("budgetSeconds() takes the configured limit when the scraper names none", () => {
  assert.equal(budget(undefined), 7);
});

Deno.test("budgetSeconds() refuses what is not a time", () => {
  for (const text of ["", "0", "0.0", "-1", "1e3", "Infinity", "NaN", "5s", " 5", "1, 2", "0x10"]) {
    assert.equal(budget(text), undefined, text);
  }
});
