/** Writes the JSON Schemas of `docs/` from the code: `deno task schemas`. */

import { loadPlanSchema } from "../src/plan/mod.ts";
import {
  loadDiagnoseReport,
  loadNoticeReport,
  loadOverTimeReport,
  loadReportSchema,
  loadScanReport,
  loadStatusPages,
  loadSurveyReport,
} from "../src/report/mod.ts";

const DOCS = new URL("../docs/", import.meta.url);

/** The schemas as they should be, by the names of their files. */
export async function currentSchemas(): Promise<Readonly<Record<string, unknown>>> {
  return {
    "plan.schema.json": JSON.parse(await loadPlanSchema()),
    "report.schema.json": await loadReportSchema(),
    "tls-scan.schema.json": (await loadScanReport()).SCAN_SCHEMA,
    "status.schema.json": (await loadStatusPages()).STATUS_SCHEMA,
    "availability.schema.json": (await loadOverTimeReport()).OVER_TIME_SCHEMA,
    "survey.schema.json": (await loadSurveyReport()).SURVEY_SCHEMA,
    "diagnose.schema.json": (await loadDiagnoseReport()).DIAGNOSE_SCHEMA,
    "notify.schema.json": (await loadNoticeReport()).NOTICE_SCHEMA,
  };
}

if (import.meta.main) {
  for (const [name, schema] of Object.entries(await currentSchemas())) {
    await Deno.writeTextFile(new URL(name, DOCS), `${JSON.stringify(schema, undefined, 2)}\n`);
  }
}
