/** Writes `docs/survey.schema.json`, the schema of surveys in JSON, from the code: `deno task survey-schema`. */

import { loadSurveyReport } from "../src/report/mod.ts";

/** The schema in the repository. */
export const SURVEY_SCHEMA_FILE = new URL("../docs/survey.schema.json", import.meta.url);

/** The schema as it should be. */
export async function currentSurveySchema(): Promise<string> {
  return `${JSON.stringify((await loadSurveyReport()).SURVEY_SCHEMA, undefined, 2)}\n`;
}

if (import.meta.main) await Deno.writeTextFile(SURVEY_SCHEMA_FILE, await currentSurveySchema());
