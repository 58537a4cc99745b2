import assert from "node:assert/strict";
import {
  checkOf,
  entryOf,
  failed,
  FAILURES,
  runOf,
  verified,
} from "../../tests/support/report_runs.ts";
import { diagnose } from "../diagnosis/mod.ts";
import { loadReports } from "../report/mod.ts";
import { historyRun } from "./rows.ts";

const { entryOf: documentOf } = await loadReports();
const SETTINGS = { program: "echoscu 1.2.3", diagnose };
const how = { settings: SETTINGS, everySeconds: undefined, entryOf: documentOf };

Deno.test("a row says who was checked, when, and what came of it", () => {
  const result = verified(checkOf());
  const run = historyRun(runOf([entryOf(result, { name: "a", startedAt: 5000.4 })]), how);
  const [row] = run.rows;
  assert.equal(row?.name, "a");
  assert.equal(row?.host, result.check.target.host);
  assert.equal(row?.startedMs, 5000);
  assert.equal(row?.verdict, "passed");
  assert.equal(row?.stage, null);
  assert.equal(row?.tlsDaysLeft, null);
});

Deno.test("a row of each failure names stage, side and situation", () => {
  for (const error of FAILURES) {
    const { rows } = historyRun(runOf([entryOf(failed(error))]), how);
    if (error.name === "Interrupted") {
      assert.deepEqual(rows, []);
      continue;
    }
    assert.equal(rows[0]?.outcome, "failed");
    assert.equal(rows[0]?.stage, error.stage);
    assert.equal(rows[0]?.fault, error.fault);
    assert.ok(rows[0]?.situation);
  }
});

Deno.test("what was not measured has no row", () => {
  const skipped = { ...entryOf(verified(checkOf())), verdict: "skipped" } as const;
  assert.deepEqual(historyRun(runOf([skipped]), how).rows, []);
});
