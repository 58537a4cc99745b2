import assert from "node:assert/strict";
import { currentScanSchema, SCAN_SCHEMA_FILE } from "./make_scan_schema.ts";

Deno.test("docs/tls-scan.schema.json is what tools/make_scan_schema.ts writes", async () => {
  const hint = "run: deno task scan-schema";
  assert.equal(await Deno.readTextFile(SCAN_SCHEMA_FILE), await currentScanSchema(), hint);
});
