import assert from "node:assert/strict";
import fc from "fast-check";
import { JumpingClock, settle } from "../../tests/support/jumping_clock.ts";
import { connectInMemory, type FarEnd } from "../../tests/support/memory_stream.ts";
import { encodeCommandSet } from "../dimse/mod.ts";
import { encodePdu, type Pdu } from "../pdu/mod.ts";
import type { ConnectionRecord, ScpEvent } from "./events.ts";
import { Places } from "./places.ts";
import { serve } from "./service.ts";

/** A-ASSOCIATE-RQ of DCMTK 3.6.7's echoscu with default options, as it was recorded. */
const REQUEST = bytes(`
  01 00 000000cd 0001 0000
  414e592d534350202020202020202020 4543484f534355202020202020202020
  0000000000000000000000000000000000000000000000000000000000000000
  10 00 0015 312e322e3834302e31303030382e332e312e312e31
  20 00 002e 01 00 ff 00
  30 00 0011 312e322e3834302e31303030382e312e31
  40 00 0011 312e322e3834302e31303030382e312e32
  50 00 003a 51 00 0004 00004000
  52 00 001b 312e322e3237362e302e373233303031302e332e302e332e362e37
  55 00 000f 4f464649535f44434d544b5f333637`);

/** C-ECHO-RQ with message ID 1 of the same program. */
const ECHO_RQ = bytes(`
  04 00 0000004a 00000046 01 03
  00000000 04000000 38000000
  00000200 12000000 312e322e3834302e31303030382e312e3100
  00000001 02000000 3000 00001001 02000000 0100 00000008 02000000 0101`);

/** The response of DCMTK 3.6.7's storescp to it. */
const ECHO_RSP = bytes(`
  04 00 00000054 00000050 01 03
  00000000 04000000 42000000
  00000200 12000000 312e322e3834302e31303030382e312e3100
  00000001 02000000 3080 00002001 02000000 0100 00000008 02000000 0101 00000009 02000000 0000`);

const RELEASE_RQ = bytes("05 00 00000004 00000000");
const RELEASE_RP = bytes("06 00 00000004 00000000");
const USER_ABORT: Pdu = { type: "A-ABORT", source: 0, reason: 0 };
const DATA = { contextId: 1, isLast: true } as const;

function bytes(hex: string): Uint8Array {
  const digits = hex.replaceAll(/\s/g, "").match(/../g) ?? [];
  return Uint8Array.from(digits, (pair) => parseInt(pair, 16));
}

function command(data: Uint8Array, isLast = true): Pdu {
  return { type: "P-DATA-TF", pdvs: [{ contextId: 1, kind: "command", isLast, data }] };
}

function echo(messageId: number): Uint8Array {
  const affectedSopClassUid = "1.2.840.10008.1.1";
  return encodeCommandSet({ type: "C-ECHO-RQ", affectedSopClassUid, messageId });
}

interface Served {
  readonly far: FarEnd;
  readonly clock: JumpingClock;
  readonly places: Places;
  readonly events: readonly ScpEvent[];
  readonly stop: AbortController;
  readonly done: Promise<ConnectionRecord>;
}

/** Serves one connection with ARTIM of 30 s and 60 s for idle peers. */
function served(maxAssociations = 1): Served {
  const clock = new JumpingClock();
  const { near, far } = connectInMemory();
  const places = new Places(maxAssociations);
  const events: ScpEvent[] = [];
  const stop = new AbortController();
  const done = serve(near, {
    number: 1,
    place: places.admit(near),
    maximumLength: 16_384,
    limits: { artimSeconds: 30, idleSeconds: 60 },
    clock,
    signal: stop.signal,
    trace: (event) => void events.push(event),
  });
  return { far, clock, places, events, stop, done };
}

async function associated(): Promise<Served> {
  const service = served();
  service.far.send(REQUEST);
  const answer = await service.far.receive();
  assert.equal(answer?.type, "A-ASSOCIATE-AC");
  return service;
}

