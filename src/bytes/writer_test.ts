import assert from "node:assert/strict";
import { ByteReader, ByteWriter, ByteWriterError } from "./mod.ts";

Deno.test("ByteWriter writes numbers in both byte orders", () => {
  const writer = new ByteWriter(1);
  writer.u8(0xff).u16be(0x0102).u16le(0x0102).u32be(0x80000001).u32le(0x80000001);
  const expected = [0xff, 1, 2, 2, 1, 0x80, 0, 0, 1, 1, 0, 0, 0x80];
  assert.deepEqual([...writer.finish()], expected);
  assert.equal(writer.length, expected.length);
});

Deno.test("ByteWriter writes bytes, zeros and byte strings", () => {
  const writer = new ByteWriter().bytes(Uint8Array.of(1, 2)).zeros(2).byteString("A\u00ff\0");
  assert.deepEqual([...writer.finish()], [1, 2, 0, 0, 0x41, 0xff, 0]);
});

Deno.test("ByteWriter grows as far as it must", () => {
  const writer = new ByteWriter(0);
  for (let i = 0; i < 1000; i++) writer.u16be(i);
  const reader = new ByteReader(writer.finish());
  for (let i = 0; i < 1000; i++) assert.equal(reader.u16be(), i);
  reader.end();
});

Deno.test("ByteWriter refuses numbers that do not fit", () => {
  const writer = new ByteWriter();
  for (const value of [-1, 256, 0.5, NaN, Infinity]) {
    assert.throws(() => writer.u8(value), ByteWriterError);
  }
  assert.throws(() => writer.u16le(0x10000), ByteWriterError);
  assert.throws(() => writer.u32be(2 ** 32), ByteWriterError);
  assert.equal(writer.length, 0);
});

Deno.test("ByteWriter refuses characters above U+00FF", () => {
  assert.throws(() => new ByteWriter().byteString("a\u0100"), ByteWriterError);
});

Deno.test("ByteWriter puts the length before a content, nested and in both byte orders", () => {
  const writer = new ByteWriter(1);
  writer.u8(9).lengthPrefixed(4, (outer) => {
    outer.u8(7).lengthPrefixed(2, (inner) => inner.zeros(3), "little");
  });
  assert.deepEqual([...writer.finish()], [9, 0, 0, 0, 6, 7, 3, 0, 0, 0, 0]);
});

Deno.test("ByteWriter refuses a content too long for its length field", () => {
  const fits = new ByteWriter().lengthPrefixed(2, (writer) => writer.zeros(0xffff));
  assert.equal(fits.length, 2 + 0xffff);
  const tooLong = () => new ByteWriter().lengthPrefixed(2, (writer) => writer.zeros(0x10000));
  assert.throws(tooLong, ByteWriterError);
});

Deno.test("ByteWriter gives bytes that later writing does not change", () => {
  const writer = new ByteWriter().u8(1);
  const first = writer.finish();
  writer.u8(2);
  assert.deepEqual([...first], [1]);
  assert.deepEqual([...writer.finish()], [1, 2]);
});
