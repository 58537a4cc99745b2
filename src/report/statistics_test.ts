import assert from "node:assert/strict";
import fc from "fast-check";
import { type CheckResult, EchoFailed, Interrupted, TimedOut } from "../check/mod.ts";
import { checkOf, failed, verified } from "../../tests/support/report_runs.ts";
import { echoLine, echoStatistics, statisticsLine } from "./statistics.ts";

/** `result` with echoes that took these times. */
function withTimes(result: CheckResult, times: readonly number[]): CheckResult {
  const echoes = times.map((elapsedMs, at) => ({ messageId: at + 1, status: 0, elapsedMs }));
  return { ...result, echoes };
}

Deno.test("echoStatistics() sums up as ping does, with times that were really measured", () => {
  const times = Array.from({ length: 100 }, (_, at) => 100 - at);
  assert.deepEqual(echoStatistics(withTimes(verified(), times)), {
    sent: 100,
    answered: 100,
    minMs: 1,
    avgMs: 50.5,
    maxMs: 100,
    stddevMs: Math.sqrt((100 * 100 - 1) / 12),
    p50Ms: 50,
    p95Ms: 95,
    p99Ms: 99,
  });
});

Deno.test("echoStatistics() counts an echo that was under way as lost, unless a person ended the check", () => {
  const lost = failed(new TimedOut("echo", { timer: "dimse", seconds: 1, within: "idle" }));
  assert.equal(echoStatistics(withTimes(lost, [1, 2]))?.sent, 3);
  const status = failed(new EchoFailed({ status: 0x0122, messageId: 2 }));
  assert.equal(echoStatistics(withTimes(status, [1, 2]))?.sent, 2);
  const ended = failed(new Interrupted("echo", "SIGINT"));
  assert.equal(echoStatistics(withTimes(ended, [1, 2]))?.sent, 2);
  const late = failed(new TimedOut("release", { timer: "acse", seconds: 1, within: "idle" }));
  assert.equal(echoStatistics(withTimes(late, [1, 2]))?.sent, 2);
});

Deno.test("echoStatistics() counts echoes that are not listed, and sums up the times of those that are", () => {
  const result = { ...withTimes(verified(), [1, 3]), unlistedEchoes: 5 };
  const { sent, answered, avgMs } = echoStatistics(result) ?? {};
  assert.deepEqual([sent, answered, avgMs], [7, 7, 2]);
});

Deno.test("echoStatistics() has nothing to say of a check without an answered echo", () => {
  assert.equal(echoStatistics(withTimes(verified(checkOf()), [])), undefined);
});

Deno.test("echoStatistics() keeps its figures in order, whatever was measured", () => {
  const times = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 });
  fc.assert(fc.property(times, (measured) => {
    const found = echoStatistics(withTimes(verified(), measured));
    assert.ok(found !== undefined);
    const { minMs, avgMs, maxMs, stddevMs, p50Ms, p95Ms, p99Ms } = found;
    const order = [minMs, p50Ms, p95Ms, p99Ms, maxMs];
    assert.deepEqual(order, order.toSorted((left, right) => left - right));
    assert.ok(minMs - 1e-6 <= avgMs && avgMs <= maxMs + 1e-6);
    assert.ok(stddevMs >= 0 && stddevMs <= maxMs - minMs + 1e-6);
    for (const percentile of [p50Ms, p95Ms, p99Ms]) assert.ok(measured.includes(percentile));
  }));
});

Deno.test("statisticsLine() is one line with losses in per cent", () => {
  const figures = {
    minMs: 1.984,
    avgMs: 2.04,
    maxMs: 2.11,
    stddevMs: 0.05,
    p50Ms: 2.03,
    p95Ms: 2.11,
    p99Ms: 2.11,
  };
  assert.equal(
    statisticsLine({ sent: 3, answered: 2, ...figures }),
    "3 sent, 2 answered, 1 lost (33.3 %), min/avg/max/stddev/p50/p95/p99 1.98/2.04/2.11/0.05/2.03/2.11/2.11 ms",
  );
});

Deno.test("echoLine() reports of the loss when nothing was answered, and nothing when nothing was sent", () => {
  const lost = failed(new TimedOut("echo", { timer: "dimse", seconds: 1, within: "idle" }));
  assert.equal(echoLine(withTimes(lost, [])), "1 sent, 0 answered, 1 lost (100 %)");
  assert.match(echoLine(withTimes(lost, [1])) ?? "", /^2 sent, 1 answered, 1 lost \(50 %\), min/);
  const late = failed(new TimedOut("associate", { timer: "acse", seconds: 1, within: "idle" }));
  assert.equal(echoLine(withTimes(late, [])), undefined);
});
