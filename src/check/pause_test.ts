import assert from "node:assert/strict";
import { JumpingClock } from "../../tests/support/jumping_clock.ts";
import { listenInMemory } from "../../tests/support/memory_stream.ts";
import { serveAssociations } from "../scp/mod.ts";
import { type Check, type CheckResult, runCheck } from "./mod.ts";

const CHECK: Check = {
  target: { host: "a", port: 104, family: "any", connectTimeoutSeconds: undefined },
  callingAeTitle: "ECHOSCU",
  calledAeTitle: "ANY-SCP",
  contexts: 1,
  transferSyntaxes: ["1.2.840.10008.1.2"],
  maximumLength: 16_384,
  acseTimeoutSeconds: 30,
  dimseTimeoutSeconds: undefined,
  socketTimeoutSeconds: 60,
  repeat: 3,
  intervalSeconds: 10,
  ending: "release",
};

/** Checks our own answering side; `stop` is given the clock to raise the signal by it. */
async function checkOurselves(
  check: Check,
  stop: (clock: JumpingClock, raise: () => void) => void = () => {},
): Promise<
  { readonly result: CheckResult; readonly echoes: number; readonly clock: JumpingClock }
> {
  const clock = new JumpingClock();
  const listening = listenInMemory();
  const done = new AbortController();
  const interrupt = new AbortController();
  const served = serveAssociations(listening, {
    maxAssociations: 1,
    maximumLength: 16_384,
    limits: { artimSeconds: 30, idleSeconds: undefined },
    clock,
    signal: done.signal,
    trace: () => {},
  });
  stop(clock, () => interrupt.abort("SIGINT"));
  const checked = runCheck(check, {
    dial: () => Promise.resolve(listening.dial()),
    clock,
    trace: () => {},
    signal: interrupt.signal,
  });
  const result = await clock.until(checked);
  done.abort();
  return { result, echoes: (await clock.until(served)).echoes, clock };
}

Deno.test("runCheck() pauses between echoes, not before the first nor after the last", async () => {
  const { result, echoes } = await checkOurselves(CHECK);
  assert.equal(result.outcome, "verified");
  assert.equal(echoes, 3);
  assert.equal(result.elapsedMs, 20_000);
  assert.deepEqual(
    result.timings.filter(({ stage }) => stage === "echo").map(({ startedMs }) => startedMs),
    [0, 10_000, 20_000],
  );
});

Deno.test("runCheck() ends its pause when the signal is raised, keeping what was answered", async () => {
  const { result, echoes } = await checkOurselves(
    CHECK,
    (clock, raise) => void clock.after(15_000, raise),
  );
  assert.ok(result.outcome === "failed");
  assert.deepEqual([result.error.name, result.error.stage], ["Interrupted", "echo"]);
  assert.equal(result.echoes.length, 2);
  assert.equal(echoes, 2);
  assert.equal(result.elapsedMs, 15_000);
});
