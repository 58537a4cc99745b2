import assert from "node:assert/strict";
import fc from "fast-check";
import { expandCommandFiles, splitWords } from "./command_file.ts";
import { OPTION_ROWS } from "./rows.ts";
import { errorOf, hostWith, optionsOf, parse } from "./testing.ts";

Deno.test("splitWords() splits as the reference does", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['-aet "MY AET"', ["-aet", "MY AET"]],
    [`-aet "it's" -aec 'say "x"'`, ["-aet", "it's", "-aec", 'say "x"']],
    ['-aet ab"cd ef"-v', ["-aet", "abcd ef", "-v"]],
    ['"ab""cd"', ["ab", "cd"]],
    ['"ab"cd', ["ab", "cd"]],
    ['-aet ""', ["-aet", ""]],
    ["-aet it's 127.0.0.1 104\n", ["-aet", "its 127.0.0.1 104\n"]],
    ['-aet "a\\"b" x', ["-aet", "a\\", "b x"]],
    ["# comment", ["#", "comment"]],
    ["a\r\nb\r\n", ["a", "b"]],
    ["\ufeff-v", ["\ufeff-v"]],
    ["", []],
    [" \t\r\n ", []],
    ["\n a \n\n b \t", ["a", "b"]],
    ["a\vb\fc\u00a0d", ["a\vb\fc\u00a0d"]],
    ["'", []],
    ["a '", ["a"]],
    ["''''", ["", ""]],
    ["$HOME ~ *", ["$HOME", "~", "*"]],
  ];
  for (const [content, words] of cases) {
    assert.deepEqual(splitWords(content), words, JSON.stringify(content));
  }
});

Deno.test("splitWords() gives back words that were quoted", () => {
  const word = fc.string({ unit: "binary-ascii" }).filter((text) => !text.includes("'"));
  fc.assert(fc.property(fc.array(word), (words) => {
    assert.deepEqual(splitWords(words.map((text) => `'${text}'`).join(" ")), words);
    assert.deepEqual(splitWords(words.map((text) => `'${text}'`).join("")), words);
  }));
});

Deno.test("expandCommandFiles() puts the words in the place of @file, wherever it is", async () => {
  const { readFile } = hostWith({
    f: "-aet X",
    half: "-aet",
    empty: "",
    d: null,
    "@f": "at",
    "a b": "blank",
  });
  const expand = async (...words: string[]) =>
    (await expandCommandFiles(words, { readFile, rows: OPTION_ROWS })).words;
  assert.deepEqual(await expand("a", "@f", "b"), ["a", "-aet", "X", "b"]);
  assert.deepEqual(await expand("@half", "@f"), ["-aet", "-aet", "X"]);
  assert.deepEqual(await expand("-aet", "@empty", "x"), ["-aet", "x"]);
  assert.deepEqual(await expand("@", "x@f"), ["@", "x@f"]);
  assert.deepEqual(await expand("@@f", "@a b"), ["at", "blank"]);
  assert.deepEqual(await expand("@d"), []);
});

Deno.test("expandCommandFiles() does not expand words of a file again", async () => {
  const { readFile } = hostWith({ f: "@g @missing", g: "x" });
  const { words } = await expandCommandFiles(["@f"], { readFile, rows: OPTION_ROWS });
  assert.deepEqual(words, ["@g", "@missing"]);
});

Deno.test("parseCommandLine() reports a command file before everything else", async () => {
  const text = "Cannot open command file 'nofile'";
  assert.equal(await errorOf(["--help", "@nofile"]), text);
  assert.equal(await errorOf(["--foo", "@nofile"]), text);
  assert.equal(await errorOf(["-q", "@nofile"]), text);
  assert.equal(await errorOf(["@nofile", "@other"]), text);
  assert.equal(await errorOf(["-aet", "@nofile", "a", "1"]), text);
  const unreadable = hostWith({}, { readFile: () => ({ error: "unreadable" }) });
  assert.equal(await errorOf(["@nofile"], unreadable), text);
});

Deno.test("parseCommandLine() shows the usage when command files leave no words", async () => {
  const result = await parse(["@empty", "@d"], hostWith({ empty: " \n", d: null }));
  assert.equal(result.kind, "print");
});

Deno.test("parseCommandLine() keeps the bytes of a command file in an AE title", async () => {
  const host = hostWith({ f: Uint8Array.of(0x2d, 0x61, 0x65, 0x63, 0x20, 0x4d, 0xdc, 0x4c) });
  const options = await optionsOf(["@f", "a", "1"], host);
  assert.equal(options.calledAeTitle, "M\udcdcL");
});

Deno.test("parseCommandLine() shows no word of a command file that does not begin like arguments", async () => {
  const shadow = "root:$y$hunter2:1:: --hunter2 hunter2:hunter2 -----BEGIN";
  const hidden = "Command file 'f' does not begin with an option, or a peer and a port";
  assert.equal(await errorOf(["@f"], hostWith({ f: shadow })), hidden);
  assert.equal(await errorOf(["@f"], hostWith({ f: "-----BEGIN hunter2" })), hidden);
  assert.equal(await errorOf(["@f", "h"], hostWith({ f: "+hunter2" })), hidden);
  assert.equal(await errorOf(["h", "@f"], hostWith({ f: "hunter2" })), hidden);
  // What was typed as well, and what is in a file that begins like arguments, is reported as ever.
  assert.equal(await errorOf(["+x", "@f"], hostWith({ f: "+x" })), "Unknown option +x");
  assert.equal(await errorOf(["@f"], hostWith({ f: "-v +x" })), "Unknown option +x");
  assert.equal(await errorOf(["@f"], hostWith({ f: "a 104 +x" })), "Unknown option +x");
});
