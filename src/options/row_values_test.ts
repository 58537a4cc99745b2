/** What the values of options may be: range ends, choices, repeated ones. */

import assert from "node:assert/strict";
import { ALL_ROWS, errorOf, optionsOf, parse, withParameters } from "./testing.ts";
import { NAGIOS, NOTIFY } from "./testing_effects.ts";

/** What an option with a number needs as well. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  "--warn-latency": NAGIOS,
  "--critical-latency": NAGIOS,
  "--expiry-warn": ["+tla"],
  "--notify-after": NOTIFY,
};

Deno.test("options with numbers accept both ends of their range and nothing beyond", async () => {
  for (const row of ALL_ROWS) {
    const [value] = row.values;
    if (value?.kind !== "integer") continue;
    const [partner] = row.needs?.[0] ?? [];
    const others = NEEDED[row.long] ?? (partner === undefined ? [] : [partner, "1"]);
    const error = (number: number | string) =>
      errorOf(withParameters([...others, row.long, String(number)]));
    const negative = value.minimum - 1 < 0 && value.reading === "unsigned";
    const below = negative ? "" : "underflow: ";
    assert.equal(await error(value.minimum), "(run)");
    assert.equal(await error(value.maximum), "(run)");
    assert.equal(
      await error(value.minimum - 1),
      `Invalid value for option ${row.long} (${below}${value.minimum - 1})`,
    );
    const above = BigInt(value.maximum) + 1n;
    assert.equal(
      await error(`${above}`),
      `Invalid value for option ${row.long} (overflow: ${above})`,
    );
    assert.equal(await error("x"), `Invalid value for option ${row.long} (x)`);
    assert.equal(await error(""), `Invalid value for option ${row.long}`);
  }
});

Deno.test("options with choices accept each of them and nothing else", async () => {
  for (const row of ALL_ROWS) {
    const [value] = row.values;
    if (value?.kind !== "choice" || row.prints) continue;
    const needed = "needs" in row ? row.needs?.flat() ?? [] : [];
    const more = needed.includes("--anonymous-tls") ? ["+tla"] : [];
    for (const word of [...value.choices, ...value.unlisted ?? []]) {
      assert.equal(await errorOf([...more, row.long, word, "a", "1"]), "(run)");
      const inCapitals = await errorOf([...more, row.long, word.toUpperCase(), "a", "1"]);
      assert.equal(inCapitals === "(run)", value.anyCase === true);
    }
    const text = value.complaint ?? `Invalid value for option ${row.long} (bad)`;
    assert.equal(await errorOf([...more, row.long, "bad", "a", "1"]), text);
  }
});

Deno.test("an empty word names no file, tag or variable of our own options", async () => {
  const ours = ALL_ROWS.filter(({ group }) => group === "additional options:");
  const takes = (row: (typeof ours)[number]) =>
    row.values.some((value) => value.kind === "text" && value.isNeeded !== true);
  assert.deepEqual(ours.filter(takes).map(({ long }) => long), ["--user", "--operator"]);
  for (const option of ["--plan", "--peers"]) {
    assert.equal(await errorOf([option, ""]), `Invalid value for option ${option}`);
  }
  for (const option of ["--jwt-file", "--history", "--trace"]) {
    assert.equal(await errorOf([option, "", "a", "1"]), `Invalid value for option ${option}`);
  }
});

Deno.test("only the rightmost value of an option is looked at", async () => {
  assert.equal((await optionsOf(["-to", "0", "-to", "5", "a", "1"])).connectTimeoutSeconds, 5);
  assert.equal(
    await errorOf(["-to", "5", "--timeout", "0", "a", "1"]),
    "Invalid value for option --timeout (underflow: 0)",
  );
  assert.equal((await optionsOf(["-ll", "bad", "-ll", "info", "a", "1"])).logging.level, "info");
});

Deno.test("options that print and end do so with any parameters and any other values", async () => {
  for (const row of ALL_ROWS) {
    if (!row.prints) continue;
    const values = row.long === "--completions" ? ["bash"] : [];
    for (const parameters of [[], ["a"], ["a", "b", "c"], ["a", "0", "-to", "0", "-ll", "bad"]]) {
      const { kind } = await parse([row.long, ...values, ...parameters]);
      assert.ok(!["run", "error"].includes(kind), `${row.long}: ${kind}`);
    }
  }
});
