import assert from "node:assert/strict";
import { entryOf, failed, verified } from "../../tests/support/report_runs.ts";
import { AssociationRejected, EchoFailed } from "../check/mod.ts";
import { exitCodeOfRun } from "./mod.ts";
import type { ReportEntry, RunReport } from "../runner/mod.ts";

const OK = entryOf(verified());
const REJECTED = entryOf(failed(new AssociationRejected({ result: 1, source: 1, reason: 7 })));
const STATUS = entryOf(failed(new EchoFailed({ status: 0x0122, messageId: 1 })));
const UNMET: ReportEntry = {
  ...OK,
  verdict: "failed",
  unmet: [{ name: "maxLatency", message: "too slow" }],
};
const SKIPPED: ReportEntry = { name: "s", tags: [], verdict: "skipped", unmet: [], attempts: 0 };

/** The default and the detailed code. */
function codes(entries: readonly ReportEntry[], interrupted?: RunReport["interrupted"]) {
  const ended = interrupted === undefined ? {} : { interrupted };
  const report = { startedAt: 0, elapsedMs: 0, entries, ...ended };
  return [exitCodeOfRun(report, "default"), exitCodeOfRun(report, "detailed")];
}

Deno.test("exitCodeOfRun() is 0 only when every peer passed", () => {
  assert.deepEqual(codes([OK, OK]), [0, 0]);
  assert.deepEqual(
    codes([
      OK,
      entryOf(failed(new EchoFailed({ status: 1, messageId: 1 })), { verdict: "passed" }),
    ]),
    [0, 0],
  );
});

Deno.test("exitCodeOfRun() is 1, or in detail the code of the first that failed in the plan's order", () => {
  assert.deepEqual(codes([OK, REJECTED, STATUS]), [1, 64]);
  assert.deepEqual(codes([STATUS, REJECTED]), [1, 71]);
  assert.deepEqual(codes([UNMET, REJECTED]), [1, 72]);
});

Deno.test("exitCodeOfRun() reports a run that its deadline or a signal ended", () => {
  assert.deepEqual(codes([OK, SKIPPED], "deadline"), [1, 72]);
  assert.deepEqual(codes([REJECTED, SKIPPED], "deadline"), [1, 64]);
  assert.deepEqual(codes([REJECTED, SKIPPED], "SIGINT"), [130, 130]);
  assert.deepEqual(codes([OK, SKIPPED], "SIGTERM"), [143, 143]);
});
