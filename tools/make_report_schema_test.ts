import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/2020";
import schema from "../docs/report.schema.json" with { type: "json" };
import { currentReportSchema } from "./make_report_schema.ts";

Deno.test("docs/report.schema.json is what the code says (deno task report-schema)", async () => {
  assert.deepEqual(schema, JSON.parse(await currentReportSchema()));
});

Deno.test("docs/report.schema.json is a schema", () => {
  const ajv = new Ajv2020({ strict: true, formats: { "date-time": true } });
  assert.doesNotThrow(() => ajv.compile(schema));
});
