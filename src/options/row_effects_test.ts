/**
 * What each option does, one by one: absent, each spelling, repeated.
 *
 * The type of `EFFECTS` makes a row without a case a compile error.
 */

import assert from "node:assert/strict";
import type { LongName } from "./rows.ts";
import { ALL_ROWS, hostWith, optionsOf, withParameters } from "./testing.ts";
import { EFFECTS } from "./testing_effects.ts";

const CONFIG = "log4cplus.rootLogger=INFO";
const HOST = hostWith({ f: CONFIG });

for (const row of ALL_ROWS) {
  const effect = EFFECTS[row.long as LongName];
  if (typeof effect === "string") continue;
  const { words, others = [], read, given, absent } = effect;
  const names = row.short === undefined ? [row.long] : [row.long, row.short];

  Deno.test(`${row.long} has its effect in every spelling, and none when absent`, async () => {
    assert.deepEqual(read(await optionsOf(withParameters(others), HOST)), absent);
    for (const name of names) {
      const options = await optionsOf(withParameters([...others, name, ...words]), HOST);
      assert.deepEqual(read(options), given);
    }
  });

  Deno.test(`${row.long} may be repeated, and stand after the parameters`, async () => {
    const once = [row.long, ...words];
    const repeated = row.accumulates ? [...given as string[], ...given as string[]] : given;
    const twice = withParameters([...others, ...once, ...once]);
    assert.deepEqual(read(await optionsOf(twice, HOST)), repeated);
    const after = [...withParameters([...others, ...once]).slice(others.length + once.length)];
    const moved = [...after, ...others, ...once];
    assert.deepEqual(read(await optionsOf(moved, HOST)), given);
  });
}