Deno.test("serve() gives the reference's echoscu what storescp gives it", async () => {
  const { far, clock, done } = await associated();
  far.send(ECHO_RQ);
  assert.deepEqual(await far.receiveBytes(), ECHO_RSP);
  far.send(RELEASE_RQ);
  assert.deepEqual(await far.receiveBytes(), RELEASE_RP);
  far.hangUp();
  const { echoes, end } = await clock.until(done);
  assert.deepEqual({ echoes, end }, { echoes: 1, end: { type: "released" } });
  assert.equal(clock.now(), 0);
});

Deno.test("serve() answers the same whether all comes in one piece or byte by byte", async () => {
  const all = [REQUEST, ECHO_RQ, ECHO_RQ, RELEASE_RQ];
  const whole = served();
  whole.far.send(...all);
  const slow = served();
  for (const byte of all.flatMap((part) => [...part])) slow.far.send(Uint8Array.of(byte));
  for (const { far, clock, done } of [whole, slow]) {
    const kinds = [];
    for (let count = 0; count < 4; count++) kinds.push((await far.receive())?.type);
    assert.deepEqual(kinds, ["A-ASSOCIATE-AC", "P-DATA-TF", "P-DATA-TF", "A-RELEASE-RP"]);
    far.hangUp();
    assert.equal((await clock.until(done)).echoes, 2);
  }
});

Deno.test("serve() puts a command together from fragments of many PDUs", async () => {
  const { far, clock } = await associated();
  const data = echo(77);
  for (let at = 0; at < data.length; at += 2) {
    far.send(command(data.slice(at, at + 2), at + 2 >= data.length));
  }
  const response = await clock.until(far.receive());
  assert.equal(response?.type === "P-DATA-TF" && response.pdvs[0]?.data.length, 78);
});

Deno.test("serve() gives others their turn, however fast one peer asks", async () => {
  const { far, clock, events } = await associated();
  far.send(...Array.from({ length: 500 }, () => ECHO_RQ));
  const echoes = () => events.filter(({ type }) => type === "echo-answered").length;
  await settle();
  assert.ok(echoes() > 0 && echoes() < 100, `${echoes()} in a row`);
  for (let seen = 0; seen < 500; seen++) await clock.until(far.receive());
  assert.equal(echoes(), 500);
  assert.equal(clock.now(), 0, "nobody has to wait for it");
});

Deno.test("serve() cuts its responses to the peer's maximum length", async () => {
  const { far } = served();
  const request = REQUEST.slice();
  request.set([0, 0, 0, 40], 157);
  far.send(request, ECHO_RQ);
  await far.receive();
  let length = 0;
  for (let isLast = false; !isLast;) {
    const pdu = await far.receiveBytes();
    assert.ok(pdu.length <= 6 + 40, `${pdu.length} bytes`);
    isLast = ((pdu[11] ?? 0) & 2) === 2;
    length += pdu.length - 12;
  }
  assert.equal(length, 78);
});

Deno.test("serve() aborts when the peer's maximum length leaves no room for a response", async () => {
  const { far, clock, done } = served();
  const request = REQUEST.slice();
  request.set([0, 0, 0, 8], 157);
  far.send(request, ECHO_RQ);
  await far.receive();
  assert.deepEqual(await far.receive(), USER_ABORT);
  far.hangUp();
  const { end } = await clock.until(done);
  assert.equal(end.type === "violation" && end.violation.kind, "dimse");
});

Deno.test("serve() closes a connection that asks nothing, without a word, when ARTIM runs out", async () => {
  const { far, clock, done } = served();
  const { end, request } = await clock.until(done);
  assert.deepEqual(end, { type: "timed-out", seconds: 30, awaited: "request" });
  assert.equal(request, undefined);
  assert.equal(clock.now(), 30_000);
  assert.deepEqual(await far.receiveAll(), []);
});

