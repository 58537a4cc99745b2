import assert from "node:assert/strict";
import fc from "fast-check";
import { type Key, KeyReader } from "./keys.ts";

function keysOf(...pieces: readonly string[]): readonly Key[] {
  const reader = new KeyReader();
  return pieces.flatMap((piece) => reader.take(new TextEncoder().encode(piece)));
}

Deno.test("keys of all usual terminals are known", () => {
  assert.deepEqual(keysOf("\x1b[A\x1bOA\x1b[B\x1bOB"), ["up", "up", "down", "down"]);
  assert.deepEqual(keysOf("\x1b[5~\x1b[6~"), ["page-up", "page-down"]);
  assert.deepEqual(keysOf("\x1b[H\x1bOH\x1b[1~\x1b[7~"), ["home", "home", "home", "home"]);
  assert.deepEqual(keysOf("\x1b[F\x1bOF\x1b[4~\x1b[8~"), ["end", "end", "end", "end"]);
  assert.deepEqual(keysOf("\r\n\x7f\x08\x03\x0c"), [
    "enter",
    "enter",
    "backspace",
    "backspace",
    "interrupt",
    "redraw",
  ]);
});

Deno.test("characters are themselves, other keys nothing, also with modifiers", () => {
  assert.deepEqual(keysOf("qß放"), [{ text: "q" }, { text: "ß" }, { text: "放" }]);
  assert.deepEqual(keysOf("\x1b[1;5A\x1b[3~\x1bOP\x1a\x00k"), [{ text: "k" }]);
});

Deno.test("keys may come in pieces", () => {
  assert.deepEqual(keysOf("\x1b", "[", "A"), ["up"]);
  const [first, second] = [...new TextEncoder().encode("ß")];
  const reader = new KeyReader();
  assert.deepEqual(reader.take(Uint8Array.of(first ?? 0)), []);
  assert.deepEqual(reader.take(Uint8Array.of(second ?? 0)), [{ text: "ß" }]);
});

Deno.test("Escape is one when nothing follows, or what makes no longer key", () => {
  const reader = new KeyReader();
  assert.deepEqual(reader.take(Uint8Array.of(0x1b)), []);
  assert.equal(reader.isWaiting, true);
  assert.deepEqual(reader.giveUp(), ["escape"]);
  assert.deepEqual([reader.isWaiting, reader.giveUp()], [false, []]);
  assert.deepEqual(keysOf("\x1bq"), ["escape", { text: "q" }]);
  assert.deepEqual(keysOf("\x1b\x1b[A"), ["escape", "up"]);
});

Deno.test("a reader keeps little of whatever is typed, and ends", () => {
  fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 64 })), (pieces) => {
    const reader = new KeyReader();
    for (const piece of pieces) {
      const keys = reader.take(piece);
      assert.ok(keys.length <= piece.length + 32);
    }
  }));
  // A sequence without end is not kept either.
  assert.equal(keysOf(`\x1b[${"1;".repeat(1000)}`).at(0), "escape");
});
