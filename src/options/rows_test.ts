import assert from "node:assert/strict";
import recorded from "../../tests/golden/cli-options.json" with { type: "json" };
import { placeholderOf } from "./placeholder.ts";
import type { OptionRow } from "./row.ts";
import { OPTION_ROWS } from "./rows.ts";

const ROWS: readonly OptionRow[] = OPTION_ROWS;

/** Our own rows: the reference has none of them. */
const ADDITIONAL = ROWS.filter((row) => row.group === "additional options:");

Deno.test("OPTION_ROWS has the reference's options, with their names, places and number of values", () => {
  const ours = ROWS.filter((row) => !ADDITIONAL.includes(row)).map((row) => ({
    long: row.long,
    short: row.short ?? null,
    group: row.group,
    subgroup: row.subgroup ?? null,
    values: row.values.length,
    needs: row.needs ?? [],
  }));
  const theirs = recorded.map(({ long, short, group, subgroup, values, needs }) => ({
    long,
    short,
    group,
    subgroup,
    values,
    needs,
  }));
  assert.deepEqual(ours, theirs);
});

Deno.test("OPTION_ROWS shows values as the reference does, except for the range of --propose-ts", () => {
  for (const { long, placeholder } of recorded) {
    const row = ROWS.find((one) => one.long === long);
    assert.ok(row);
    const expected = (placeholder ?? "").trimEnd().replace("(1..38)", "(1..53)");
    assert.equal(placeholderOf(row), expected, long);
  }
});

Deno.test("OPTION_ROWS is evaluated in the reference's order", () => {
  const ours = ROWS.toSorted((left, right) => left.order - right.order).map((row) => row.long);
  const theirs = recorded.filter(({ checkOrder, block }) =>
    checkOrder !== null && block !== "log-verbosity"
  )
    .sort((left, right) => Number(left.checkOrder) - Number(right.checkOrder)).map(({ long }) =>
      long
    );
  const known = new Set<string>(theirs);
  // In the log file of checks the message of --arguments comes after the log options.
  const first = [
    "--help",
    "--version",
    "--list-ciphers",
    "--log-level",
    "--log-config",
    "--arguments",
  ];
  const rest = theirs.filter((long) => !first.includes(long));
  assert.deepEqual(ours.filter((long) => known.has(long)), [...first, ...rest]);
  assert.deepEqual(ours.filter((long) => ["--quiet", "--verbose", "--debug"].includes(long)), [
    "--debug",
    "--verbose",
    "--quiet",
  ]);
});

Deno.test("OPTION_ROWS has no name and no rank twice", () => {
  const names = ROWS.flatMap((row) => row.short === undefined ? [row.long] : [row.long, row.short]);
  assert.equal(new Set(names).size, names.length);
  assert.equal(new Set(ROWS.map((row) => row.order)).size, ROWS.length);
});

Deno.test("OPTION_ROWS has well-formed names, and our own options have no short one", () => {
  for (const row of ROWS) {
    assert.match(row.long, /^--[a-z0-9]+(-[a-z0-9]+)*$/);
    if (row.short !== undefined) assert.match(row.short, /^[-+][a-z][a-z0-9]*$/);
  }
  assert.ok(ADDITIONAL.length > 0);
  assert.deepEqual(ADDITIONAL.filter((row) => row.short !== undefined), []);
});

Deno.test("OPTION_ROWS names only options that exist as partners", () => {
  const names = new Set(ROWS.map((row) => row.long));
  for (const row of ROWS) {
    for (const partner of [...row.needs ?? [], ...row.conflicts ?? []].flat()) {
      assert.ok(names.has(partner), `${row.long}: ${partner}`);
    }
    assert.ok(names.has(row.reportedAs ?? row.long));
  }
});

Deno.test("OPTION_ROWS has at most one default in a block, and ranges that contain their default", () => {
  for (const [block, rows] of Map.groupBy(ROWS, (row) => row.block)) {
    const defaults = rows.filter((row) => row.isDefault);
    assert.ok(block === undefined ? defaults.length === 0 : defaults.length <= 1, block);
    for (const row of defaults) assert.match(row.help.join(" "), /\(default\)/);
  }
  for (const value of ROWS.flatMap((row) => row.values)) {
    if (value.kind === "integer" && value.default !== undefined) {
      assert.ok(value.minimum <= value.default && value.default <= value.maximum);
    }
    if (value.kind === "choice" && value.default !== undefined) {
      assert.ok(value.choices.includes(value.default));
    }
  }
});
