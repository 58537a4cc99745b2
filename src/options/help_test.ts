import assert from "node:assert/strict";
import { helpText } from "./help.ts";
import { HEADER } from "./identity.ts";
import type { OptionRow } from "./row.ts";
import { OPTION_ROWS } from "./rows.ts";

const LINES = helpText(OPTION_ROWS).split("\n");

Deno.test("helpText() begins and ends as the reference's usage text does", () => {
  assert.ok(
    helpText(OPTION_ROWS).startsWith(`${HEADER}usage: echoscu [options] peer port

parameters:
  peer                         `),
  );
  assert.deepEqual(LINES.slice(-2), ["", ""]);
  assert.notEqual(LINES.at(-3), "");
});

Deno.test("helpText() fits 80 columns, in ASCII, without trailing blanks", () => {
  for (const line of LINES) {
    assert.ok(line.length < 80, line);
    assert.match(line, /^([\x20-\x7e]*[\x21-\x7e])?$/);
  }
});

Deno.test("helpText() has an empty line in the reference's places only", () => {
  const empty = LINES.flatMap((line, at) => line === "" ? [LINES[at + 1]] : []);
  assert.deepEqual(empty, [
    "echoscu: DICOM verification (C-ECHO) SCU",
    "parameters:",
    "general options:",
    "",
    undefined,
  ]);
});

const WIDER: ReadonlyMap<string, number> = new Map([
  ["  transport layer security:", 32],
  ["  user identity, of our side:", 32],
]);

Deno.test("helpText() begins every text in column 31, with names in the reference's columns", () => {
  const body = LINES.slice(LINES.indexOf("general options:"), -2);
  const titles = new Set(
    OPTION_ROWS.flatMap((row) =>
      "subgroup" in row ? [row.group, `  ${row.subgroup}`] : [row.group]
    ),
  );
  let column = 31;
  for (const line of body) {
    // Two sections have a name that is a letter or two longer.
    if (titles.has(line)) column = WIDER.get(line) ?? 31;
    if (titles.has(line)) continue;
    assert.equal(line.slice(column - 2, column), "  ", line);
    assert.match(line.slice(column), /^\S/, line);
  }
  assert.ok(LINES.some((line) => line.startsWith("  -ll     --log-level          [l]evel: ")));
  assert.ok(LINES.some((line) => line.startsWith("    -aec  --call               [a]etitle: ")));
  assert.ok(LINES.some((line) => line.startsWith("          --repeat             [n]umber: ")));
});

Deno.test("helpText() shows every option once, in the order of the rows", () => {
  const shown = LINES.flatMap((line) =>
    /^ {2,}(?:[-+]\w+)? +(--[a-z0-9-]+) {2}/.exec(line)?.[1] ?? []
  );
  assert.deepEqual(shown, OPTION_ROWS.map((row) => row.long));
});

Deno.test("helpText() widens its columns for names that are longer than the reference's", () => {
  const row: OptionRow = {
    long: "--a-name-of-more-than-19",
    short: "-abcdefg",
    group: "a group:",
    values: [],
    help: ["text"],
    order: 1,
  };
  const text = helpText([row, { ...row, long: "--b", short: "-b", help: ["one", "two"] }]);
  assert.ok(text.endsWith(`
a group:
  -abcdefg  --a-name-of-more-than-19  text
  -b        --b                       one
                                      two

`));
});
