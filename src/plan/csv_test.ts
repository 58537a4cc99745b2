import assert from "node:assert/strict";
import fc from "fast-check";
import { parseCsvLine } from "./csv.ts";

function texts(line: string): readonly string[] {
  return parseCsvLine(line).map(({ text }) => text);
}

Deno.test("parseCsvLine() splits at commas, but not in quotes", () => {
  assert.deepEqual(texts("a,b"), ["a", "b"]);
  assert.deepEqual(texts('"a,b",c'), ["a,b", "c"]);
  assert.deepEqual(texts(' "a" ,"b""c"'), ["a", 'b"c']);
  assert.deepEqual(texts(""), [""]);
  assert.deepEqual(texts(","), ["", ""]);
  assert.deepEqual(texts('a"b,"'), ['a"b', '"']);
});

Deno.test("parseCsvLine() says in which column a field begins", () => {
  assert.deepEqual(parseCsvLine('a,"b,c",d').map(({ column }) => column), [1, 3, 9]);
});

Deno.test("parseCsvLine() gives back what was quoted", () => {
  fc.assert(fc.property(fc.array(fc.string(), { minLength: 1 }), (fields) => {
    const line = fields.map((field) => `"${field.replaceAll('"', '""')}"`).join();
    assert.deepEqual(texts(line), fields);
  }));
});
