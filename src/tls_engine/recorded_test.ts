/**
 * Handshakes that OpenSSL once made with the engine, played again: PRFs, key schedules and records of every kind of suite
 * (RFC 5246, 6367, 7366, 7627, 7905, 8446) come to what OpenSSL came to, down to its Finished and its data.
 */

import assert from "node:assert/strict";
import {
  RECORDED_DATA,
  RECORDED_HANDSHAKES,
  type RecordedHandshake,
  replayed,
} from "../../tests/support/recorded_handshakes.ts";
import { join } from "./wire.ts";

interface Played {
  readonly sent: Uint8Array;
  readonly happened: readonly string[];
}

function play(
  recorded: RecordedHandshake,
  pieces?: (bytes: Uint8Array) => Iterable<Uint8Array>,
): Played {
  const sent: Uint8Array[] = [];
  const happened: string[] = [];
  for (const { send, events } of replayed(recorded, pieces)) {
    sent.push(send);
    for (const event of events) {
      if (event.type === "established") happened.push(event.negotiated.suite);
      else happened.push(event.type === "data" ? event.bytes.toHex() : JSON.stringify(event));
    }
  }
  return { sent: join(...sent), happened };
}

/** The data, and how it was cut into records, as far as it counts. */
function together({ sent, happened: [suite, ...data] }: Played) {
  return { sent: sent.toHex(), suite, data: data.join("") };
}

Deno.test("every kind of handshake was recorded", () => {
  assert.equal(RECORDED_HANDSHAKES.length, 22);
});

for (const recorded of RECORDED_HANDSHAKES) {
  const { name, suite } = recorded;
  const expected = {
    sent: join(...recorded.ours.map((one) => Uint8Array.fromBase64(one))).toHex(),
    suite,
    data: new TextEncoder().encode(RECORDED_DATA.theirs).toHex(),
  };

  Deno.test(`${name}: a recorded handshake is repeated, whole and byte by byte`, () => {
    assert.deepEqual(together(play(recorded)), expected);
    const single = play(recorded, (bytes) => Array.from(bytes, (byte) => Uint8Array.of(byte)));
    assert.deepEqual(together(single), expected);
  });

  Deno.test(`${name}: it is the same however it is split, and waits where it is cut`, () => {
    const whole = recorded.theirs.reduce((sum, one) => sum + Uint8Array.fromBase64(one).length, 0);
    for (let at = 1; at < whole; at += 499) {
      assert.deepEqual(together(play(recorded, splitAt(at))), expected);
      const { happened: [cutSuite, ...rest] } = play(recorded, cutAt(at));
      assert.ok(cutSuite === undefined || cutSuite === suite);
      assert.ok(expected.data.startsWith(rest.join("")));
    }
  });
}

/** Cuts the bytes of all flights at one place. */
function splitAt(place: number): (bytes: Uint8Array) => Iterable<Uint8Array> {
  let before = 0;
  return (bytes) => {
    const at = place - before;
    before += bytes.length;
    return at > 0 && at < bytes.length ? [bytes.subarray(0, at), bytes.subarray(at)] : [bytes];
  };
}

/** Keeps what comes before one place. */
function cutAt(place: number): (bytes: Uint8Array) => Iterable<Uint8Array> {
  let left = place;
  return (bytes) => {
    const kept = bytes.subarray(0, left);
    left -= kept.length;
    return [kept];
  };
}
