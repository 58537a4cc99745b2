import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/2020";
import schema from "../docs/survey.schema.json" with { type: "json" };
import { currentSurveySchema } from "./make_survey_schema.ts";

Deno.test("docs/survey.schema.json is what the code says (deno task survey-schema), and is a schema", async () => {
  assert.deepEqual(schema, JSON.parse(await currentSurveySchema()));
  const ajv = new Ajv2020({ strict: true, formats: { "date-time": true } });
  assert.doesNotThrow(() => ajv.compile(schema));
});
