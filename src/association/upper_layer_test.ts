import assert from "node:assert/strict";
import { FakeClock, settled } from "../../tests/support/fake_clock.ts";
import { MemoryWire } from "../../tests/support/memory_wire.ts";
import { ACCEPT, commandPdu, pdu, RELEASE_RP } from "../../tests/support/wire_bytes.ts";
import type { AssociationEvent } from "./events.ts";
import type { StateName } from "./transitions.ts";
import { UpperLayer, type UpperLayerOptions } from "./upper_layer.ts";

const REQUEST = {
  type: "A-ASSOCIATE-RQ",
  protocolVersion: 1,
  calledAeTitle: "ANY-SCP",
  callingAeTitle: "ECHOSCU",
  applicationContextName: "1.2.840.10008.3.1.1.1",
  presentationContexts: [],
  userInformation: [],
  unrecognizedItems: [],
} as const;

const ABORT = "070000000004";
const PDUS = {
  "A-ASSOCIATE-RQ": pdu(0x01, "0001".padEnd(136, "0")),
  "A-ASSOCIATE-AC": ACCEPT,
  "A-ASSOCIATE-RJ": pdu(0x03, "00010107"),
  "P-DATA-TF": commandPdu(""),
  "A-RELEASE-RQ": pdu(0x05, "00000000"),
  "A-RELEASE-RP": RELEASE_RP,
  "A-ABORT": pdu(0x07, "00000201"),
} as const;

interface Setup {
  readonly clock: FakeClock;
  readonly wire: MemoryWire;
  readonly layer: UpperLayer;
  readonly interrupt: AbortController;
  readonly events: AssociationEvent[];
}

function setup(
  { role = "requestor", artimSeconds }: Partial<Pick<UpperLayerOptions, "role" | "artimSeconds">> =
    {},
): Setup {
  const clock = new FakeClock();
  const wire = new MemoryWire();
  const interrupt = new AbortController();
  const events: AssociationEvent[] = [];
  const layer = new UpperLayer(wire, {
    role,
    maximumLength: 16_384,
    artimSeconds,
    writeSeconds: 60,
    clock,
    signal: interrupt.signal,
    trace: (event) => events.push(event),
  });
  return { clock, wire, layer, interrupt, events };
}

/** A requestor that got as far as `state`. */
async function setupIn(
  state: "Sta5" | "Sta6" | "Sta7" | "Sta13",
  artimSeconds?: number,
): Promise<Setup> {
  const all = setup({ artimSeconds });
  const { layer, wire } = all;
  await layer.request(REQUEST);
  if (state !== "Sta5") {
    wire.send(ACCEPT);
    assert.equal((await layer.receive({})).type, "associate-accepted");
  }
  if (state === "Sta7") await layer.requestRelease();
  if (state === "Sta13") await layer.abort();
  assert.equal(layer.state, state);
  wire.written.length = 0;
  return all;
}

Deno.test("UpperLayer goes from request to release through the states of Table 9-10", async () => {
  const { layer, wire, events } = setup();
  await layer.request(REQUEST);
  wire.send(ACCEPT + commandPdu("") + RELEASE_RP);
  assert.equal((await layer.receive({})).type, "associate-accepted");
  await layer.sendData([{ contextId: 1, kind: "command", isLast: true, data: new Uint8Array(0) }]);
  assert.equal((await layer.receive({})).type, "data");
  await layer.requestRelease();
  assert.equal((await layer.receive({})).type, "release-confirmed");
  const states = events.flatMap((event) => event.type === "transition" ? [event.state] : []);
  assert.deepEqual(states, ["Sta1", "Sta4", "Sta5", "Sta6", "Sta6", "Sta6", "Sta7"]);
  assert.equal(layer.state, "Sta1");
  assert.equal(wire.closed, 1);
  assert.deepEqual(wire.sent.slice(1), ["04000000000600000002" + "0103", "05000000000400000000"]);
});

