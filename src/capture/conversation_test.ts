import assert from "node:assert/strict";
import fc from "fast-check";
import { Conversation } from "./conversation.ts";
import { maskIdentity } from "./mask.ts";
import type { CaptureEvent, Parties, Unit } from "./types.ts";

const PARTIES: Parties = {
  number: 1,
  name: "A",
  role: "requestor",
  local: { host: "192.0.2.1", port: 4000 },
  remote: { host: "192.0.2.2", port: 104 },
  isSecured: false,
  at: 0,
};

function unitsOf(events: readonly CaptureEvent[]): readonly Unit[] {
  return events.flatMap((event) => event.type === "unit" ? [event.unit] : []);
}

/** A PDU of this type with a body of `length` bytes. */
function pdu(type: number, length: number): readonly number[] {
  return [type, 0, 0, 0, length >> 8, length & 0xff, ...Array(length).fill(length % 256)];
}

function begin() {
  const events: CaptureEvent[] = [];
  const talk = new Conversation(PARTIES, {
    emit: (event) => void events.push(event),
    mask: maskIdentity,
  });
  return { events, talk };
}

Deno.test("a conversation gives every PDU whole, however its bytes come, and loses nothing", () => {
  const pdus = fc.array(fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 300 })));
  fc.assert(fc.property(pdus, fc.array(fc.integer({ min: 1, max: 50 })), (sent, cuts) => {
    const { events, talk } = begin();
    const bytes = Uint8Array.from(sent.flatMap(([type, length]) => pdu(type, length)));
    let at = 0;
    for (const cut of [...cuts, bytes.length]) {
      talk.data("received", { bytes: bytes.subarray(at, at + cut), at });
      at += cut;
    }
    talk.close(at);
    const units = unitsOf(events);
    assert.deepEqual(
      units.map(({ bytes }) => [...bytes]),
      sent.map(([type, length]) => pdu(type, length)),
    );
    for (const { bytes, pieces, kind } of units) {
      assert.equal(kind, "pdu");
      assert.equal(pieces.reduce((sum, { length }) => sum + length, 0), bytes.length);
    }
  }));
});

Deno.test("what is no PDU comes before our answer to it, bounded, and the rest is counted", () => {
  const { events, talk } = begin();
  talk.data("received", { bytes: new TextEncoder().encode("HTTP/1.1 400"), at: 1 });
  talk.data("sent", { bytes: Uint8Array.from(pdu(7, 4)), at: 2 });
  talk.data("received", { bytes: new Uint8Array(100_000), at: 3 });
  talk.end("received", { how: "fin", at: 4 });
  talk.close(5);
  talk.data("sent", { bytes: Uint8Array.of(1), at: 6 });
  const units = unitsOf(events).map((
    { direction, kind, bytes, dropped, offset },
  ) => [direction, kind, bytes.length, dropped, offset]);
  assert.deepEqual(units, [
    ["received", "other", 12, 0, 0],
    ["sent", "pdu", 10, 0, 0],
    ["received", "other", 65_536, 34_464, 12],
  ]);
  const ends = events.filter(({ type }) => type === "ended" || type === "over");
  assert.deepEqual(ends.map(({ type }) => type), ["ended", "ended", "over"]);
});

Deno.test("a header that announces 4 GiB is no PDU, and half a PDU is kept as far as it came", () => {
  const { events, talk } = begin();
  talk.data("received", { bytes: Uint8Array.of(2, 0, 255, 255, 255, 255, 9), at: 1 });
  talk.data("sent", { bytes: Uint8Array.from(pdu(1, 200).slice(0, 90)), at: 2 });
  talk.end("received", { how: "reset", at: 3 });
  assert.deepEqual(unitsOf(events).map(({ kind, bytes }) => [kind, bytes.length]), [
    ["other", 7],
    ["other", 90],
  ]);
});

Deno.test("single bytes do not make a piece each without end", () => {
  const { events, talk } = begin();
  const bytes = Uint8Array.from(pdu(4, 60_000));
  for (let at = 0; at < bytes.length; at++) {
    talk.data("received", { bytes: bytes.subarray(at, at + 1), at });
  }
  const [unit] = unitsOf(events);
  assert.equal(unit?.pieces.length, 4096);
  assert.equal(unit?.pieces.reduce((sum, { length }) => sum + length, 0), bytes.length);
});
