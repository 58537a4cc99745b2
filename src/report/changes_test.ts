import assert from "node:assert/strict";
import {
  checkOf,
  entryOf,
  failed,
  FAILURES,
  STARTED_AT,
  verified,
} from "../../tests/support/report_runs.ts";
import { PeerAborted } from "../check/mod.ts";
import type { ReportEntry } from "../runner/mod.ts";
import { changeLines, runChanges, runsSummary, watchSummary } from "./changes.ts";

const SETTINGS = { program: "p" };
const LOOK = { settings: SETTINGS, explains: false };
const [, ERROR] = FAILURES;
assert.ok(ERROR !== undefined);
const DOWN = failed(ERROR, checkOf({}, "2001:db8::1"));
const UP = verified(checkOf({}, "2001:db8::1"));

Deno.test("changeLines() is one line with time, peer, state, and how long the other one lasted", () => {
  const line = (change: Omit<Parameters<typeof changeLines>[0], "at">) =>
    changeLines({ at: STARTED_AT, ...change }, LOOK);
  const start = "2026-01-31T08:00:00.123Z [2001:db8::1]:104";
  assert.equal(line({ result: UP }), `${start} up, echo in 2.13 ms\n`);
  assert.equal(line({ result: DOWN }), `${start} down: ${ERROR.message}\n`);
  assert.equal(
    line({ result: DOWN, before: { isUp: true, lastedMs: 810_000 } }),
    `${start} down after 13 min 30 s: ${ERROR.message}\n`,
  );
  assert.equal(
    line({ result: UP, before: { isUp: false, lastedMs: 90_000 } }),
    `${start} up again after 1 min 30 s, echo in 2.13 ms\n`,
  );
  assert.equal(
    line({ result: DOWN, before: { isUp: false, lastedMs: 10_000 } }),
    `${start} still down: ${ERROR.message}\n`,
  );
});

Deno.test("changeLines() says of a peer that is up when its association ended badly", () => {
  const result = { ...UP, endingError: new PeerAborted("release", { source: 0, reason: 0 }) };
  const start = "2026-01-31T08:00:00.123Z [2001:db8::1]:104";
  assert.equal(
    changeLines({ at: STARTED_AT, result, before: { isUp: true, lastedMs: 5 } }, LOOK),
    `${start} still up, echo in 2.13 ms, but the peer aborted the association\n`,
  );
  const diagnose = () => ({ situation: "s", title: "it aborted", hint: "use --abort" });
  const look = { settings: { program: "p", diagnose }, explains: true };
  assert.equal(
    changeLines({ at: STARTED_AT, result }, look),
    `${start} up, echo in 2.13 ms, but it aborted\nhint: use --abort\n`,
  );
});

Deno.test("watchSummary() says how often the peer was verified", () => {
  assert.equal(watchSummary({ checks: 8, verified: 6 }), "8 checks, 6 verified (75 %)\n");
  assert.equal(watchSummary({ checks: 1, verified: 1 }), "1 check, 1 verified (100 %)\n");
  assert.equal(watchSummary({ checks: 0, verified: 0 }), "0 checks, 0 verified\n");
});

const FINE = entryOf(UP, { name: "Archive" });
const BROKEN = entryOf(DOWN, { name: "CT\n2", startedAt: STARTED_AT + 1000 });

Deno.test("runChanges() reports the first run by its summary and each failure", () => {
  const report = { title: "Site", startedAt: STARTED_AT, elapsedMs: 7, entries: [FINE, BROKEN] };
  assert.equal(
    runChanges({ report }, LOOK),
    "2026-01-31T08:00:00.123Z Site: 2 peers in 7 ms: 1 passed, 1 failed\n" +
      `2026-01-31T08:00:01.123Z CT\\x0a2 failed: ${ERROR.message}\n`,
  );
});

Deno.test("runChanges() reports later runs by what changed in them", () => {
  const report = { startedAt: STARTED_AT, elapsedMs: 7, entries: [FINE, BROKEN] };
  const changes = [
    { entry: FINE, before: { hasPassed: false, lastedMs: 90_000 } },
    { entry: BROKEN, before: { hasPassed: true, lastedMs: 5000 } },
    { entry: BROKEN, before: { hasPassed: false, lastedMs: 5000 } },
  ];
  assert.equal(
    runChanges({ report, changes }, LOOK),
    `2026-01-31T08:00:00.123Z Archive passed again after 1 min 30 s, echo in 2.13 ms
2026-01-31T08:00:01.123Z CT\\x0a2 failed after 5 s: ${ERROR.message}
2026-01-31T08:00:01.123Z CT\\x0a2 still failed: ${ERROR.message}
`,
  );
  assert.equal(runChanges({ report, changes: [] }, LOOK), "");
});

Deno.test("runChanges() names peers that were skipped in the first run, and explains failures where wanted", () => {
  const late: ReportEntry = { name: "Late", tags: [], verdict: "skipped", unmet: [], attempts: 0 };
  const report = { startedAt: STARTED_AT, elapsedMs: 7, entries: [BROKEN, late] };
  const diagnose = () => ({ situation: "s", title: "nobody listens", hint: "look at it" });
  const look = { settings: { program: "p", diagnose }, explains: true };
  assert.equal(
    runChanges({ report }, look),
    `2026-01-31T08:00:00.123Z 2 peers in 7 ms: 0 passed, 1 failed, 1 skipped
2026-01-31T08:00:01.123Z CT\\x0a2 failed: nobody listens
hint: look at it
2026-01-31T08:00:00.123Z Late skipped
`,
  );
  assert.equal(
    changeLines({ at: STARTED_AT, result: DOWN }, look),
    "2026-01-31T08:00:00.123Z [2001:db8::1]:104 down: nobody listens\nhint: look at it\n",
  );
  assert.equal(
    changeLines({ at: STARTED_AT, result: UP }, look),
    "2026-01-31T08:00:00.123Z [2001:db8::1]:104 up, echo in 2.13 ms\n",
  );
});

Deno.test("runsSummary() says how many runs there were, and how the last one ended", () => {
  const last = { startedAt: STARTED_AT, elapsedMs: 7, entries: [FINE, BROKEN] };
  assert.equal(runsSummary(12, last), "12 runs, the last one: 1 passed, 1 failed\n");
  assert.equal(runsSummary(1, last), "1 run, the last one: 1 passed, 1 failed\n");
  assert.equal(runsSummary(0, undefined), "0 runs\n");
});