Deno.test("serve() gives a request that comes by the byte no more than ARTIM for its body", async () => {
  const { far, clock, done } = served();
  for (const byte of REQUEST.subarray(0, 50)) {
    await clock.pass(1_000);
    far.send(Uint8Array.of(byte));
  }
  const { end } = await clock.until(done);
  assert.deepEqual(end, { type: "timed-out", seconds: 30, awaited: "request" });
});

Deno.test("serve() aborts an idle association and gives the peer ARTIM to close", async () => {
  const { far, clock, done } = await associated();
  const { end } = await clock.until(done);
  assert.deepEqual(end, { type: "timed-out", seconds: 60, awaited: "message" });
  assert.equal(clock.now(), 90_000);
  assert.deepEqual(await far.receiveAll(), [USER_ABORT]);
});

Deno.test("serve() gives the fragments of one message no more than the idle limit in all", async () => {
  const { far, clock, done } = await associated();
  for (let second = 0; second < 70; second += 10) {
    far.send(command(new Uint8Array(0), false));
    await clock.pass(10_000);
  }
  far.hangUp();
  const { end } = await clock.until(done);
  assert.deepEqual(end, { type: "timed-out", seconds: 60, awaited: "rest" });
});

Deno.test("serve() takes an association as long as messages keep coming", async () => {
  const { far, clock, done } = await associated();
  for (let round = 1; round <= 10; round++) {
    await clock.pass(50_000);
    far.send(command(echo(round)));
    assert.equal((await far.receive())?.type, "P-DATA-TF");
  }
  far.send(RELEASE_RQ);
  assert.equal((await far.receive())?.type, "A-RELEASE-RP");
  far.hangUp();
  const { end, echoes } = await clock.until(done);
  assert.deepEqual([end.type, echoes], ["released", 10]);
});