/** What each PDU means in each state: an indication, or "unexpected" with our A-ABORT. */
const MEANINGS: Readonly<Record<"Sta5" | "Sta6" | "Sta7", Readonly<Record<string, string>>>> = {
  Sta5: {
    "A-ASSOCIATE-AC": "associate-accepted",
    "A-ASSOCIATE-RJ": "associate-rejected",
    "A-ABORT": "aborted",
  },
  Sta6: { "P-DATA-TF": "data", "A-RELEASE-RQ": "release-requested", "A-ABORT": "aborted" },
  Sta7: {
    "P-DATA-TF": "data",
    "A-RELEASE-RQ": "release-requested",
    "A-RELEASE-RP": "release-confirmed",
    "A-ABORT": "aborted",
  },
};

for (const state of ["Sta5", "Sta6", "Sta7"] as const) {
  Deno.test(`UpperLayer in ${state} meets every PDU as Table 9-10 says, whatever its pieces`, async () => {
    for (const [name, hex] of Object.entries(PDUS)) {
      for (const size of [1, 7, Infinity]) {
        const { layer, wire } = await setupIn(state);
        wire.send(hex, size);
        const meaning = MEANINGS[state][name] ?? "unexpected";
        assert.equal((await layer.receive({})).type, meaning, `${name} in ${state}`);
        assert.deepEqual(wire.sent, meaning === "unexpected" ? [`${ABORT}00000202`] : []);
      }
    }
  });

  Deno.test(`UpperLayer in ${state} answers bytes that are no PDU with the reason`, async () => {
    const faults = {
      "48": "01",
      "00": "01",
      "08": "01",
    };
    for (const [type, reason] of Object.entries(faults)) {
      const { layer, wire } = await setupIn(state);
      wire.send(`${type}0000000004`);
      assert.equal((await layer.receive({})).type, "defect");
      assert.deepEqual(wire.sent, [`${ABORT}000002${reason}`]);
      assert.equal(layer.state, "Sta13");
    }
    const { layer, wire } = await setupIn(state);
    wire.send("040000004001");
    assert.equal((await layer.receive({})).type, "defect");
    assert.deepEqual(wire.sent, [`${ABORT}00000206`]);
  });

  Deno.test(`UpperLayer in ${state} survives an A-ABORT that cannot be sent`, async () => {
    for (const hex of [PDUS["A-ASSOCIATE-RQ"], "480000000000"]) {
      const { layer, wire } = await setupIn(state);
      wire.writing = { fails: new Error("gone") };
      wire.send(hex);
      const { type } = await layer.receive({});
      assert.ok(type === "unexpected" || type === "defect");
    }
  });

  Deno.test(`UpperLayer in ${state} reports a timeout and an interruption and can still abort`, async () => {
    const slow = await setupIn(state);
    const waiting = slow.layer.receive({ headerSeconds: 30 });
    await slow.clock.advance(30_000);
    assert.deepEqual(await waiting, { type: "timed-out", within: "idle", seconds: 30 });
    await slow.layer.abort();
    assert.deepEqual(slow.wire.sent, [`${ABORT}00000000`]);

    const stopped = await setupIn(state);
    const cancelled = stopped.layer.receive({});
    stopped.interrupt.abort("SIGTERM");
    assert.deepEqual(await cancelled, { type: "cancelled" });
    await stopped.layer.abort();
    assert.deepEqual(stopped.wire.sent, [`${ABORT}00000000`]);
  });
}

Deno.test("UpperLayer judges PDUs that come in one piece each in its own state", async () => {
  const { layer, wire } = await setupIn("Sta6");
  wire.send(PDUS["P-DATA-TF"] + PDUS["A-RELEASE-RP"]);
  assert.equal((await layer.receive({})).type, "data");
  const late = await layer.receive({});
  assert.equal(late.type, "unexpected");
});

Deno.test("UpperLayer says where the connection ended, and goes to Sta1 unless inside a body", async () => {
  const ends: readonly (readonly [string, string, StateName])[] = [
    ["", "idle", "Sta1"],
    ["0400", "header", "Sta1"],
    ["04000000000a0000", "body", "Sta6"],
  ];
  for (const [hex, within, state] of ends) {
    const { layer, wire } = await setupIn("Sta6");
    wire.send(hex);
    wire.end();
    assert.deepEqual(await layer.receive({}), { type: "closed", within });
    assert.equal(layer.state, state);
  }
});

