import assert from "node:assert/strict";
import { judge, type KnownDifference, type Outcome } from "./outcome.ts";

const outcome: Outcome = {
  exit: 0,
  stdout: "",
  stderr: "E: lost\n",
  sent: ["A-ABORT 07"],
  early: false,
};
const run = { args: [], env: {}, verbose: "", steps: [] };
const row: KnownDifference = {
  id: "exit-70",
  reason: "a lost echo is not a success",
  rewrite: (expected) => expected.stderr.startsWith("E:") ? { ...expected, exit: 70 } : undefined,
};

function verdictOn(ours: Partial<Outcome>, rows: readonly KnownDifference[] = []) {
  return judge({ reference: outcome, ours: { ...outcome, ...ours } }, { rows, run });
}

Deno.test("judge() finds no fault in equal outcomes", () => {
  assert.deepEqual(verdictOn({}), { excuses: [], fault: undefined });
});

Deno.test("judge() names what differs: exit code, a line, a PDU, a timeout not kept", () => {
  assert.match(verdictOn({ exit: 1 }).fault ?? "", /exit 1 instead of 0/);
  assert.match(
    verdictOn({ stderr: "E: late\n" }).fault ?? "",
    /stderr: line 1 .*\n.*"E: lost"\n.*"E: late"/,
  );
  assert.match(verdictOn({ stderr: "" }).fault ?? "", /stderr/);
  assert.match(verdictOn({ stdout: "x" }).fault ?? "", /stdout/);
  assert.match(verdictOn({ sent: [] }).fault ?? "", /PDUs sent/);
  assert.match(verdictOn({ early: true }).fault ?? "", /before its time was up/);
});

Deno.test("judge() excuses exactly the difference that a row describes", () => {
  assert.deepEqual(verdictOn({ exit: 70 }, [row]), { excuses: ["exit-70"], fault: undefined });
  assert.match(verdictOn({ exit: 71 }, [row]).fault ?? "", /exit 71 instead of 70/);
  assert.match(verdictOn({ exit: 70, stderr: "" }, [row]).fault ?? "", /stderr/);
});

Deno.test("judge() finds a row at fault whose difference is gone", () => {
  assert.match(verdictOn({}, [row]).fault ?? "", /no longer differs, against the row exit-70/);
});

Deno.test("judge() does not count a row that rewrites nothing", () => {
  const idle: KnownDifference = {
    id: "idle",
    reason: "none",
    rewrite: (expected) => ({ ...expected }),
  };
  assert.deepEqual(verdictOn({}, [idle]), { excuses: [], fault: undefined });
});

Deno.test("judge() forgives a lost last PDU only where it may be lost, and no other", () => {
  const expected = { ...outcome, sent: ["A-RELEASE-RQ 05", "A-ABORT 07"], lastMayBeLost: true };
  const judged = (sent: readonly string[], reference: Outcome = expected) =>
    judge({ reference, ours: { ...outcome, sent } }, { rows: [], run }).fault;
  assert.equal(judged(["A-RELEASE-RQ 05", "A-ABORT 07"]), undefined);
  assert.equal(judged(["A-RELEASE-RQ 05"]), undefined);
  assert.match(judged(["A-ABORT 07"]) ?? "", /PDUs sent/);
  assert.match(judged([]) ?? "", /PDUs sent/);
  assert.match(
    judged(["A-RELEASE-RQ 05"], { ...expected, lastMayBeLost: false }) ?? "",
    /PDUs sent/,
  );
});
