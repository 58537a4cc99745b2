import assert from "node:assert/strict";
import fc from "fast-check";
import { compareBytes, encodeDer } from "./bytes.ts";
import {
  contentsOf,
  type DerDefect,
  type DerElement,
  DerError,
  DerReader,
  firstElement,
  TAG,
} from "./der.ts";
import {
  integerBytes,
  readAny,
  readBitString,
  readBoolean,
  readInteger,
  readOid,
  readOneOf,
  readUnsigned,
  renderAny,
} from "./der_values.ts";

function hex(text: string): Uint8Array {
  return Uint8Array.fromHex(text.replaceAll(" ", ""));
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

function element(tag: number, body: string): DerElement {
  return { tag, body: hex(body), bytes: hex(""), depth: 0 };
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

Deno.test("DerReader reads every form of length and tag that OpenSSL reads", () => {
  const same: readonly string[] = [
    "020105",
    "02810105",
    "0282000105",
    "0285000000000105",
    "0289000000000000000001 05",
    "1f020105",
    "1f80020105",
  ];
  for (const bytes of same) {
    const reader = new DerReader(hex(bytes));
    assert.equal(readInteger(reader.one(TAG.integer, "x"), "x"), 5n, bytes);
    reader.end(bytes);
  }
});

Deno.test("DerReader finds the end of elements without a length, also of nested ones", () => {
  const reader = new DerReader(hex("3080 3080 020105 0000 0500 0000 020107"));
  const outer = reader.one(TAG.sequence, "outer");
  assert.deepEqual(outer.body, hex("3080 020105 0000 0500"));
  assert.deepEqual(contentsOf(outer).enter(TAG.sequence, "inner").any("x").body, hex("05"));
  assert.equal(readInteger(reader.any("after"), "after"), 7n);
  assert.equal(
    defectOf(() => new DerReader(hex("3080 020105")).one(TAG.sequence, "x")),
    "missing eoc",
  );
  assert.equal(
    defectOf(() => new DerReader(hex("3004 0000 0500")).enter(TAG.sequence, "x").any("y")),
    "unexpected eoc",
  );
});

Deno.test("DerReader puts strings in pieces together, and nothing else", () => {
  const read = (tag: number, bytes: string): Uint8Array =>
    new DerReader(hex(bytes)).one(tag, "x").body;
  assert.deepEqual(read(TAG.octetString, "2406 0401aa 0401bb"), hex("aabb"));
  assert.deepEqual(read(TAG.octetString, "2480 0401aa 2403 0401bb 0000"), hex("aabb"));
  assert.deepEqual(read(0x82, "a203 160161"), hex("61"));
  assert.equal(defectOf(() => read(TAG.integer, "2203 020105")), "type not primitive");
  const implicit = new DerReader(hex("a203 020105")).one(0x82, "x");
  assert.equal(defectOf(() => readInteger(implicit, "x")), "type not primitive");
  let deep = hex("0401aa");
  for (let i = 0; i < 8; i++) deep = encodeDer(0x24, deep);
  assert.equal(defectOf(() => read(TAG.octetString, deep.toHex())), "nested asn1 string");
});

Deno.test("DerReader refuses what OpenSSL refuses, for the same reason", () => {
  const cases: readonly (readonly [string, DerDefect])[] = [
    ["", "field missing"],
    ["02", "header too long"],
    ["0201", "too long"],
    ["020205", "too long"],
    ["0280050000", "header too long"],
    ["028201", "header too long"],
    ["048100", "header too long"],
    ["0284ffffffff", "header too long"],
    ["0284ffffffff00", "too long"],
    ["0289010000000000000000", "header too long"],
    ["1f", "header too long"],
    ["1fffffffffff01", "header too long"],
    ["0000", "unexpected eoc"],
  ];
  for (const [bytes, defect] of cases) {
    assert.equal(defectOf(() => new DerReader(hex(bytes)).any("x")), defect, bytes);
  }
  const reader = (bytes: string): DerReader => new DerReader(hex(bytes));
  assert.equal(defectOf(() => reader("0500").one(TAG.integer, "x")), "wrong tag");
  assert.equal(
    defectOf(() => reader("1000").one(TAG.sequence, "x")),
    "sequence not constructed",
  );
  assert.ok(reader("1000").list(TAG.sequence, "a list may do without").atEnd);
  assert.equal(defectOf(() => reader("0500").end("x")), "sequence length mismatch");
  const field = { what: "x", read: (inside: DerReader) => inside.any("y") };
  assert.equal(
    defectOf(() => reader("8002 0500").explicit(0xa0, field)),
    "explicit tag not constructed",
  );
  assert.equal(
    defectOf(() => reader("a004 0500 0500").explicit(0xa0, field)),
    "explicit length mismatch",
  );
});

Deno.test("DerReader refuses deep nesting before the stack ends", () => {
  let bytes = new Uint8Array();
  for (let i = 0; i < 100; i++) bytes = Uint8Array.from(encodeDer(TAG.sequence, bytes));
  const descend = (reader: DerReader): void => {
    if (!reader.atEnd) descend(reader.enter(TAG.sequence, "x"));
  };
  assert.equal(defectOf(() => descend(new DerReader(bytes))), "nested too deep");
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
  assert.deepEqual(firstElement(hex("3080 0500 0000 ffff"), "x"), hex("3080 0500 0000"));
});

Deno.test("readInteger() reads two's complement and refuses padding", () => {
  const read = (body: string): bigint => readInteger(element(2, body), "x");
  assert.equal(read("00"), 0n);
  assert.equal(read("7f"), 127n);
  assert.equal(read("0080"), 128n);
  assert.equal(read("80"), -128n);
  assert.equal(read("ff7f"), -129n);
  assert.equal(read("ff00"), -256n);
  assert.equal(read("00ffffffffffffffffff"), 0xffffffffffffffffffn);
  assert.equal(defectOf(() => read("")), "illegal zero content");
  for (const padded of ["0001", "ff80"]) {
    assert.equal(defectOf(() => read(padded)), "illegal padding", padded);
  }
  assert.deepEqual(integerBytes(element(2, "0100"), "x"), hex("0100"));
});

Deno.test("readUnsigned() takes what is there for a number that is not negative", () => {
  const read = (body: string): bigint => readUnsigned(element(2, body), "x");
  assert.equal(read("80"), 128n);
  assert.equal(read("000001"), 1n);
  assert.equal(read(""), 0n);
});

Deno.test("readOid() reads the arcs of X.690 8.19 and refuses padded and cut ones", () => {
  const read = (body: string): string => readOid(element(6, body), "x");
  assert.equal(read("2a864886f70d01010b"), "1.2.840.113549.1.1.11");
  assert.equal(read("550403"), "2.5.4.3");
  assert.equal(read("883703"), "2.999.3");
  assert.equal(read("00"), "0.0");
  assert.equal(read("2b8fffffffffffffffffff7f"), "1.3.18889465931478580854783");
  for (const bad of ["", "80", "2a80", "2a8001", "2a86"]) {
    assert.equal(defectOf(() => read(bad)), "invalid object encoding", bad);
  }
  assert.equal(read("81".repeat(100) + "01"), "81".repeat(100) + "01", "kept as octets");
});

Deno.test("readBitString() clears padding bits, readBoolean() takes any value but 0 for true", () => {
  const bits = (body: string) => readBitString(element(3, body), "x");
  assert.deepEqual(bits("03ff"), { bytes: hex("f8"), unusedBits: 3 });
  assert.deepEqual(bits("00a0"), { bytes: hex("a0"), unusedBits: 0 });
  assert.deepEqual(bits("03"), { bytes: hex(""), unusedBits: 3 });
  assert.equal(defectOf(() => bits("0800")), "invalid bit string bits left");
  assert.equal(defectOf(() => bits("")), "string too short");
  const boolean = (body: string): boolean => readBoolean(element(1, body), "x");
  assert.equal(boolean("00"), false);
  assert.equal(boolean("01"), true);
  assert.equal(defectOf(() => boolean("ffff")), "boolean is wrong length");
});

Deno.test("readAny() refuses contents that a type cannot have", () => {
  const read = (bytes: string): DerElement => readAny(new DerReader(hex(bytes)), "x");
  const cases: readonly (readonly [string, DerDefect])[] = [
    ["050100", "null is wrong length"],
    ["2500", "type not primitive"],
    ["0100", "boolean is wrong length"],
    ["0600", "invalid object encoding"],
    ["0200", "illegal zero content"],
    ["0300", "string too short"],
    ["1e0161", "bmpstring is wrong length"],
    ["1c026161", "universalstring is wrong length"],
    ["1000", "type not constructed"],
  ];
  for (const [bytes, defect] of cases) assert.equal(defectOf(() => read(bytes)), defect, bytes);
  assert.deepEqual(renderAny(read("2c06 0c0161 0c0162")), hex("0c02 6162"));
  assert.deepEqual(renderAny(read("058100 00")), hex("0500"));
  assert.deepEqual(renderAny(read("8000")), hex("8000"));
});

Deno.test("readOneOf() reports a wrong type from another class", () => {
  const read = (bytes: string): DerElement =>
    readOneOf(new DerReader(hex(bytes)), { types: [TAG.utf8String], what: "x" });
  assert.deepEqual(read("0c0161").body, hex("61"));
  assert.equal(defectOf(() => read("130161")), "mstring wrong tag");
  assert.equal(defectOf(() => read("8c0161")), "mstring not universal");
  assert.equal(defectOf(() => read("")), "field missing");
});

Deno.test("compareBytes() orders as DER orders the members of a set", () => {
  assert.ok(compareBytes(hex("01"), hex("02")) < 0);
  assert.ok(compareBytes(hex("0101"), hex("01")) > 0);
  assert.equal(compareBytes(hex("0102"), hex("0102")), 0);
});
