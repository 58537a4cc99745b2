/** Writes `docs/report.schema.json`, the schema of JSON reports, from the code: `deno task report-schema`. */

import { loadReportSchema } from "../src/report/mod.ts";

/** The schema in the repository. */
export const SCHEMA_FILE = new URL("../docs/report.schema.json", import.meta.url);

/** The schema as it should be. */
export async function currentReportSchema(): Promise<string> {
  return `${JSON.stringify(await loadReportSchema(), undefined, 2)}\n`;
}

if (import.meta.main) await Deno.writeTextFile(SCHEMA_FILE, await currentReportSchema());
