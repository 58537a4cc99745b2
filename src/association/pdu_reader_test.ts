import assert from "node:assert/strict";
import { FakeClock, settled } from "../../tests/support/fake_clock.ts";
import { MemoryWire } from "../../tests/support/memory_wire.ts";
import { PduReader, type Reading, type ReadLimits } from "./pdu_reader.ts";

const RELEASE_RP = "06000000000400000000";

interface Setup {
  readonly clock: FakeClock;
  readonly wire: MemoryWire;
  readonly reader: PduReader;
  readonly interrupt: AbortController;
}

function setup(): Setup {
  const clock = new FakeClock();
  const wire = new MemoryWire();
  const interrupt = new AbortController();
  const reader = new PduReader(wire, {
    maximumLength: 16_384,
    clock,
    signal: interrupt.signal,
    judge: () => "read",
    onBytes: () => {},
    onHeader: () => {},
    onWarning: () => {},
  });
  return { clock, wire, reader, interrupt };
}

interface Started {
  outcome?: { reading: Reading; at: number };
}

/** Starts a read and keeps what comes of it, with the time. */
function start(
  { reader, clock }: Setup,
  limits: ReadLimits,
): Started {
  const kept: Started = {};
  reader.read(limits).then((reading) => kept.outcome = { reading, at: clock.now() });
  return kept;
}

Deno.test("PduReader gives a PDU that came before it was asked", async () => {
  const all = setup();
  all.wire.send(RELEASE_RP);
  const read = start(all, {});
  await settled();
  assert.equal(read.outcome?.reading.type, "pdu");
});

Deno.test("PduReader waits for ever without a limit", async () => {
  const all = setup();
  const read = start(all, {});
  await all.clock.advance(1e9);
  assert.deepEqual(read, {});
  assert.equal(all.clock.started, 0);
  all.wire.end();
  await settled();
  assert.deepEqual(read.outcome?.reading, { type: "ended", within: "idle" });
});

Deno.test("PduReader limits the header from the call: silence, and bytes that dribble", async () => {
  for (const sent of ["", "06", "0600000000"]) {
    const all = setup();
    const read = start(all, { headerSeconds: 2, bodyIdleSeconds: 60 });
    await all.clock.advance(1_500);
    if (sent !== "") all.wire.send(sent);
    await all.clock.advance(1_000);
    assert.deepEqual(read.outcome, {
      reading: { type: "timed-out", within: sent === "" ? "idle" : "header", seconds: 2 },
      at: 2_000,
    });
  }
});

Deno.test("PduReader limits the wait for the first byte, and the header from there", async () => {
  const limits = { firstByteSeconds: 2, headerSeconds: 2, headerFrom: "first-byte" } as const;
  const silent = setup();
  const nothing = start(silent, limits);
  await silent.clock.advance(3_000);
  assert.deepEqual(nothing.outcome, {
    reading: { type: "timed-out", within: "idle", seconds: 2 },
    at: 2_000,
  });
  const slow = setup();
  const started = start(slow, limits);
  await slow.clock.advance(1_500);
  slow.wire.send("0600");
  await slow.clock.advance(1_900);
  slow.wire.send("00");
  await slow.clock.advance(1_000);
  assert.deepEqual(started.outcome, {
    reading: { type: "timed-out", within: "header", seconds: 2 },
    at: 3_500,
  });
});

Deno.test("PduReader limits the pauses in a body, not the header's limit", async () => {
  const all = setup();
  const read = start(all, { headerSeconds: 1, bodyIdleSeconds: 5 });
  all.wire.send("060000000004");
  for (const byte of ["00", "00", "00"]) {
    await all.clock.advance(4_900);
    all.wire.send(byte);
  }
  await all.clock.advance(4_900);
  assert.deepEqual(read, {});
  await all.clock.advance(200);
  assert.deepEqual(read.outcome, {
    reading: { type: "timed-out", within: "body", seconds: 5 },
    at: 4_900 * 3 + 5_000,
  });
});

