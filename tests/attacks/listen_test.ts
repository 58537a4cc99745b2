/**
 * Hostile clients of `--listen`: who asks honestly is answered all the same, and what is held stays bounded. Some
 * seconds for each kind of attack in the gate, half a minute in the long form.
 */

import assert from "node:assert/strict";
import { startOurPeer } from "../support/our_peer.ts";
import { ourProgram, runProgram } from "../support/run_program.ts";
import { summarise } from "../support/measure.ts";
import { ATTACKS } from "./hostile_clients.ts";
import { secondsOf } from "./length.ts";
import { heldBy } from "./resources.ts";
import { signalChild } from "../support/signal_child.ts";

/** What the answering side may hold more than before, in bytes: its documented budget, and what collectors leave. */
const MARGIN_BYTES = 128 * 1_048_576;

/** How often the time of a check is taken before the attack. */
const CALM_CHECKS = 3;

for (const kind of Object.keys(ATTACKS)) {
  Deno.test(`--listen answers honest callers while others ${kind}`, async () => {
    await using peer = await startOurPeer(ourProgram());
    const calm: number[] = [];
    while (calm.length < CALM_CHECKS) calm.push(await verify(peer.args));
    const before = heldBy(peer.pid);
    const attacked: number[] = [];
    {
      await using _attackers = await startAttackers(kind, peer.port);
      const end = performance.now() + secondsOf({ short: 3, long: 30 }) * 1000;
      do attacked.push(await verify(peer.args)); while (performance.now() < end);
    }
    const after = heldBy(peer.pid);
    const [usual, then] = [calm, attacked].map((times) => Math.round(summarise(times).median));
    console.log(`${kind}: ${attacked.length} checks of ${then} ms, ${usual} ms without the attack`);
    if (before === undefined || after === undefined) return;
    const grown = after.residentBytes - before.residentBytes;
    assert.ok(grown < MARGIN_BYTES, `holds ${Math.round(grown / 1_048_576)} MiB more`);
  });
}

/** Checks once and gives the time in milliseconds. */
async function verify(args: readonly string[]): Promise<number> {
  const { code, stderr, wallMs } = await runProgram(ourProgram(), { args, timeoutMs: 90_000 });
  assert.equal(code, 0, stderr);
  return wallMs;
}

async function startAttackers(kind: string, port: number): Promise<AsyncDisposable> {
  const program = decodeURIComponent(new URL("hostile_clients.ts", import.meta.url).pathname);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "--allow-all", program, kind, `${port}`],
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  await reader.read();
  return {
    async [Symbol.asyncDispose]() {
      signalChild(child, "SIGKILL");
      await child.status;
      await reader.cancel();
    },
  };
}
