import assert from "node:assert/strict";
import { currentDiagnoseSchema, DIAGNOSE_SCHEMA_FILE } from "./make_diagnose_schema.ts";

Deno.test("docs/diagnose.schema.json is what tools/make_diagnose_schema.ts writes", async () => {
  const hint = "run: deno task diagnose-schema";
  assert.equal(await Deno.readTextFile(DIAGNOSE_SCHEMA_FILE), await currentDiagnoseSchema(), hint);
});