Deno.test("UpperLayer waits for the close until the peer is gone", async () => {
  const { layer, wire, clock } = await setupIn("Sta13", 30);
  const waiting = layer.awaitClose();
  await clock.advance(29_000);
  wire.end();
  await waiting;
  assert.equal(layer.state, "Sta1");
  assert.equal(clock.now(), 29_000);
});

Deno.test("UpperLayer waits for the close no longer than ARTIM, whatever dribbles in", async () => {
  for (const dribble of ["", PDUS["A-RELEASE-RP"], "07", "0700000000"]) {
    const { layer, wire, clock } = await setupIn("Sta13", 4);
    let done = false;
    const waiting = layer.awaitClose().then(() => done = true);
    await clock.advance(3_000);
    if (dribble !== "") wire.send(dribble);
    await clock.advance(999);
    assert.equal(done, false);
    await clock.advance(1);
    await waiting;
  }
});

Deno.test("UpperLayer counts ARTIM from when its A-ABORT went out, not from when somebody waits", async () => {
  const { layer, clock } = await setupIn("Sta13", 4);
  await clock.advance(3_000);
  const waiting = layer.awaitClose();
  await clock.advance(1_000);
  await waiting;
  assert.equal(clock.now(), 4_000);
});

Deno.test("UpperLayer closes when ARTIM runs out before a request came, however its bytes dribble", async () => {
  for (const came of ["", "01", "010000000084"]) {
    const { layer, wire, clock } = setup({ role: "acceptor", artimSeconds: 30 });
    const waiting = layer.receive({});
    await clock.advance(29_999);
    wire.send(came);
    assert.equal(wire.closed, 0);
    await clock.advance(1);
    assert.equal((await waiting).type, "timed-out");
    assert.equal(layer.state, "Sta1");
    assert.equal(wire.closed, 1);
    assert.deepEqual(wire.sent, []);
  }
});

Deno.test("UpperLayer sends nothing when it aborts before its request, and closes", async () => {
  const { layer, wire } = setup();
  await layer.abort();
  assert.deepEqual([wire.sent, wire.closed, layer.state], [[], 1, "Sta1"]);
});

Deno.test("UpperLayer takes an A-ABORT for the close, ignores other PDUs, answers a request", async () => {
  const { layer, wire } = await setupIn("Sta13");
  wire.send(PDUS["P-DATA-TF"] + PDUS["A-RELEASE-RP"] + PDUS["A-ASSOCIATE-RQ"] + PDUS["A-ABORT"]);
  await layer.awaitClose();
  assert.equal(layer.state, "Sta1");
  assert.deepEqual(wire.sent, [`${ABORT}00000202`]);
});

Deno.test("UpperLayer answers lost framing once and drops what follows", async () => {
  const { layer, wire, clock } = await setupIn("Sta6", 5);
  wire.send("48545450" + "2f312e31".repeat(100));
  assert.equal((await layer.receive({})).type, "defect");
  const waiting = layer.awaitClose();
  wire.send(PDUS["A-ASSOCIATE-RQ"]);
  await clock.advance(5_000);
  await waiting;
  assert.deepEqual(wire.sent, [`${ABORT}00000201`]);
});

Deno.test("UpperLayer stops waiting for the close when it is told to", async () => {
  const { layer, interrupt } = await setupIn("Sta13");
  const waiting = layer.awaitClose();
  await settled();
  interrupt.abort();
  await waiting;
});

Deno.test("UpperLayer keeps no timer when it is stopped", async () => {
  const { layer, wire, clock } = await setupIn("Sta6");
  for (let round = 0; round < 100; round++) {
    wire.send(PDUS["P-DATA-TF"]);
    await layer.sendData([]);
    await layer.receive({ firstByteSeconds: 60, headerSeconds: 60, bodyIdleSeconds: 60 });
  }
  assert.ok(clock.started <= 3, `${clock.started} timers`);
  layer.stop();
  assert.equal(clock.pending, 0);
});
