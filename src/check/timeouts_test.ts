import assert from "node:assert/strict";
import type { MemoryWire } from "../../tests/support/memory_wire.ts";
import { checkWith, type Reaction, worldWith } from "../../tests/support/memory_peer.ts";
import { ACCEPT, commandPdu, echoResponse, RELEASE_RP } from "../../tests/support/wire_bytes.ts";
import { runCheck } from "./check.ts";
import type { Check } from "./types.ts";

const ECHO = commandPdu(echoResponse());

/** The reference's options as they are in a check. */
interface Options {
  readonly ta?: number;
  readonly td?: number;
  readonly ts?: number;
  readonly abort?: true;
}

function checkOf({ ta = 30, td, ts = 60, abort }: Options): Check {
  return checkWith({
    acseTimeoutSeconds: ta,
    dimseTimeoutSeconds: td,
    socketTimeoutSeconds: ts,
    ending: abort ? "abort" : "release",
  });
}

/** A peer with the reference's behaviour and time, in seconds. */
interface Row {
  readonly peer: readonly Reaction[];
  readonly options: Options;
  readonly takes: number;
  /** The timer that ran out, and where; `verified` when none did. */
  readonly outcome: string;
}

function end(wire: MemoryWire): void {
  wire.end();
}

const ROWS: Readonly<Record<string, Row>> = {
  "no answer": { peer: [], options: {}, takes: 30, outcome: "acse idle associate" },
  "no answer, -ta 2": { peer: [], options: { ta: 2 }, takes: 2, outcome: "acse idle associate" },
  "no answer, -ts 2 -ta 5": {
    peer: [],
    options: { ts: 2, ta: 5 },
    takes: 5,
    outcome: "acse idle associate",
  },
  "no answer, -td 2 -ta 4": {
    peer: [],
    options: { td: 2, ta: 4 },
    takes: 4,
    outcome: "acse idle associate",
  },
  "three bytes of an answer, -ta 2 -ts 5": {
    peer: [ACCEPT.slice(0, 6)],
    options: { ta: 2, ts: 5 },
    takes: 2,
    outcome: "acse header associate",
  },
  "an answer without its body, -ta 2 -ts 4": {
    peer: [ACCEPT.slice(0, 12)],
    options: { ta: 2, ts: 4 },
    takes: 4,
    outcome: "socket body associate",
  },
  "no response": { peer: [ACCEPT], options: {}, takes: 60, outcome: "socket idle echo" },
  "no response, -ts 2": {
    peer: [ACCEPT],
    options: { ts: 2 },
    takes: 2,
    outcome: "socket idle echo",
  },
  "no response, -td 2, closing on our abort": {
    peer: [ACCEPT, "", end],
    options: { td: 2 },
    takes: 2,
    outcome: "dimse idle echo",
  },
  "no response, -td 2 -ta 3, silent on our abort": {
    peer: [ACCEPT],
    options: { td: 2, ta: 3 },
    takes: 5,
    outcome: "dimse idle echo",
  },
  "no response, -td 5 -ts 2": {
    peer: [ACCEPT, "", end],
    options: { td: 5, ts: 2 },
    takes: 5,
    outcome: "dimse idle echo",
  },
  "three bytes of a response, -td 2": {
    peer: [ACCEPT, ECHO.slice(0, 6), end],
    options: { td: 2 },
    takes: 2,
    outcome: "dimse header echo",
  },
  "half a response, -td 2 -ts 4": {
    peer: [ACCEPT, ECHO.slice(0, 80), end],
    options: { td: 2, ts: 4 },
    takes: 4,
    outcome: "socket body echo",
  },
  "no release response, -ta 2": {
    peer: [ACCEPT, ECHO],
    options: { ta: 2 },
    takes: 2,
    outcome: "acse idle release",
  },
  "a release response without its body, -ta 2 -ts 4": {
    peer: [ACCEPT, ECHO, RELEASE_RP.slice(0, 12)],
    options: { ta: 2, ts: 4 },
    takes: 4,
    outcome: "socket body release",
  },
  "no close after our abort, -ta 2": {
    peer: [ACCEPT, ECHO],
    options: { ta: 2, abort: true },
    takes: 2,
    outcome: "verified",
  },
  "no response, -ts 0 -td 3": {
    peer: [ACCEPT, "", end],
    options: { ts: 0, td: 3 },
    takes: 3,
    outcome: "dimse idle echo",
  },
};

for (const [name, { peer, options, takes, outcome }] of Object.entries(ROWS)) {
  Deno.test(`a check takes its time to the millisecond: ${name}`, async () => {
    const world = worldWith(peer);
    const result = runCheck(checkOf(options), world);
    await world.clock.advance(takes * 1000 - 1);
    assert.equal(await Promise.race([result, Promise.resolve("waits")]), "waits");
    await world.clock.advance(1);
    const done = await result;
    assert.equal(done.elapsedMs, takes * 1000);
    const error = done.outcome === "failed" ? done.error : done.endingError;
    if (error === undefined) return assert.equal(outcome, "verified");
    if (error.name !== "TimedOut") assert.fail(error.name);
    const { timer, within } = error.details;
    assert.equal(`${timer} ${within} ${error.stage}`, outcome);
    assert.equal(done.outcome === "verified", error.stage === "release");
  });
}

