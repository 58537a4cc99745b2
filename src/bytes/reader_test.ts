import assert from "node:assert/strict";
import { ByteReader, ByteReaderError } from "./mod.ts";

const INPUT = Uint8Array.of(0x01, 0x02, 0xff, 0x04, 0x80, 0x06);

Deno.test("ByteReader reads numbers in both byte orders", () => {
  const reads: [(reader: ByteReader) => number, number][] = [
    [(reader) => reader.u8(), 0x01],
    [(reader) => reader.u16be(), 0x0102],
    [(reader) => reader.u16le(), 0x0201],
    [(reader) => reader.u32be(), 0x0102ff04],
    [(reader) => reader.u32le(), 0x04ff0201],
  ];
  for (const [read, value] of reads) assert.equal(read(new ByteReader(INPUT)), value);
  assert.equal(new ByteReader(INPUT.subarray(2)).u32be(), 0xff048006);
  assert.equal(new ByteReader(Uint8Array.of(255, 255, 255, 255)).u32le(), 0xffff_ffff);
});

Deno.test("ByteReader takes bytes in order and counts what is left", () => {
  const reader = new ByteReader(INPUT);
  assert.deepEqual(reader.take(2), INPUT.subarray(0, 2));
  assert.equal(reader.offset, 2);
  assert.equal(reader.remaining, 4);
  assert.equal(reader.peek(), 0xff);
  assert.deepEqual(reader.take(0), new Uint8Array(0));
  assert.deepEqual(reader.take(4), INPUT.subarray(2));
  assert.equal(reader.peek(), undefined);
  reader.end();
});

Deno.test("ByteReader refuses to read past its end, and stays where it is", () => {
  const reader = new ByteReader(INPUT);
  reader.take(3);
  const tooMuch = [
    () => reader.u32be(),
    () => reader.u32le(),
    () => reader.take(4),
    () => reader.sub(0xffff_ffff),
  ];
  for (const read of tooMuch) assert.throws(read, ByteReaderError);
  assert.equal(reader.offset, 3);
  assert.equal(reader.u8(), 0x04);
});

Deno.test("ByteReader names the place where a read failed", () => {
  assert.throws(() => new ByteReader(INPUT, 100).sub(4).take(5), {
    name: "ByteReaderError",
    offset: 100,
    wanted: 5,
    remaining: 4,
    message: "Cannot read 5 bytes at offset 100: 4 left",
  });
});

Deno.test("ByteReader bounds a nested length by a reader of its own", () => {
  const reader = new ByteReader(INPUT);
  reader.u8();
  const inner = reader.sub(2);
  assert.equal(reader.offset, 3);
  assert.equal(inner.offset, 1);
  assert.equal(inner.u16be(), 0x02ff);
  assert.throws(() => inner.u8(), ByteReaderError);
  inner.end();
});

Deno.test("ByteReader looks ahead without moving", () => {
  const reader = new ByteReader(INPUT);
  reader.u8();
  const ahead = reader.peekBytes(100);
  assert.equal(ahead.remaining, 5);
  assert.equal(ahead.offset, 1);
  assert.equal(ahead.u8(), 0x02);
  assert.equal(reader.offset, 1);
});

Deno.test("ByteReader refuses leftovers at the end", () => {
  const reader = new ByteReader(INPUT);
  reader.take(4);
  assert.throws(() => reader.end(), { message: "2 bytes left over at offset 4" });
});
