import assert from "node:assert/strict";
import { FakeClock, settled } from "../../tests/support/fake_clock.ts";
import { MemoryWire } from "../../tests/support/memory_wire.ts";
import { PduWriter, WriteError, type WriteFault } from "./pdu_writer.ts";

const RELEASE_RQ = Uint8Array.fromHex("05000000000400000000");

async function faultOf(write: Promise<void>): Promise<{ kind: WriteFault; cause: unknown }> {
  const error = await write.then(() => undefined, (thrown) => thrown);
  if (!(error instanceof WriteError)) assert.fail(`not a WriteError: ${error}`);
  assert.equal(error.pdu, "A-RELEASE-RQ");
  return { kind: error.kind, cause: error.cause };
}

function write(writer: PduWriter, more: { seconds?: number; signal?: AbortSignal } = {}) {
  const { seconds, signal } = more;
  return writer.write(RELEASE_RQ, { pdu: "A-RELEASE-RQ", seconds, signal });
}

Deno.test("PduWriter writes a PDU in one chunk", async () => {
  const wire = new MemoryWire();
  const writer = new PduWriter(wire, new FakeClock());
  await write(writer, { seconds: 60 });
  await write(writer);
  assert.deepEqual(wire.sent, ["05000000000400000000", "05000000000400000000"]);
  writer.stop();
});

Deno.test("PduWriter gives up a peer that takes nothing, and writes no more", async () => {
  const clock = new FakeClock();
  const wire = new MemoryWire();
  wire.writing = "stalls";
  const writer = new PduWriter(wire, clock);
  const fault = faultOf(write(writer, { seconds: 2 }));
  await clock.advance(1_999);
  assert.equal(await Promise.race([fault, "waits"]), "waits");
  await clock.advance(1);
  assert.deepEqual(await fault, { kind: "timeout", cause: undefined });
  assert.equal((await faultOf(write(writer))).kind, "again");
  assert.equal(wire.written.length, 1);
  wire.end();
});

Deno.test("PduWriter gives up a write when the signal is raised", async () => {
  const interrupt = new AbortController();
  const wire = new MemoryWire();
  wire.writing = "stalls";
  const writer = new PduWriter(wire, new FakeClock());
  const fault = faultOf(write(writer, { signal: interrupt.signal }));
  await settled();
  interrupt.abort("SIGINT");
  assert.equal((await fault).kind, "cancelled");
  assert.equal((await faultOf(write(writer))).kind, "again");
  wire.end();
});

Deno.test("PduWriter still writes after the signal: an A-ABORT must go out", async () => {
  const wire = new MemoryWire();
  const writer = new PduWriter(wire, new FakeClock());
  await write(writer, { signal: AbortSignal.abort("SIGINT") });
  assert.equal(wire.written.length, 1);
});

Deno.test("PduWriter keeps the socket's error, and does not try again", async () => {
  const wire = new MemoryWire();
  const reset = new Error("reset");
  wire.writing = { fails: reset };
  const writer = new PduWriter(wire, new FakeClock());
  assert.deepEqual(await faultOf(write(writer)), { kind: "first", cause: reset });
  wire.writing = "works";
  assert.deepEqual(await faultOf(write(writer)), { kind: "again", cause: reset });
  assert.equal(wire.written.length, 0);
});