Deno.test("a check without a socket limit waits for ever, whatever -ta is", async () => {
  const world = worldWith([ACCEPT]);
  const result = runCheck(checkOf({ ts: 0, ta: 2 }), world);
  await world.clock.advance(1e9);
  assert.equal(await Promise.race([result, Promise.resolve("waits")]), "waits");
  world.interrupt.abort("SIGINT");
  await result;
});

Deno.test("a check takes an answer that dribbles in, as long as its header comes in time", async () => {
  const world = worldWith([() => {}, ECHO, RELEASE_RP]);
  const result = runCheck(checkOf({ ta: 2 }), world);
  for (let at = 0; at < ACCEPT.length; at += 2) {
    await world.clock.advance(50);
    world.wire.send(ACCEPT.slice(at, at + 2));
  }
  await world.clock.advance(0);
  assert.equal((await result).outcome, "verified");
});

Deno.test("a check ends a header that dribbles in slower than its limit", async () => {
  const world = worldWith([]);
  const result = runCheck(checkOf({ ta: 2 }), world);
  for (let at = 0; at < 8; at += 2) {
    await world.clock.advance(900);
    world.wire.send(ACCEPT.slice(at, at + 2));
  }
  assert.equal((await result).elapsedMs, 2_000);
});

Deno.test("a check bounds a body that dribbles in for ever", async () => {
  const world = worldWith([]);
  const result = runCheck(checkOf({}), world);
  await world.clock.advance(0);
  world.wire.send("020000100000");
  for (let second = 0; second < 70; second++) {
    await world.clock.advance(1_000);
    world.wire.send("00");
  }
  const done = await result;
  assert.equal(done.elapsedMs, 60_000);
});

Deno.test("a check gives up a peer that takes nothing", async () => {
  const world = worldWith([]);
  world.wire.writing = "stalls";
  const result = runCheck(checkOf({ ts: 2 }), world);
  await world.clock.advance(2_000);
  const done = await result;
  assert.equal(done.outcome === "failed" && done.error.name, "SendFailed");
});

/** A P-DATA-TF with one command fragment on context 1 that is not the last. */
function fragment(data: string): string {
  const length = (data.length / 2 + 2).toString(16).padStart(8, "0");
  const outer = (data.length / 2 + 6).toString(16).padStart(8, "0");
  return `0400${outer}${length}0101${data}`;
}

for (const data of ["", "0000"]) {
  Deno.test(`a check has one limit for a response whose fragments never end: ${data.length / 2} bytes each`, async () => {
    for (const options of [{ td: 2 }, { ts: 2 }]) {
      const world = worldWith([ACCEPT]);
      const result = runCheck(checkOf({ ...options, ta: 1 }), world);
      await world.clock.advance(0);
      for (let tenth = 0; tenth < 50; tenth++) {
        world.wire.send(fragment(data));
        await world.clock.advance(100);
      }
      const done = await result;
      if (done.outcome !== "failed" || done.error.name !== "TimedOut") return assert.fail();
      const { fragments, ...details } = done.error.details;
      const timer = "td" in options ? "dimse" : "socket";
      assert.deepEqual(details, { timer, seconds: 2, within: "idle" });
      assert.ok(fragments !== undefined && fragments >= 19 && fragments <= 21, `${fragments}`);
      assert.ok(done.elapsedMs <= 3_000, `${done.elapsedMs}`);
    }
  });
}

Deno.test("a check without any limit still ends a response of fragments without data", async () => {
  const world = worldWith([ACCEPT]);
  const result = runCheck(checkOf({ ts: 0, ta: 1 }), world);
  await world.clock.advance(0);
  for (let sent = 0; sent < 1024; sent++) world.wire.send(fragment(""));
  await world.clock.advance(2_000);
  const done = await result;
  if (done.outcome !== "failed" || done.error.name !== "ProtocolViolation") return assert.fail();
  const violation = { kind: "dimse", defect: { kind: "too-many-fragments", maximum: 1024 } };
  assert.deepEqual(done.error.violation, violation);
});

Deno.test("a check takes a response in slow fragments within its limit", async () => {
  const world = worldWith([ACCEPT, () => {}, RELEASE_RP]);
  const result = runCheck(checkOf({ td: 2 }), world);
  await world.clock.advance(0);
  const pdu = ECHO.replaceAll(" ", "");
  for (let at = 24; at < pdu.length; at += 40) {
    const data = pdu.slice(at, at + 40);
    const isLast = at + 40 >= pdu.length;
    world.wire.send(isLast ? fragment(data).replace(/^(.{20}..)01/, "$103") : fragment(data));
    await world.clock.advance(300);
  }
  assert.equal((await result).outcome, "verified");
});
