import assert from "node:assert/strict";
import fc from "fast-check";
import { Ajv2020 } from "ajv/2020";
import { planJsonSchema } from "./json_schema.ts";
import { PEER_ROW, SETTINGS_ROW } from "./schema_rows.ts";
import type { FieldRow } from "./schema.ts";
import { read } from "./testing.ts";

const validate = new Ajv2020({ strict: true, strictTypes: false, validateFormats: false })
  .addKeyword("patternErrorMessage")
  .compile(planJsonSchema());

/** Values that are right somewhere and wrong elsewhere. Not 1.0 or 1e3, which JSON Schema takes for whole numbers. */
const SCALARS = fc.constantFrom<unknown>(
  ...["a", "A B", "", " ", "a:104", "::1", "10.1.2.300", "1/1/3", "any", "ipv4", "pem", "leaf"],
  ...["5s", "500ms", "5 s", "x\\y", "SEVENTEEN_LETTERS", "bcp195", "ignore", "f.pem", "d"],
  ...[0, 1, -1, 0.5, 104, 5000, 65_536, 1_000_001, true, false, null],
);

/** Values for `row`: mostly of the right kind. */
function valueFor(row: FieldRow): fc.Arbitrary<unknown> {
  if (row.kind === "mapping") return mappingOf(row.fields);
  if (row.kind === "list") {
    const items = fc.array(valueFor(row.item), { maxLength: 2 });
    return fc.oneof({ arbitrary: items, weight: 5 }, SCALARS);
  }
  return fc.oneof({ arbitrary: SCALARS, weight: 9 }, fc.constant([]), fc.constant({}));
}

function mappingOf(fields: Readonly<Record<string, FieldRow>>): fc.Arbitrary<unknown> {
  const known = Object.fromEntries(
    Object.entries(fields).map(([key, row]) => [key, valueFor(row)]),
  );
  const some = fc.subarray(Object.keys(known)).chain((keys) =>
    fc.record(Object.fromEntries(keys.map((key) => [key, known[key] ?? SCALARS])))
  );
  const unknown = fc.record({ some, value: SCALARS }).map(({ some, value }) => ({
    ...some,
    nix: value,
  }));
  return fc.oneof({ arbitrary: some, weight: 9 }, unknown);
}

const PLANS = fc.oneof(
  mappingOf(SETTINGS_ROW.fields).map((defaults) => ({ defaults, peers: [{ host: "a", port: 1 }] })),
  mappingOf(SETTINGS_ROW.fields).map((g) => ({ groups: { g }, peers: [{ host: "a", port: 1 }] })),
  mappingOf(PEER_ROW.fields).map((peer) => ({ peers: [{ host: "a", port: 1, ...Object(peer) }] })),
);

/** What no schema can say: what is in other places of the plan, in the world, or in a number. */
const BEYOND =
  /does not exist|is not a directory|is a directory|there is no group|does not use TLS|needs a key|needs a certificate|together with|it says nobody|only one of|say the same|has no password|too short|too long/;

Deno.test("the JSON Schema refuses what the reader refuses, and takes what it takes", async () => {
  const seen = { taken: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(PLANS, async (plan) => {
      const text = JSON.stringify(plan);
      const outcome = await read(text, { files: { "site/f.pem": "x", "site/d": null } });
      const problems = outcome.kind === "problems" ? outcome.problems : [];
      const isValid = validate(plan);
      if (problems.every(({ message }) => BEYOND.test(message))) {
        seen.taken += 1;
        assert.ok(isValid || problems.length > 0, `${text} ${JSON.stringify(validate.errors)}`);
      } else {
        seen.refused += 1;
        const isBetter = problems.some(({ message }) =>
          /^(-?[\d.]+|true|false) is not allowed/.test(message)
        );
        assert.ok(!isValid || isBetter, `${text} ${JSON.stringify(problems)}`);
      }
    }),
    { numRuns: 1000 },
  );
  assert.ok(seen.taken > 50 && seen.refused > 50, JSON.stringify(seen));
});
