import assert from "node:assert/strict";
import { Rules, type RuleSettings } from "./rules.ts";
import { BEGAN, seen } from "./testing.ts";

const MINUTE = 60_000;

/** Runs of one peer, a minute apart: each word is its state, and what is told after it. */
function told(settings: RuleSettings, states: readonly string[]): readonly string[] {
  const rules = new Rules(settings);
  return states.map((state, run) =>
    rules.see([seen("A", state, BEGAN + run * MINUTE)], run * MINUTE)
      .map(({ event }) => event).join(" ")
  );
}

Deno.test("down is told after so many failures in a row, once; up only after it", () => {
  assert.deepEqual(told({ after: 1 }, ["", "", "x", "x", "", ""]), ["", "", "down", "", "up", ""]);
  assert.deepEqual(told({ after: 3 }, ["x", "x", "x", "x", ""]), ["", "", "down", "", "up"]);
  assert.deepEqual(told({ after: 2 }, ["x", "", "x", "", "x", "x"]), ["", "", "", "", "", "down"]);
});

Deno.test("a peer that was skipped is as it was, and one that is gone from the plan is forgotten", () => {
  assert.deepEqual(told({ after: 2 }, ["x", "-", "x", "-", ""]), ["", "", "down", "", "up"]);
  const rules = new Rules({ after: 1 });
  assert.equal(rules.see([seen("A", "x")], 0).length, 1);
  assert.equal(rules.see([seen("B", "")], 1).length, 0);
  assert.equal(rules.see([seen("A", "")], 2).length, 0);
});

Deno.test("another reason is told once it has been the same for as long as a failure must be", () => {
  assert.deepEqual(
    told({ after: 2 }, ["x", "x", "y", "x", "y", "y", "y", ""]),
    ["", "down", "", "", "", "changed", "", "up"],
  );
});

Deno.test("reminders come as often as asked for, and never without that", () => {
  const down = Array.from({ length: 8 }, () => "x");
  assert.deepEqual(
    told({ after: 1, againMs: 3 * MINUTE }, down),
    ["down", "", "", "still-down", "", "", "still-down", ""],
  );
  assert.deepEqual(told({ after: 1 }, down).filter((event) => event !== ""), ["down"]);
});

Deno.test("how long it was down counts from the first failure, by the clock", () => {
  const rules = new Rules({ after: 2 });
  const at = (minutes: number, state: string, calendar = minutes) =>
    rules.see([seen("A", state, BEGAN + calendar * MINUTE)], minutes * MINUTE);
  at(0, "");
  at(1, "x");
  const [down] = at(2, "x");
  assert.deepEqual(
    [down?.downMs, down?.failures, down?.since],
    [MINUTE, 2, BEGAN + MINUTE],
  );
  // The calendar jumps by an hour.
  const [up] = at(5, "", 65);
  assert.deepEqual([up?.downMs, up?.failures, up?.since], [4 * MINUTE, 0, BEGAN + 65 * MINUTE]);
});

Deno.test("a peer that goes down and up all the time is told to, and then nothing until it is steady", () => {
  const flapping = Array.from({ length: 40 }, (_, run) => run % 2 === 0 ? "x" : "");
  const steady = Array.from({ length: 12 }, () => "x");
  const events = told({ after: 1 }, [...flapping, ...steady, ""]);
  assert.deepEqual(
    events.filter((event) => event !== ""),
    ["down", "up", "down", "up", "down", "up", "unstable", "down", "up"],
  );
  assert.equal(events.indexOf("unstable"), 6);
  // Ten minutes after its last change.
  assert.equal(events.lastIndexOf("down"), 50);
});

Deno.test("an unstable peer that stays up is told to be up", () => {
  const flapping = Array.from({ length: 7 }, (_, run) => run % 2 === 0 ? "x" : "");
  const events = told({ after: 1 }, [...flapping, ...Array.from({ length: 12 }, () => "")]);
  assert.deepEqual(events.slice(6).filter((event) => event !== ""), ["unstable", "up"]);
});

Deno.test("a certificate that ends soon is told once, also across times when nobody can see it", () => {
  const rules = new Rules({ after: 1 });
  const near = (state: string) => {
    const { entry, at } = seen("A", state);
    const warnings = [{ name: "tls.warnDaysValid", message: "the certificate ends in 9 days" }];
    return { entry: { ...entry, warnings }, at };
  };
  const events = [near(""), near(""), seen("A", "x"), near(""), seen("A", ""), near("")]
    .map((peer, run) => rules.see([peer], run).map(({ event }) => event).join(" "));
  assert.deepEqual(events, ["certificate", "", "down", "up", "", "certificate"]);
});
