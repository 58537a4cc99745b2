import assert from "node:assert/strict";
import { peerOf } from "../../tests/support/plan_peers.ts";
import {
  dialFailed,
  refused,
  rejected,
  type Scripted,
} from "../../tests/support/scripted_checks.ts";
import { runScripted, verdicts } from "../../tests/support/scripted_runs.ts";

Deno.test("runPlan() tries until all have passed where that is wanted, whatever failed", async () => {
  const script = [rejected("1/1/7"), dialFailed("unknown-host")].map((error) => ({
    ms: 10,
    error,
  }));
  const { report, clock } = await runScripted(
    [peerOf("a"), peerOf("b")],
    ({ name }) => name === "a" ? [...script, { ms: 10 }] : [{ ms: 10 }],
    {
      settings: { waitSeconds: 60 },
    },
  );
  assert.deepEqual(verdicts(report), ["a passed 3", "b passed 1"]);
  assert.equal(clock.now(), 2030);
  assert.equal(clock.pending, 0);
});

Deno.test("runPlan() keeps what was found before the end of the wait cut the last attempt off", async () => {
  const scripts: Record<string, readonly Scripted[]> = {
    refused: [{ ms: 10, error: refused() }, { ms: 60_000 }],
    silent: [{ ms: 60_000 }],
  };
  const { report } = await runScripted(
    Object.keys(scripts).map((name) => peerOf(name)),
    ({ name }) => scripts[name] ?? [],
    { settings: { waitSeconds: 5 } },
  );
  assert.deepEqual(verdicts(report), ["refused failed 1", "silent failed 1"]);
  const errors = report.entries.map(({ result }) => result?.outcome === "failed" && result.error);
  assert.ok(errors[0] && errors[0].name === "DialFailed");
  assert.ok(errors[1] && errors[1].name === "TimedOut");
  assert.deepEqual(errors[1].details, { timer: "wait", seconds: 5, within: "idle" });
  assert.equal(report.interrupted, undefined);
});

Deno.test("runPlan() takes no attempt that the end of the wait cut off for a proof that nobody answers", async () => {
  const peer = peerOf("closed", { expect: { reachable: false } });
  const { report } = await runScripted([peer], () => [{ ms: 60_000 }], {
    settings: { waitSeconds: 5 },
  });
  assert.deepEqual(verdicts(report), ["closed skipped 0"]);
});

Deno.test("runPlan() looks once more shortly before a wait ends, whatever the pause, and never floods a peer", async () => {
  for (const [retryDelaySeconds, least, most] of [[10, 4, 10], [0, 80, 100]] as const) {
    const { begun, clock } = await runScripted([peerOf("a")], () => [{ ms: 0, error: refused() }], {
      settings: { waitSeconds: 5, retryDelaySeconds },
    });
    assert.ok(begun.length >= least && begun.length <= most, `${begun.length}`);
    assert.ok(clock.now() > 4800 && clock.now() <= 5000);
  }
});
