import assert from "node:assert/strict";
import fc from "fast-check";
import { cutTo, fillTo, widthOf, wrapTo } from "./columns.ts";

Deno.test("widthOf() counts columns of a terminal", () => {
  assert.equal(widthOf("PACS 1"), 6);
  assert.equal(widthOf("Röntgen"), 7);
  assert.equal(widthOf("放射線"), 6);
  assert.equal(widthOf("e\u0301"), 1);
  assert.equal(widthOf("🏥"), 2);
});

Deno.test("cutTo() leaves what fits, and an ellipsis where something was cut off", () => {
  assert.equal(cutTo("PACS", 4), "PACS");
  assert.equal(cutTo("PACS1", 4), "PAC…");
  assert.equal(cutTo("放射線", 4), "放…");
  assert.equal(cutTo("PACS", 1), "…");
  assert.equal(cutTo("PACS", 0), "");
});

Deno.test("cutTo() and fillTo() never exceed a width, and fill it", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), fc.nat(30), (text, width) => {
    const cut = cutTo(text, width);
    assert.ok(widthOf(cut) <= width);
    assert.equal(widthOf(fillTo(cut, width)), width);
  }));
});

Deno.test("wrapTo() breaks at blanks and loses nothing", () => {
  assert.deepEqual(wrapTo("one two three", 7), ["one two", "three"]);
  assert.deepEqual(wrapTo("unbreakable word", 4), ["unbreakable", "word"]);
  fc.assert(fc.property(fc.array(fc.stringMatching(/^[a-z]{1,9}$/)), fc.nat(20), (words, width) => {
    const text = words.join(" ");
    assert.equal(wrapTo(text, width).join(" "), text);
  }));
});

Deno.test("widthOf() knows emoji of all ages, and marks of all scripts", () => {
  assert.deepEqual(["🚑", "🫀", "🩻", "⌚", "🏥"].map(widthOf), [2, 2, 2, 2, 2]);
  assert.equal(widthOf("กำ\u0e49"), 2);
  assert.equal(widthOf("\u05e9\u05c1"), 1);
  assert.equal(widthOf("\ud55c\uae00".normalize("NFD")), 4);
  assert.equal(widthOf("© 1"), 3);
});
