/** Hostile peers cost us neither memory nor an end: every run is over in time, with a clear error. */

import assert from "node:assert/strict";
import { measureMemory, memoryMissing, type MemoryRun } from "../support/measure.ts";
import { type Limits, patiently } from "../support/patiently.ts";
import { ourProgram } from "../support/run_program.ts";
import { type Handler, startPeer } from "../support/scripted_peer.ts";
import { HOSTILE_PEERS, type HostilePeer, ORDINARY_PEER } from "./hostile_peers.ts";

/**
 * How much more memory than an ordinary check a hostile peer may cost, in bytes.
 *
 * What we keep of a peer is under 1 MiB; the rest is the runtime, whose heap and compiled code grow by some 10 MiB once
 * a hundred PDUs are handled instead of three, and by more where its collector waits for a processor. A flood of 256 MiB
 * that was kept would show all the same.
 */
const MARGIN_BYTES = 64 * 1024 * 1024;

/** Several ordinary runs, because each differs a little from the next. */
const ORDINARY_RUNS = 3;

/** What all of them may take to start side by side on a busy machine: a hang would not end at all. */
const STARTING_MS = 120_000;

if (memoryMissing() !== undefined) console.log(`peak memory is not compared: ${memoryMissing()}`);

Deno.test({
  name: "a hostile peer costs a bounded time, little memory, and a clear error",
  // The peers run side by side, because some of them take a minute to show that nothing comes of it.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async (t) => {
    const ordinary = await ordinaryPeak();
    await Promise.all(HOSTILE_PEERS.map((hostile) => meet(t, { hostile, ordinary })));
  },
});

async function ordinaryPeak(): Promise<number | undefined> {
  const peaks: number[] = [];
  for (let count = 0; count < ORDINARY_RUNS; count += 1) {
    const run = await check(ORDINARY_PEER, { options: [], timeoutMs: STARTING_MS });
    assert.equal(run.code, 0, run.stderr);
    if (run.peakBytes !== undefined) peaks.push(run.peakBytes);
  }
  return peaks.length === 0 ? undefined : Math.max(...peaks);
}

async function meet(
  t: Deno.TestContext,
  { hostile, ordinary }: { hostile: HostilePeer; ordinary: number | undefined },
): Promise<void> {
  await t.step({
    name: `a peer that ${hostile.does}`,
    sanitizeOps: false,
    sanitizeResources: false,
    sanitizeExit: false,
    fn: () => patiently((limits) => judge({ hostile, ordinary, limits })),
  });
}

async function judge(
  { hostile, ordinary, limits }: {
    hostile: HostilePeer;
    ordinary: number | undefined;
    limits: Limits;
  },
): Promise<void> {
  const timeoutMs = hostile.withinSeconds * 1000 * limits.factor + STARTING_MS;
  const options = limits.args(hostile.options);
  const run = await check(hostile.handler, { options, timeoutMs });
  assert.ok(!run.killed, `still running after ${hostile.withinSeconds} s`);
  assert.equal(run.code, hostile.exit, run.stderr);
  assert.match(run.stderr, /^[FE]: /m);
  assert.doesNotMatch(run.stderr, /Uncaught|\.ts:\d+/);
  assert.equal(run.stdout, "");
  if (ordinary === undefined || run.peakBytes === undefined) return;
  const grown = run.peakBytes - ordinary;
  assert.ok(
    grown <= MARGIN_BYTES,
    `peak memory grew by ${(grown / 1024 / 1024).toFixed(1)} MiB`,
  );
}

async function check(
  handler: Handler,
  { options, timeoutMs }: { options: readonly string[]; timeoutMs: number },
): Promise<MemoryRun> {
  await using peer = await startPeer(handler);
  const args = [...options, peer.host, `${peer.port}`];
  return await measureMemory(ourProgram(), { args, timeoutMs });
}
