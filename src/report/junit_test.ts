import assert from "node:assert/strict";
import {
  entryOf,
  failed,
  FAILURES,
  hospitalRun,
  oddRun,
  runOf,
  verified,
} from "../../tests/support/report_runs.ts";
import { AssociationRejected, DialFailed } from "../check/mod.ts";
import { diagnose } from "../diagnosis/mod.ts";
import { renderJunit } from "./junit.ts";

const SETTINGS = { program: "echoscu 1.2.3", diagnose };
const REJECTED = failed(new AssociationRejected({ result: 1, source: 1, reason: 7 }));
const SILENT = failed(
  new DialFailed("timed-out", { host: "a", port: 1, systemText: "no", cause: undefined }),
);

Deno.test("renderJunit() sums up the times of repeated echoes", () => {
  const echo = (elapsedMs: number) => ({ stage: "echo" as const, startedMs: 0, elapsedMs });
  const result = { ...REJECTED, timings: [echo(1), echo(2.5), echo(3)] };
  assert.match(renderJunit(runOf([entryOf(result)]), SETTINGS), /\ntimes: echo 6\.5 ms\n/);
});

Deno.test("renderJunit() reports wrong outcomes, checks that could not be made, and peers not tried", () => {
  const xml = renderJunit(
    runOf([
      entryOf(verified(), { name: "good" }),
      entryOf(REJECTED, { name: "wrong", contact: "PACS team" }),
      entryOf(SILENT, { name: "silent" }),
      entryOf(verified(), {
        name: "slow",
        verdict: "failed",
        unmet: [{ name: "maxLatency", message: "took 41 ms" }],
      }),
      entryOf(REJECTED, { name: "expected", verdict: "passed" }),
      { name: "late", tags: [], verdict: "skipped", unmet: [], attempts: 0 },
    ]),
    SETTINGS,
  );
  assert.match(xml, / tests="6" failures="2" errors="1" skipped="1" /);
  assert.match(xml, /<testcase name="good" classname="echoscu" time="0.005025"\/>/);
  assert.match(
    xml,
    /<testcase name="wrong"[^>]*>\s*<failure message="[^"]*title[^"]*" type="called-title-default">/,
  );
  assert.match(xml, /\nhint: .*-aec/);
  assert.match(xml, /\ncontact: PACS team<\/failure>/);
  assert.match(xml, /<testcase name="silent"[^>]*>\s*<error message="[^"]+" type="[a-z-]+">/);
  assert.match(xml, /name="slow"[^>]*>\s*<failure message="took 41 ms" type="unmet:maxLatency">/);
  assert.match(xml, /<testcase name="expected" [^>]*\/>/);
  assert.match(
    xml,
    /name="late"[^>]*>\s*<skipped message="the run ended before this check did"\/>/,
  );
});

Deno.test("renderJunit() makes a suite of each group, with the sum of its times", () => {
  const xml = renderJunit(
    runOf([
      entryOf(verified(), { group: "CT" }),
      entryOf(verified(), { group: "MR" }),
      entryOf(verified(), { group: "CT" }),
    ]),
    SETTINGS,
  );
  const suites = [...xml.matchAll(/<testsuite (.*)>/g)].map(([, attributes]) => attributes);
  assert.equal(suites.length, 2);
  assert.match(suites[0] ?? "", /^id="0" name="CT" .* tests="2" .* time="0.01005"$/);
  assert.match(suites[1] ?? "", /^id="1" name="MR" .* timestamp="2026-01-31T08:00:00" tests="1"/);
  assert.match(xml, /classname="echoscu.CT"/);
});

Deno.test("renderJunit() has only characters that XML 1.0 can hold, and escapes the others", () => {
  for (
    const run of [
      oddRun(),
      hospitalRun(40),
      runOf(FAILURES.map((one) => entryOf(failed(one)))),
    ]
  ) {
    const xml = renderJunit(run, SETTINGS);
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(xml, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    assert.ok(xml.isWellFormed());
    const rest = xml
      .replace(/^<\?xml version="1.0" encoding="UTF-8"\?>/, "")
      .replace(/<\/?[a-z-]+( [a-z]+="[^"<>]*")*\/?>/g, "")
      .replace(/&(amp|lt|gt|quot);/g, "");
    assert.doesNotMatch(rest, /[<>&]/);
  }
});
