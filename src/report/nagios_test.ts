import assert from "node:assert/strict";
import {
  checkOf,
  entryOf,
  failed,
  FAILURES,
  hospitalRun,
  oddRun,
  runOf,
  verified,
} from "../../tests/support/report_runs.ts";
import { AssociationRejected, DialFailed, Interrupted } from "../check/mod.ts";
import { diagnose } from "../diagnosis/mod.ts";
import { NAGIOS_CODES, nagiosState, nagiosUnknown, renderNagios } from "./nagios.ts";
import type { RunReport } from "../runner/mod.ts";

const SETTINGS = { program: "echoscu 1.2.3", diagnose };
const REJECTED = failed(new AssociationRejected({ result: 1, source: 1, reason: 7 }));
const SKIPPED = { name: "x", tags: [], verdict: "skipped", unmet: [], attempts: 0 } as const;

/** The grammar of the plugin guidelines. */
const VALUE = String.raw`(?:-?\d+(?:\.\d+)?|U)`;
/** Alerts above a number, or below one with a colon. */
const RANGE = String.raw`(?:\d*:?)`;
const LABEL = String.raw`(?:[^\s='|]+|'(?:[^'|=]|'')+')`;
const METRIC = String
  .raw`${LABEL}=${VALUE}(?:ms|s|%|)(?:;${RANGE}(?:;${RANGE}(?:;\d*(?:;\d*)?)?)?)?`;
const PERFDATA = String.raw`${METRIC}(?:[ \n]${METRIC})*`;
const OUTPUT = new RegExp(
  String.raw`^DICOM (OK|WARNING|CRITICAL|UNKNOWN) - [^|\n]+(?:\|${PERFDATA})?\n` +
    String.raw`(?:[^|\n]+\n)*(?:\|${PERFDATA}\n)?$`,
);

Deno.test("renderNagios() keeps to the grammar of the plugin guidelines", () => {
  const runs: readonly RunReport[] = [
    runOf([]),
    runOf([entryOf(verified())]),
    runOf([entryOf(REJECTED)]),
    runOf([SKIPPED]),
    hospitalRun(40),
    oddRun(),
    ...FAILURES.map((error) => runOf([entryOf(failed(error))])),
  ];
  for (const run of runs) {
    const text = renderNagios(run, { ...SETTINGS, warnLatencyMs: 5, criticalLatencyMs: 50 });
    assert.match(text, OUTPUT);
  }
});

Deno.test("renderNagios() reports one peer's state, latency and stages", () => {
  assert.equal(
    renderNagios(runOf([entryOf(verified())]), { ...SETTINGS, warnLatencyMs: 500 }),
    "DICOM OK - 192.0.2.1:104: echo answered in 2.13 ms" +
      "|echo=2.125ms;500;;0 connect=0.6ms;;;0 associate=1.8ms;;;0 release=0.4ms;;;0" +
      " total=5.025ms;;;0\nANY-SCP at 192.0.2.1:104\n",
  );
  const lines = renderNagios(runOf([entryOf(REJECTED, { contact: "PACS team" })]), SETTINGS)
    .split("\n");
  assert.match(
    lines[0] ?? "",
    /^DICOM CRITICAL - 192\.0\.2\.1:104: .*title.*\|echo=U;;;0 connect=/,
  );
  assert.equal(lines[1], "ANY-SCP at 192.0.2.1:104");
  assert.match(lines[2] ?? "", /^hint: /);
  assert.equal(lines[3], "contact: PACS team");
});

Deno.test("renderNagios() names the first peers that are not well, details each, and measures all", () => {
  const entries = ["a", "b", "c", "d", "e=|'"].map((name) => entryOf(REJECTED, { name }));
  const text = renderNagios(runOf([...entries, entryOf(verified(), { name: "w" })]), SETTINGS);
  const lines = text.trimEnd().split("\n");
  assert.equal(
    lines[0],
    "DICOM CRITICAL - 5 of 6 peers not OK: a, b, c and 2 more" +
      "|ok=1;;;0;6 warning=0;;;0;6 critical=5;;;0;6 unknown=0;;;0;6",
  );
  assert.equal(lines.filter((line) => line.startsWith("[CRITICAL] ")).length, 5);
  assert.deepEqual(lines.slice(6), [
    "|'a'=U;;;0",
    "'b'=U;;;0",
    "'c'=U;;;0",
    "'d'=U;;;0",
    "'e-/'''=U;;;0",
    "'w'=2.125ms;;;0",
  ]);
});

Deno.test("nagiosState() follows verdicts and latency", () => {
  const unreachable = failed(FAILURES[1] ?? assert.fail());
  const noPermission = failed(
    new DialFailed("not-allowed", { host: "a", port: 1, systemText: "no", cause: undefined }),
  );
  const unmet = [{ name: "maxLatency", message: "slow" }];
  const good = entryOf(verified(checkOf({ repeat: 2 })));
  const cases: readonly (readonly [string, RunReport, number | undefined, number | undefined])[] = [
    ["OK", runOf([good]), undefined, undefined],
    ["OK", runOf([good]), 3, 4],
    ["WARNING", runOf([good]), 2, 4],
    ["CRITICAL", runOf([good]), 1, 2],
    ["CRITICAL", runOf([good]), undefined, 2],
    ["OK", runOf([good]), 2.175, undefined],
    ["CRITICAL", runOf([entryOf(REJECTED)]), undefined, undefined],
    ["CRITICAL", runOf([entryOf(unreachable)]), undefined, undefined],
    ["UNKNOWN", runOf([entryOf(noPermission)]), undefined, undefined],
    ["UNKNOWN", runOf([entryOf(failed(new Interrupted("echo", "SIGINT")))]), undefined, undefined],
    ["OK", runOf([entryOf(unreachable, { verdict: "passed" })]), 1, 2],
    ["CRITICAL", runOf([entryOf(verified(), { verdict: "failed", unmet })]), undefined, undefined],
    ["UNKNOWN", runOf([SKIPPED, good]), undefined, undefined],
    ["CRITICAL", runOf([SKIPPED, entryOf(REJECTED), good]), undefined, undefined],
    ["UNKNOWN", runOf([SKIPPED, good]), 1, undefined],
    ["UNKNOWN", runOf([]), undefined, undefined],
  ];
  for (const [state, run, warnLatencyMs, criticalLatencyMs] of cases) {
    const settings = { ...SETTINGS, warnLatencyMs, criticalLatencyMs };
    assert.equal(nagiosState(run, settings), state);
    assert.ok(renderNagios(run, settings).startsWith(`DICOM ${state} - `));
  }
});

Deno.test("NAGIOS_CODES are those of the plugin guidelines", () => {
  assert.deepEqual(NAGIOS_CODES, { OK: 0, WARNING: 1, CRITICAL: 2, UNKNOWN: 3 });
});

Deno.test("nagiosUnknown() is one line", () => {
  assert.equal(nagiosUnknown("bad\n|thing"), "DICOM UNKNOWN - bad\\x0a/thing\n");
});

Deno.test("renderNagios() names the limit that an echo was above", () => {
  const limits = { ...SETTINGS, warnLatencyMs: 1, criticalLatencyMs: 2 };
  const line = renderNagios(runOf([entryOf(verified())]), limits);
  assert.match(
    line,
    /^DICOM CRITICAL - .*: echo answered in 2\.13 ms, limit 2 ms\|echo=2\.125ms;1;2;0 /,
  );
  assert.match(
    renderNagios(runOf([entryOf(verified())]), { ...limits, criticalLatencyMs: 3 }),
    /^DICOM WARNING - .*, limit 1 ms\|/,
  );
});
