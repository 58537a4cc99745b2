import assert from "node:assert/strict";
import fc from "fast-check";
import {
  compareBytes,
  type DerDefect,
  DerError,
  DerReader,
  encodeDer,
  firstElement,
  integerBytes,
  readBitString,
  readBoolean,
  readInteger,
  readOid,
  TAG,
} from "./der.ts";

function hex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/[0-9a-f]{2}/g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function defectOf(run: () => unknown): DerDefect | "none" {
  try {
    run();
    return "none";
  } catch (error) {
    assert.ok(error instanceof DerError);
    return error.defect;
  }
}

Deno.test("DerReader reads one element after another", () => {
  const reader = new DerReader(hex("020105 0c0161 0500"));
  assert.equal(readInteger(reader.one(TAG.integer, "a"), "a"), 5n);
  assert.equal(reader.nextTag, TAG.utf8String);
  assert.equal(reader.optional(TAG.integer, "b"), undefined);
  assert.deepEqual(reader.any("c").body, hex("61"));
  assert.equal(reader.any("d").body.length, 0);
  assert.ok(reader.atEnd);
  reader.end("all");
});

Deno.test("DerReader refuses everything that is not DER, each for its own defect", () => {
  const cases: readonly (readonly [string, DerDefect])[] = [
    ["", "missing"],
    ["02", "truncated"],
    ["0201", "truncated"],
    ["020205", "truncated"],
    ["0280050000", "length"],
    ["02810105", "length"],
    ["0282000105", "length"],
    ["0285000000000105", "length"],
    ["028201", "truncated"],
    ["028400ffffff", "length"],
    ["0284ffffffff", "truncated"],
    ["1f8101", "tag"],
  ];
  for (const [bytes, defect] of cases) {
    assert.equal(defectOf(() => new DerReader(hex(bytes)).any("x")), defect, bytes);
  }
  assert.equal(defectOf(() => new DerReader(hex("0500")).one(TAG.integer, "x")), "tag");
  assert.equal(defectOf(() => new DerReader(hex("0500")).end("x")), "trailing");
});

Deno.test("DerReader refuses deep nesting before the stack ends", () => {
  let bytes = new Uint8Array();
  for (let i = 0; i < 100; i++) bytes = Uint8Array.from(encodeDer(TAG.sequence, bytes));
  const descend = (reader: DerReader): void => {
    if (!reader.atEnd) descend(reader.enter(TAG.sequence, "x"));
  };
  assert.equal(defectOf(() => descend(new DerReader(bytes))), "depth");
});

Deno.test("encodeDer() and DerReader agree on every length", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70_000 }), (body) => {
      const encoded = encodeDer(TAG.octetString, body);
      const element = new DerReader(encoded).any("x");
      assert.deepEqual(element.body, body);
      assert.deepEqual(element.bytes, encoded);
    }),
    { numRuns: 30 },
  );
});

Deno.test("firstElement() leaves alone what follows", () => {
  assert.deepEqual(firstElement(hex("020105 ffff"), "x"), hex("020105"));
});

Deno.test("readInteger() reads two's complement and refuses padding", () => {
  const read = (body: string): bigint =>
    readInteger({ tag: 2, body: hex(body), bytes: hex(""), depth: 0 }, "x");
  assert.equal(read("00"), 0n);
  assert.equal(read("7f"), 127n);
  assert.equal(read("0080"), 128n);
  assert.equal(read("80"), -128n);
  assert.equal(read("ff7f"), -129n);
  assert.equal(read("00ffffffffffffffffff"), 0xffffffffffffffffffn);
  for (const padded of ["", "0001", "00", "ff80"].filter((text) => text !== "00")) {
    assert.equal(defectOf(() => read(padded)), "value", padded);
  }
  assert.deepEqual(
    integerBytes({ tag: 2, body: hex("0100"), bytes: hex(""), depth: 0 }, "x"),
    hex("0100"),
  );
});

Deno.test("readOid() reads the arcs of X.690 8.19 and refuses padded and cut ones", () => {
  const read = (body: string): string =>
    readOid({ tag: 6, body: hex(body), bytes: hex(""), depth: 0 }, "x");
  assert.equal(read("2a864886f70d01010b"), "1.2.840.113549.1.1.11");
  assert.equal(read("550403"), "2.5.4.3");
  assert.equal(read("883703"), "2.999.3");
  assert.equal(read("00"), "0.0");
  assert.equal(read("2b8fffffffffffffffffff7f"), "1.3.18889465931478580854783");
  for (const bad of ["", "80", "2a80", "2a8001", "2a86"]) {
    assert.equal(defectOf(() => read(bad)), "value", bad);
  }
});

Deno.test("readBitString() clears padding bits, readBoolean() takes any value but 0 for true", () => {
  const bits = (body: string) =>
    readBitString({ tag: 3, body: hex(body), bytes: hex(""), depth: 0 }, "x");
  assert.deepEqual(bits("03ff"), { bytes: hex("f8"), unusedBits: 3 });
  assert.deepEqual(bits("00a0"), { bytes: hex("a0"), unusedBits: 0 });
  assert.deepEqual(bits("00").bytes.length, 0);
  assert.equal(defectOf(() => bits("0800")), "value");
  assert.equal(defectOf(() => bits("")), "value");
  const boolean = (body: string): boolean =>
    readBoolean({ tag: 1, body: hex(body), bytes: hex(""), depth: 0 }, "x");
  assert.equal(boolean("00"), false);
  assert.equal(boolean("01"), true);
  assert.equal(defectOf(() => boolean("ffff")), "value");
});

Deno.test("compareBytes() orders as DER orders the members of a set", () => {
  assert.ok(compareBytes(hex("01"), hex("02")) < 0);
  assert.ok(compareBytes(hex("0101"), hex("01")) > 0);
  assert.equal(compareBytes(hex("0102"), hex("0102")), 0);
});
