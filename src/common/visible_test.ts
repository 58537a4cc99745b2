import assert from "node:assert/strict";
import { escapeControls, jsonText, shortened } from "./visible.ts";

/** What moves a cursor, forges a line, reorders or hides, one of each kind. */
const UNSAFE = [
  ..."\0\x07\x1b\r\n\x7f\x80\x85\x9b\x9f\xad",
  ..."\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2064\u2066\u2069\ufeff",
  ..."\u034f\u115f\u3164\uffa0\ufff9\ufffb\u{e0001}\u{e0041}\u{1d173}",
  "\ud800",
  "\udc00",
];

Deno.test("escapeControls() makes visible what could fool a reader", () => {
  assert.equal(
    escapeControls("A\x1b[31m\r\nB\0\x7f\u009b"),
    "A\\x1b[31m\\x0d\\x0aB\\x00\\x7f\\x9b",
  );
  assert.equal(escapeControls("\u202eevil\u2028\ufeff"), "\\u202eevil\\u2028\\ufeff");
  assert.equal(escapeControls("\ud800 \udc00 \u{e0041}"), "\\ud800 \\udc00 \\u{e0041}");
  assert.equal(escapeControls("a\u200bb"), "a\\u200bb");
  for (const character of UNSAFE) {
    assert.match(
      escapeControls(`a${character}b`),
      /^a\\[xu][0-9a-f{}]+b$/,
      JSON.stringify(character),
    );
  }
});

Deno.test("escapeControls() leaves text alone", () => {
  const text = "Ä \u{1f600} ❤\ufe0f \tback\\slash ~ 日本 한국 नमस्ते";
  assert.equal(escapeControls(text), text);
});

Deno.test("jsonText() escapes the same and reads back as it was", () => {
  const value = { "k\u202e": UNSAFE.join("x"), list: ["\x9b2J", "ü"], count: 3 };
  for (const indent of [undefined, 2]) {
    const text = jsonText(value, indent);
    assert.deepEqual(JSON.parse(text), value);
    assert.equal(escapeControls(text.replaceAll("\n", "")), text.replaceAll("\n", ""));
  }
  assert.equal(jsonText({ a: "\x7f\u{e0041}" }), '{"a":"\\u007f\\udb40\\udc41"}');
  assert.equal(jsonText({ a: [1] }, 2), '{\n  "a": [\n    1\n  ]\n}');
  assert.equal(jsonText({ n: 2n ** 64n }), '{"n":"18446744073709551616"}');
});

Deno.test("shortened() keeps what fits and never cuts a character apart", () => {
  assert.equal(shortened("abcdef", 6), "abcdef");
  assert.equal(shortened("abcdefg", 6), "abc...");
  assert.equal(shortened("ab\u{1f600}efgh", 6), "ab\ufffd...");
});
