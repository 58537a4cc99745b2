import assert from "node:assert/strict";
import schema from "../docs/plan.schema.json" with { type: "json" };
import { slowness } from "./slow_patterns.ts";

/** The time an expression takes for a text made to be slow: what the findings are about. */
const SLOW: readonly RegExp[] = [
  / +$/,
  /[\0 ]+$/,
  /^ +| +$/g,
  /\s#.*$/,
  /%.*$/,
  /\.?0+$/,
  /%[dD]\{([^}]*)\}/g,
  /^[\d.*]*\d[\d.*]*$/,
  /^(a+)+$/,
  /^(?:\w+\s?)*$/,
  /^([!-~]+):[ \t]*([^\0]*?)[ \t]*$/,
  /^(a|aa)*b$/,
  /x(?:a*)*y/,
];

const FAST: readonly RegExp[] = [
  /^ +/,
  / +/g,
  /^[^.]*(?:\.Appender)*$/,
  /\(os error ([0-9]+)\)/,
  /^(\d+(?:\.\d+)?)(ms|s|min)?$/,
  /%(-*)([0-9]*)(?:(\.)([0-9]*))?([^]?)/y,
  / \(os error \d+\).*/s,
  /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g,
  /^[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?$/,
  /[A-Z]/g,
];

Deno.test("slowness() finds what takes more time than the text is long", () => {
  for (const expression of SLOW) assert.notEqual(slowness(expression), undefined, `${expression}`);
});

Deno.test("slowness() leaves alone what takes time in proportion to the text", () => {
  for (const expression of FAST) assert.equal(slowness(expression), undefined, `${expression}`);
});

Deno.test("what may be written in a plan is recognized in time in proportion to its length", () => {
  const patterns: string[] = [];
  JSON.stringify(schema, (key, value) => {
    if (key === "pattern" && typeof value === "string") patterns.push(value);
    return value;
  });
  assert.ok(patterns.length > 3, `${patterns.length} patterns`);
  for (const source of patterns) assert.equal(slowness({ source, flags: "" }), undefined, source);
});
