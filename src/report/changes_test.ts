import assert from "node:assert/strict";
import { checkOf, failed, FAILURES, STARTED_AT, verified } from "../../tests/tools/report_runs.ts";
import { changeLine, watchSummary } from "./changes.ts";

const SETTINGS = { program: "p" };
const [, ERROR] = FAILURES;
assert.ok(ERROR !== undefined);
const DOWN = failed(ERROR, checkOf({}, "2001:db8::1"));
const UP = verified(checkOf({}, "2001:db8::1"));

Deno.test("changeLine() is one line with time, peer, state, and how long the other one lasted", () => {
  const line = (change: Omit<Parameters<typeof changeLine>[0], "at">) =>
    changeLine({ at: STARTED_AT, ...change }, SETTINGS);
  const start = "2026-01-31T08:00:00.123Z [2001:db8::1]:104";
  assert.equal(line({ result: UP }), `${start} up\n`);
  assert.equal(line({ result: DOWN }), `${start} down: ${ERROR.message}\n`);
  assert.equal(
    line({ result: DOWN, before: { isUp: true, lastedMs: 810_000 } }),
    `${start} down after 13 min 30 s: ${ERROR.message}\n`,
  );
  assert.equal(
    line({ result: UP, before: { isUp: false, lastedMs: 90_000 } }),
    `${start} up again after 1 min 30 s\n`,
  );
  assert.equal(
    line({ result: DOWN, before: { isUp: false, lastedMs: 10_000 } }),
    `${start} still down: ${ERROR.message}\n`,
  );
});

Deno.test("watchSummary() says how often the peer was verified", () => {
  assert.equal(watchSummary({ checks: 8, verified: 6 }), "8 checks, 6 verified (75 %)\n");
  assert.equal(watchSummary({ checks: 1, verified: 1 }), "1 check, 1 verified (100 %)\n");
  assert.equal(watchSummary({ checks: 0, verified: 0 }), "0 checks, 0 verified\n");
});