Deno.test("serve() meets what is not a request with an A-ABORT of the service user", async () => {
  for (
    const nonsense of [new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n"), ECHO_RQ, RELEASE_RQ]
  ) {
    const { far, clock, done } = served();
    far.send(nonsense);
    assert.deepEqual(await far.receive(), USER_ABORT);
    far.hangUp();
    assert.equal((await clock.until(done)).end.type, "violation");
  }
});

Deno.test("serve() meets violations within an association with an A-ABORT of the service provider", async () => {
  const violations = [[REQUEST, 2], [RELEASE_RP, 2], [bytes("4745542f"), 1], [
    bytes("04 00 ffffffff"),
    6,
  ]] as const;
  for (const [violation, reason] of violations) {
    const { far, clock, done } = await associated();
    far.send(violation, violation);
    assert.deepEqual(await far.receive(), { type: "A-ABORT", source: 2, reason });
    far.hangUp();
    assert.equal((await clock.until(done)).end.type, "violation");
  }
});

Deno.test("serve() aborts on a context that was not accepted", async () => {
  const { far } = await associated();
  far.send({
    type: "P-DATA-TF",
    pdvs: [{ ...DATA, contextId: 3, kind: "command", data: echo(1) }],
  });
  assert.deepEqual(await far.receive(), USER_ABORT);
});

Deno.test("serve() passes over data sets that should not be there, reports once, and echoes on", async () => {
  const { far, events } = await associated();
  const stray: Pdu = {
    type: "P-DATA-TF",
    pdvs: [{ ...DATA, kind: "data", data: new Uint8Array(1000) }],
  };
  for (let round = 1; round <= 3; round++) {
    far.send(ECHO_RQ, stray);
    assert.deepEqual(await far.receiveBytes(), ECHO_RSP);
  }
  const told = events.filter(({ type }) => type === "data-set-ignored");
  assert.equal(told.length, 1);
});

Deno.test("serve() aborts when data sets go beyond 1 MiB", async () => {
  const { far, clock } = await associated();
  const stray: Pdu = {
    type: "P-DATA-TF",
    pdvs: [{ ...DATA, isLast: false, kind: "data", data: new Uint8Array(16_000) }],
  };
  for (let sent = 0; sent <= 1_048_576; sent += 16_000) far.send(stray);
  assert.deepEqual(await clock.until(far.receive()), USER_ABORT);
});

Deno.test("serve() aborts when a command goes beyond 64 KiB", async () => {
  const { far } = await associated();
  for (let sent = 0; sent <= 65_536; sent += 16_000) {
    far.send(command(new Uint8Array(16_000), false));
  }
  assert.deepEqual(await far.receive(), USER_ABORT);
});

Deno.test("serve() rejects when all places are taken, and has one again before it answers a release", async () => {
  const first = await associated();
  const { places } = first;
  assert.equal(places.isFull, true);
  const { near, far } = connectInMemory();
  const rejected = serve(near, {
    number: 2,
    place: places.admit(near),
    maximumLength: 16_384,
    limits: { artimSeconds: 30, idleSeconds: 60 },
    clock: first.clock,
    signal: first.stop.signal,
    trace: () => {},
  });
  far.send(REQUEST);
  const answer = { type: "A-ASSOCIATE-RJ", result: 2, source: 3, reason: 2 } as const;
  assert.deepEqual(await far.receive(), answer);
  far.hangUp();
  assert.deepEqual((await first.clock.until(rejected)).end, { type: "rejected", answer });
  first.far.send(RELEASE_RQ);
  assert.equal((await first.far.receive())?.type, "A-RELEASE-RP");
  assert.equal(places.isFull, false);
});

Deno.test("serve() rejects a request for another protocol version instead of aborting", async () => {
  const { far, clock, done } = served();
  const request = REQUEST.slice();
  request[7] = 2;
  far.send(request);
  const answer = { type: "A-ASSOCIATE-RJ", result: 1, source: 2, reason: 2 } as const;
  assert.deepEqual(await far.receive(), answer);
  far.hangUp();
  assert.deepEqual((await clock.until(done)).end, { type: "rejected", answer });
});

Deno.test("serve() says how a peer left: abort, close, reset, and where", async () => {
  const aborted = await associated();
  aborted.far.send({ type: "A-ABORT", source: 2, reason: 6 });
  const closed = await associated();
  closed.far.hangUp();
  const reset = await associated();
  reset.far.send(ECHO_RQ.subarray(0, 20));
  reset.far.hangUp("reset");
  const ends = [];
  for (const { clock, done } of [aborted, closed, reset]) ends.push((await clock.until(done)).end);
  assert.deepEqual(ends, [
    { type: "peer-aborted", source: 2, reason: 6 },
    { type: "lost", how: "closed", within: "idle" },
    { type: "lost", how: "reset", within: "body" },
  ]);
});

Deno.test("serve() aborts an association when it is told to stop", async () => {
  const { far, clock, stop, done } = await associated();
  stop.abort();
  assert.deepEqual(await far.receiveAll(), [USER_ABORT]);
  assert.deepEqual((await clock.until(done)).end, { type: "dismissed", why: "stopping" });
});

Deno.test("serve() survives whatever comes, and finds no fault with itself", async () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.constantFrom(REQUEST, ECHO_RQ, RELEASE_RQ, RELEASE_RP, encodePdu(USER_ABORT)),
    fc.tuple(fc.constantFrom(REQUEST, ECHO_RQ), fc.nat(210), fc.integer({ min: 0, max: 255 })).map(
      ([pdu, at, byte]) => pdu.map((old, index) => index === at % pdu.length ? byte : old),
    ),
    fc.uint8Array({ minLength: 2, maxLength: 60 }).map((data) => encodePdu(command(data))),
  );
  const pieces = fc.array(piece, { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(fc.boolean(), pieces, fc.boolean(), async (starts, parts, hangsUp) => {
      const { far, clock, places, done } = served();
      if (starts) far.send(REQUEST);
      for (const part of parts) far.send(part);
      if (hangsUp) far.hangUp();
      const { end } = await clock.until(done);
      assert.notEqual(end.type, "bug", end.type === "bug" ? String(end.error) : "");
      assert.equal(places.size, 0);
      assert.ok(far.isClosedByOther);
    }),
    { numRuns: 1000 },
  );
});
