import assert from "node:assert/strict";
import fc from "fast-check";
import { wordsFromBytes, wordToBytes } from "./word.ts";

Deno.test("wordsFromBytes() decodes UTF-8 and keeps a byte order mark", () => {
  const bytes = Uint8Array.of(
    0xef,
    0xbb,
    0xbf,
    0x47,
    0x72,
    0xc3,
    0xbc,
    0x78,
    0xf0,
    0x9f,
    0x98,
    0x80,
  );
  assert.equal(wordsFromBytes(bytes), "\ufeffGr\u00fcx\u{1f600}");
});

Deno.test("wordsFromBytes() keeps bytes that are not UTF-8 as lone surrogates", () => {
  assert.equal(wordsFromBytes(Uint8Array.of(0x41, 0xfc, 0x42)), "A\udcfcB");
  assert.equal(wordsFromBytes(Uint8Array.of(0xc3)), "\udcc3");
  assert.equal(wordsFromBytes(Uint8Array.of(0xe2, 0x82, 0x41)), "\udce2\udc82A");
  assert.equal(wordsFromBytes(Uint8Array.of(0xff, 0xc3, 0xbc)), "\udcff\u00fc");
});

Deno.test("wordToBytes() gives back the bytes a word was made from", () => {
  const biased = fc.array(
    fc.constantFrom(0x41, 0x20, 0xc3, 0xbc, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xff),
  );
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), biased.map((all) => Uint8Array.from(all))), (bytes) => {
      assert.deepEqual(wordToBytes(wordsFromBytes(bytes)), bytes);
    }),
  );
});

Deno.test("wordToBytes() encodes any well-formed string as UTF-8", () => {
  const character = fc.integer({ min: 0, max: 0x10ffff }).filter((code) =>
    code < 0xd800 || code > 0xdfff
  )
    .map((code) => String.fromCodePoint(code));
  fc.assert(fc.property(fc.array(character).map((all) => all.join("")), (word) => {
    assert.deepEqual(wordToBytes(word), new TextEncoder().encode(word));
  }));
});