Deno.test("PduReader limits a body as a whole, however steadily it comes", async () => {
  const all = setup();
  const read = start(all, { bodyIdleSeconds: 5, bodyTotalSeconds: 60 });
  all.wire.send("070000000080");
  for (let second = 0; second < 70 && read.outcome === undefined; second++) {
    await all.clock.advance(1_000);
    all.wire.send("00");
  }
  assert.deepEqual(read.outcome, {
    reading: { type: "timed-out", within: "body", seconds: 60 },
    at: 60_000,
  });
});

Deno.test("PduReader goes on with the same PDU after a timeout", async () => {
  const all = setup();
  all.wire.send(RELEASE_RP.slice(0, 14));
  const first = start(all, { bodyIdleSeconds: 1 });
  await all.clock.advance(1_000);
  assert.equal(first.outcome?.reading.type, "timed-out");
  const second = start(all, { bodyIdleSeconds: 1 });
  all.wire.send(RELEASE_RP.slice(14));
  await settled();
  assert.deepEqual(second.outcome?.reading, { type: "pdu", pdu: { type: "A-RELEASE-RP" } });
});

Deno.test("PduReader ends a wait when it is told to, also before it began", async () => {
  const all = setup();
  const read = start(all, {});
  await settled();
  all.interrupt.abort("SIGINT");
  await settled();
  assert.deepEqual(read.outcome?.reading, { type: "cancelled" });
  all.wire.send(RELEASE_RP);
  const after = start(all, {});
  await settled();
  assert.deepEqual(after.outcome?.reading, { type: "cancelled" });
});

Deno.test("PduReader says where the connection ended", async () => {
  for (const [sent, within] of [["", "idle"], ["0600", "header"], ["06000000000400", "body"]]) {
    const all = setup();
    all.wire.send(sent ?? "");
    all.wire.end("reset");
    const read = start(all, {});
    await settled();
    assert.deepEqual(read.outcome?.reading, { type: "ended", within });
  }
});

Deno.test("PduReader gives PDUs that were whole before bytes that are none", async () => {
  const all = setup();
  all.wire.send(`${RELEASE_RP}485454502f31`);
  const first = start(all, {});
  await settled();
  assert.equal(first.outcome?.reading.type, "pdu");
  const second = start(all, {});
  await settled();
  assert.equal(second.outcome?.reading.type, "defect");
});

Deno.test("PduReader drains until the peer closes, until time is up, or until it is too much", async () => {
  const closing = setup();
  const drained = closing.reader.drain(5);
  closing.wire.send("48".repeat(1_000));
  closing.wire.end();
  assert.equal(await drained, true);

  const silent = setup();
  const waiting = silent.reader.drain(5);
  await silent.clock.advance(5_000);
  assert.equal(await waiting, false);

  const flooding = setup();
  for (let piece = 0; piece < 20; piece++) flooding.wire.send("00".repeat(100_000));
  await flooding.reader.drain(undefined);
});

Deno.test("PduReader keeps no timer of a thousand reads when it stops", async () => {
  const all = setup();
  for (let round = 0; round < 1_000; round++) {
    all.wire.send(RELEASE_RP);
    await all.reader.read({ headerSeconds: 30, bodyIdleSeconds: 60, bodyTotalSeconds: 60 });
  }
  assert.ok(all.clock.started <= 2, `${all.clock.started} timers`);
  all.reader.stop();
  assert.equal(all.clock.pending, 0);
});

Deno.test("PduReader counts its limits from an earlier moment when it is given one", async () => {
  const all = setup();
  await all.clock.advance(1_500);
  const read = start(all, { since: 0, firstByteSeconds: 2, totalSeconds: 5 });
  await all.clock.advance(500);
  assert.deepEqual(read.outcome, {
    reading: { type: "timed-out", within: "idle", seconds: 2 },
    at: 2_000,
  });
  const again = start(all, { since: 0, totalSeconds: 1 });
  await all.clock.advance(0);
  assert.deepEqual(again.outcome, {
    reading: { type: "timed-out", within: "idle", seconds: 1 },
    at: 2_000,
  });
});
