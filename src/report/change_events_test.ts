import assert from "node:assert/strict";
import {
  checkOf,
  entryOf,
  failed,
  FAILURES,
  STARTED_AT,
  verified,
} from "../../tests/support/report_runs.ts";
import { changeEvent, runChangeEvents, runsEndEvent, watchEndEvent } from "./change_events.ts";

const LOOK = { settings: { program: "p" }, explains: false };
const [, ERROR] = FAILURES;
assert.ok(ERROR !== undefined);
const DOWN = failed(ERROR, checkOf({}, "2001:db8::1"));
const UP = verified(checkOf({}, "2001:db8::1"));

Deno.test("changeEvent() has the words of the line without its time, and the facts in them", () => {
  const before = { isUp: false, lastedMs: 90_000 };
  const up = changeEvent({ at: STARTED_AT, result: UP, before }, LOOK);
  assert.equal(up.text, "[2001:db8::1]:104 up again after 1 min 30 s, echo in 2.13 ms");
  assert.equal(up.level, "info");
  assert.partialDeepStrictEqual(up.fields, {
    state: "up",
    before: "down",
    lastedMs: 90_000,
    checkedAt: "2026-01-31T08:00:00.123Z",
  });
  const down = changeEvent({ at: STARTED_AT, result: DOWN }, LOOK);
  assert.equal(down.level, "warn");
  const { state, before: past, error, fault } = down.fields;
  assert.deepEqual([state, past, error, fault], ["down", undefined, ERROR.name, ERROR.fault]);
});

Deno.test("runChangeEvents() sums up the first run, and says of later ones whose state changed", () => {
  const entry = entryOf(DOWN, { name: "CT\n2" });
  const report = { startedAt: STARTED_AT, elapsedMs: 7, entries: [entryOf(UP), entry] };
  const [summary, first, ...others] = runChangeEvents({ report }, LOOK);
  assert.partialDeepStrictEqual(summary?.fields, { total: 2, passed: 1, failed: 1, elapsedMs: 7 });
  assert.deepEqual([first?.entry?.name, others], ["CT\n2", []]);
  const before = { hasPassed: true, lastedMs: 5000 };
  const [change] = runChangeEvents({ report, changes: [{ entry, before }] }, LOOK);
  assert.equal(change?.text, `CT\\x0a2 failed after 5 s: ${ERROR.message}`);
  assert.partialDeepStrictEqual(change.fields, { state: "failed", before: "passed" });
  assert.deepEqual(runChangeEvents({ report, changes: [] }, LOOK), []);
});

Deno.test("watchEndEvent() and runsEndEvent() say how many there were", () => {
  const totals = { checks: 8, verified: 6 };
  assert.deepEqual(watchEndEvent(totals).fields, totals);
  assert.deepEqual(runsEndEvent(3, undefined).fields, { runs: 3 });
});
