import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/2020";
import availability from "../docs/availability.schema.json" with { type: "json" };
import diagnose from "../docs/diagnose.schema.json" with { type: "json" };
import notify from "../docs/notify.schema.json" with { type: "json" };
import plan from "../docs/plan.schema.json" with { type: "json" };
import report from "../docs/report.schema.json" with { type: "json" };
import status from "../docs/status.schema.json" with { type: "json" };
import survey from "../docs/survey.schema.json" with { type: "json" };
import scan from "../docs/tls-scan.schema.json" with { type: "json" };
import { currentSchemas } from "./make_schemas.ts";

const PUBLISHED: Readonly<Record<string, object>> = {
  "plan.schema.json": plan,
  "report.schema.json": report,
  "tls-scan.schema.json": scan,
  "status.schema.json": status,
  "survey.schema.json": survey,
  "availability.schema.json": availability,
  "diagnose.schema.json": diagnose,
  "notify.schema.json": notify,
};

Deno.test("the schemas of docs/ are what the code says (deno task schemas)", async () => {
  assert.deepEqual(PUBLISHED, JSON.parse(JSON.stringify(await currentSchemas())));
});

Deno.test("the schemas of docs/ are schemas", () => {
  for (const [name, schema] of Object.entries(PUBLISHED)) {
    const ajv = new Ajv2020({ strict: true, strictTypes: false, formats: { "date-time": true } })
      .addKeyword("patternErrorMessage");
    assert.doesNotThrow(() => ajv.compile(schema), name);
  }
});
