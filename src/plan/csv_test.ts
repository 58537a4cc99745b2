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

Deno.test("parseCsvLine() splits at another separator when there is one", () => {
  const texts = (line: string, separator: ";" | "\t") =>
    parseCsvLine(line, separator).map(({ text }) => text);
  assert.deepEqual(texts('a,b;"c;d";', ";"), ["a,b", "c;d", ""]);
  assert.deepEqual(texts('\t"a\tb"\t\tc', "\t"), ["", "a\tb", "", "c"]);
});

Deno.test("parseCsvLine() marks fields whose quotes are not closed", () => {
  const open = (line: string) => parseCsvLine(line).map(({ isOpen }) => isOpen);
  assert.deepEqual(open('a,"b,c'), [false, true, false]);
  assert.deepEqual(open('"a"b,"",c"'), [true, false, false]);
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
