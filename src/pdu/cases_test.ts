/*
 * Five properties of the codec, for every case: encode gives the bytes; the whole input gives the value; byte by
 * byte gives it only at the last byte; bytes after it stay; every inner truncation with a corrected length field
 * throws `PduDecodeError`, but where an item ends, and there it is a shorter PDU.
 */
import assert from "node:assert/strict";
import { bytes, PDU_CASES } from "../../tests/support/pdu_cases.ts";
import type { PduCase } from "../../tests/support/pdu_cases.ts";
import { decodePdu, encodePdu, PduDecodeError, PduFramer } from "./mod.ts";

function testEachCase(property: string, check: (one: PduCase, input: Uint8Array) => void): void {
  for (const one of PDU_CASES) {
    Deno.test(`${property}: ${one.name}`, () => check(one, bytes(one.hex)));
  }
}

testEachCase("encodePdu() gives the bytes", (one, input) => {
  const expected = input.slice();
  for (const offset of one.reserved ?? []) {
    assert.notEqual(expected[offset], 0);
    expected[offset] = 0;
  }
  assert.deepEqual(encodePdu(one.value), expected);
});

testEachCase("decodePdu() gives the value", (one, input) => {
  assert.deepEqual(decodePdu(input), one.value);
  assert.deepEqual(decodePdu(input, { lenient: true }), one.value);
});

testEachCase("PduFramer gives the value at the last byte only", (one, input) => {
  const framer = new PduFramer();
  for (const [index, byte] of input.entries()) {
    const isLast = index === input.length - 1;
    assert.deepEqual(framer.push(Uint8Array.of(byte)), isLast ? [one.value] : []);
    const kept = isLast ? 0 : index + 1;
    assert.equal(framer.buffered, kept);
  }
  assert.equal(framer.position, "idle");
  framer.end();
});

testEachCase("PduFramer keeps the bytes after it", (one, input) => {
  const framer = new PduFramer();
  const next = Uint8Array.of(0x05, 0x00, 0x00);
  assert.deepEqual(framer.push(Uint8Array.of(...input, ...next)), [one.value]);
  assert.equal(framer.buffered, next.length);
  assert.deepEqual(framer.push(Uint8Array.of(0, 0, 4, 0, 0, 0, 0)), [{ type: "A-RELEASE-RQ" }]);
});

testEachCase("decodePdu() rejects every inner truncation", (_one, input) => {
  const ends = itemEnds(input);
  for (let length = 0; length < input.length; length++) {
    const cut = input.slice(0, length);
    assert.throws(() => decodePdu(cut), PduDecodeError);
    if (length < 6) continue;
    new DataView(cut.buffer).setUint32(2, length - 6);
    if (!ends.has(length)) assert.throws(() => decodePdu(cut), PduDecodeError, `at ${length}`);
    else assert.equal(decodePdu(cut).type, decodePdu(input).type);
  }
});

/** Offsets at which a top-level item or PDV ends: found by the length fields alone. */
function itemEnds(input: Uint8Array): Set<number> {
  const view = new DataView(input.buffer);
  const ends = new Set<number>();
  const type = input[0];
  if (type === 0x04) {
    for (let at = 6; at < input.length; ends.add(at)) at += 4 + view.getUint32(at);
  } else if (type === 0x01 || type === 0x02) {
    ends.add(74);
    for (let at = 74; at < input.length; ends.add(at)) at += 4 + view.getUint16(at + 2);
  }
  return ends;
}

Deno.test("PDU_CASES hold every PDU and every user information sub-item", () => {
  const types = new Set<string>();
  const items = new Set<string>();
  for (const { value } of PDU_CASES) {
    types.add(value.type);
    if ("userInformation" in value) value.userInformation.forEach((item) => items.add(item.type));
  }
  assert.equal(types.size, 7);
  assert.equal(items.size, 10);
});

Deno.test("PduFramer finds all cases in one piece, in order", () => {
  const stream = PDU_CASES.flatMap((one) => [...bytes(one.hex)]);
  const found = new PduFramer().push(Uint8Array.from(stream));
  assert.deepEqual(found, PDU_CASES.map((one) => one.value));
});
