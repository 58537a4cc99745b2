import assert from "node:assert/strict";
import type { ByteStream } from "../transport/mod.ts";
import { settled } from "../../tests/support/fake_clock.ts";
import { checkWith, type MemoryWorld, worldWith } from "../../tests/support/memory_peer.ts";
import { ACCEPT, commandPdu, echoResponse } from "../../tests/support/wire_bytes.ts";
import { runCheck } from "./check.ts";
import type { Check, CheckResult } from "./types.ts";

const ECHO = commandPdu(echoResponse());

async function interrupted(
  world: MemoryWorld,
  check: Partial<Check> = {},
): Promise<{ result: CheckResult; text: string }> {
  const running = runCheck(checkWith(check), world);
  await settled();
  world.interrupt.abort("SIGINT");
  const result = await running;
  if (result.outcome === "verified") return { result, text: "verified" };
  if (result.error.name !== "Interrupted") return { result, text: result.error.name };
  return { result, text: `${result.error.reason} at ${result.error.stage}` };
}

Deno.test("an interrupt while connecting ends the dialling and sends nothing", async () => {
  const world = worldWith([]);
  let seen: AbortSignal | undefined;
  const dial = (_: unknown, signal?: AbortSignal): Promise<ByteStream> => {
    seen = signal;
    return new Promise((_, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason));
    });
  };
  const { text } = await interrupted({ ...world, dial });
  assert.equal(text, "SIGINT at connect");
  assert.equal(seen, world.signal);
  assert.deepEqual(world.sent(), []);
});

Deno.test("an interrupt is reported before the peer's silence, and aborts what is open", async () => {
  const stages = {
    associate: [],
    echo: [ACCEPT],
    release: [ACCEPT, ECHO],
  };
  for (const [stage, peer] of Object.entries(stages)) {
    const world = worldWith(peer);
    const { text, result } = await interrupted(world);
    assert.equal(text, `SIGINT at ${stage}`);
    assert.equal(world.sent().at(-1), "A-ABORT 0/0", stage);
    assert.ok(world.wire.closed > 0);
    assert.equal(result.echoes.length, stage === "release" ? 1 : 0);
    assert.equal(result.timings.at(-1)?.stage, stage);
    assert.equal(world.clock.pending, 0);
  }
});

Deno.test("an interrupt logs nothing of its own", async () => {
  const world = worldWith([ACCEPT]);
  await interrupted(world);
  const types = world.events.map(({ type }) => type).filter((type) =>
    !/^pdu|transition/.test(type)
  );
  assert.equal(types.at(-1), "receiving-command");
});

Deno.test("an interrupt between echoes keeps those that were answered", async () => {
  const world = worldWith([ACCEPT, ECHO]);
  const { text, result } = await interrupted(world, { repeat: 5 });
  assert.equal(text, "SIGINT at echo");
  assert.deepEqual(result.echoes.map(({ status }) => status), [0]);
});

Deno.test("an interrupt ends a write that nobody takes", async () => {
  const world = worldWith([]);
  world.wire.writing = "stalls";
  const { text } = await interrupted(world, { socketTimeoutSeconds: 0 });
  assert.equal(text, "SIGINT at associate");
  assert.ok(world.wire.closed > 0);
});

Deno.test("an interrupt while our abort waits for the close changes no verdict", async () => {
  const verified = worldWith([ACCEPT, ECHO]);
  assert.equal((await interrupted(verified, { ending: "abort" })).text, "verified");
  const failed = worldWith([ACCEPT, commandPdu("")]);
  assert.equal((await interrupted(failed)).text, "ProtocolViolation");
});

Deno.test("an interrupt that came before the check ends it at once", async () => {
  const world = worldWith([ACCEPT, ECHO]);
  world.interrupt.abort("SIGTERM");
  const result = await runCheck(checkWith(), world);
  assert.equal(result.outcome === "failed" && result.error.name, "Interrupted");
});
