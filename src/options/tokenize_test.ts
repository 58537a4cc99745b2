import assert from "node:assert/strict";
import { OPTION_ROWS } from "./rows.ts";
import { errorOf } from "./testing.ts";
import { tokenize } from "./tokenize.ts";

/** Options as arrays of long name and values, parameters as words. */
function shapeOf(...words: string[]): unknown {
  return tokenize(words, OPTION_ROWS).items.map((item) =>
    typeof item === "string" ? item : [item.row.long, ...item.words]
  );
}

Deno.test("tokenize() calls a word an option when it is a sign and then no digit", () => {
  const parameters = ["", "-", "+", "-1", "+5", "-9x", "-0", "/h", " -v", "@", "x", "\u2212v"];
  assert.deepEqual(shapeOf(...parameters), parameters);
  for (const word of ["--", "-.5", "-?", "+-1", "--1", "-\n", "-\u0665", "-\u{1f600}", "---"]) {
    assert.throws(() => shapeOf(word), { message: `Unknown option ${word}` });
  }
});

Deno.test("tokenize() wants names exactly: no abbreviation, no glue, no other sign or case", () => {
  const words = [
    ...[
      "--verb",
      "--aetitle=X",
      "-aet=X",
      "-aetX",
      "-vd",
      "+v",
      "++help",
      "-verbose",
      "-V",
      "--HELP",
      "-TLS",
    ],
  ];
  for (const word of words) {
    assert.throws(() => shapeOf(word), { message: `Unknown option ${word}` });
  }
});

Deno.test("tokenize() keeps options and parameters in their order", () => {
  assert.deepEqual(shapeOf("a", "-v", "b", "--abort", "c"), [
    "a",
    ["--verbose"],
    "b",
    ["--abort"],
    "c",
  ]);
});

Deno.test("tokenize() gives an option its words without looking at them", () => {
  assert.deepEqual(shapeOf("-aet", "-v", "-aec", "--help"), [["--aetitle", "-v"], [
    "--call",
    "--help",
  ]]);
  assert.deepEqual(shapeOf("-aet", "-aec", "-aec", "-aet"), [["--aetitle", "-aec"], [
    "--call",
    "-aet",
  ]]);
  assert.deepEqual(shapeOf("+tls", "+tls", "-tls", "x"), [["--enable-tls", "+tls", "-tls"], "x"]);
});

Deno.test("tokenize() reports missing values by the long name", () => {
  for (const row of OPTION_ROWS) {
    if (row.values.length === 0) continue;
    const words = Array.from({ length: row.values.length - 1 }, () => "x");
    const names = "short" in row ? [row.long, row.short] : [row.long];
    for (const name of names) {
      assert.throws(() => shapeOf(name, ...words), {
        message: `Missing value for option ${row.long}`,
      });
    }
  }
});

Deno.test("tokenize() ends at the first mistake from the left", async () => {
  assert.equal(await errorOf(["--unknown", "-to"]), "Unknown option --unknown");
  assert.equal(await errorOf(["--help", "--foo"]), "Unknown option --foo");
  assert.equal(await errorOf(["--help", "+vc"]), "Missing value for option --verify-cert");
  assert.equal(await errorOf(["a", "1", "x", "-aec"]), "Missing value for option --call");
});

Deno.test("tokenize() shows no password that is glued to a name", async () => {
  for (
    const [word, shown] of [
      ["--use-passwd=SECRET", "--use-passwd=***"],
      ["--use-passwd SECRET", "--use-passwd***"],
      ["--use-passwdSECRET", "--use-passwd***"],
      ["+pwSECRET", "+pw***"],
      ["+pw=SECRET", "+pw=***"],
      ["-pwSECRET", "-pw***"],
      ["--password=SECRET", "--password=***"],
      ["--key-passwd=a=SECRET", "--key-passwd=***"],
      ["--called=X", "--called=X"],
    ] as const
  ) assert.equal(await errorOf([word, "h", "1"]), `Unknown option ${shown}`, word);
});
