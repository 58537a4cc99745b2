import assert from "node:assert/strict";
import fc from "fast-check";
import { type CheckResult, PeerAborted } from "../check/mod.ts";
import type { Expectations } from "../plan/types.ts";
import { judge, matches } from "./expectations.ts";
import { failed, verified } from "../../tests/support/report_runs.ts";
import { dialFailed, refused, rejected } from "../../tests/support/scripted_checks.ts";

/** The verdict, and the names of what was not met. */
function judged(
  result: CheckResult,
  expect: Partial<Expectations>,
): readonly [string, ...string[]] {
  const { verdict, unmet } = judge(result, { reachable: true, ...expect });
  return [verdict, ...unmet.map(({ name }) => name)];
}

/** A verified result whose echo took this long. */
function withEcho(elapsedMs: number): CheckResult {
  return { ...verified(), echoes: [{ messageId: 1, status: 0, elapsedMs }] };
}

/** A verified result of a peer that calls itself `version`. */
function calling(version: string | undefined): CheckResult {
  const association = {
    implementationClassUid: undefined,
    implementationVersionName: version,
    peerMaximumLength: 0,
    contexts: [],
  };
  return { ...verified(), association };
}

Deno.test("judge() passes what was verified and fails what was not, without expectations", () => {
  assert.deepEqual(judged(verified(), {}), ["passed"]);
  assert.deepEqual(judged(failed(refused()), {}), ["failed"]);
});

Deno.test("judge() passes a peer that must not be reachable only where nothing took the connection", () => {
  const no = { reachable: false };
  assert.deepEqual(judged(failed(refused()), no), ["passed"]);
  assert.deepEqual(judged(failed(dialFailed("timed-out")), no), ["passed"]);
  assert.deepEqual(judged(verified(), no), ["failed", "reachable"]);
  const remote = { host: "10.0.0.1", port: 104 };
  assert.deepEqual(judged({ ...failed(rejected("1/1/7")), remote }, no), ["failed", "reachable"]);
});

Deno.test("judge() takes no failure of this machine for a peer that is not reachable", () => {
  for (
    const reason of [
      "unknown-host",
      "lookup-failed",
      "not-allowed",
      "not-permitted",
      "no-descriptors",
    ] as const
  ) {
    assert.deepEqual(judged(failed(dialFailed(reason)), { reachable: false }), [
      "failed",
      "reachable",
    ]);
  }
});

Deno.test("judge() compares a rejection with the one that is expected", () => {
  const codes = { result: 1, source: 1, reason: 3 };
  assert.deepEqual(judged(failed(rejected("1/1/3")), { rejected: codes }), ["passed"]);
  assert.deepEqual(judged(failed(rejected("1/1/7")), { rejected: "any" }), ["passed"]);
  assert.deepEqual(judged(failed(rejected("1/1/7")), { rejected: codes }), ["failed", "rejected"]);
  assert.deepEqual(judged(failed(refused()), { rejected: "any" }), ["failed", "rejected"]);
  assert.deepEqual(judged(verified(), { rejected: "any" }), ["failed", "rejected"]);
});

Deno.test("judge() takes a rejection for a refusal, and an abort before the first answer", () => {
  const aborted = (stage: "associate" | "echo" | "release") =>
    new PeerAborted(stage, { source: 0, reason: 0 });
  const refusal = { refused: "any" } as const;
  assert.deepEqual(judged(failed(rejected("1/1/7")), refusal), ["passed"]);
  assert.deepEqual(judged(failed(aborted("associate")), refusal), ["passed"]);
  assert.deepEqual(judged(failed(aborted("echo")), refusal), ["passed"]);
  const { echoes } = verified();
  assert.deepEqual(judged({ ...failed(aborted("echo")), echoes }, refusal), ["failed", "refused"]);
  assert.deepEqual(judged(failed(refused()), refusal), ["failed", "refused"]);
  assert.deepEqual(judged(verified(), refusal), ["failed", "refused"]);
  const badlyEnded = { ...verified(), endingError: aborted("release") };
  assert.deepEqual(judged(badlyEnded, refusal), ["failed", "refused"]);
});

Deno.test("judge() compares the slowest echo with the longest time allowed", () => {
  assert.deepEqual(judged(withEcho(50), { maxLatencyMs: 50 }), ["passed"]);
  assert.deepEqual(judged(withEcho(50.1), { maxLatencyMs: 50 }), ["failed", "maxLatency"]);
});

Deno.test("judge() compares the implementation version name, padding left out", () => {
  const expect = { implementationVersion: "OFFIS_DCMTK_*" };
  assert.deepEqual(judged(calling("OFFIS_DCMTK_367"), expect), ["passed"]);
  assert.deepEqual(judged(calling("OFFIS_DCMTK_367 "), expect), ["passed"]);
  assert.deepEqual(judged(calling("ORTHANC"), expect), ["failed", "implementationVersion"]);
  assert.deepEqual(judged(calling(undefined), expect), ["failed", "implementationVersion"]);
});

Deno.test("judge() makes control characters of a peer visible", () => {
  const expect = { reachable: true, implementationVersion: "A" };
  const { unmet } = judge(calling("\x1b[31mB"), expect);
  assert.match(unmet[0]?.message ?? "", /found \\x1b\[31mB$/);
});

/** A verified result of a peer whose certificate is valid for so many days. */
function showing(daysLeft: number | undefined): CheckResult {
  const facts = { chain: [{ daysLeft }] };
  return { ...verified(), tls: { facts, ownCertificate: undefined } } as unknown as CheckResult;
}

Deno.test("judge() wants a certificate whose days are known", () => {
  const expect = { minDaysValid: 30 };
  assert.deepEqual(judged(showing(30), expect), ["passed"]);
  assert.deepEqual(judged(showing(29), expect), ["failed", "tls.minDaysValid"]);
  assert.deepEqual(judged(showing(undefined), expect), ["failed", "tls.minDaysValid"]);
  assert.deepEqual(judged(verified(), expect), ["failed", "tls.minDaysValid"]);
});

Deno.test("judge() reports every expectation that was not met", () => {
  const expect = { maxLatencyMs: 1, implementationVersion: "X", minDaysValid: 1 };
  assert.deepEqual(judged(verified(), expect), [
    "failed",
    "maxLatency",
    "implementationVersion",
    "tls.minDaysValid",
  ]);
});

Deno.test("matches() knows * and ? and takes everything else as it is", () => {
  assert.ok(matches("A.B", "A.B"));
  assert.ok(!matches("AxB", "A.B"));
  assert.ok(matches("", "*"));
  assert.ok(matches("ABC", "A?C"));
  assert.ok(!matches("AC", "A?C"));
  assert.ok(!matches("XABC", "ABC"));
  assert.ok(matches("(a)[b]{c}^$|+\\/-", "(a)[b]{c}^$|+\\/-"));
});

Deno.test("matches() says the same as a regular expression, but takes no long time", () => {
  const word = (letters: string) =>
    fc.array(fc.constantFrom(...letters), { maxLength: 8 }).map((some) => some.join(""));
  fc.assert(
    fc.property(word("ab"), word("ab*?"), (text, pattern) => {
      const expression = pattern.replaceAll("*", ".*").replaceAll("?", ".");
      assert.equal(matches(text, pattern), new RegExp(`^${expression}$`).test(text));
    }),
    { numRuns: 1000 },
  );
  assert.ok(!matches("a".repeat(10_000), "*a*a*a*a*a*a*b"));
});
