/** Writes `docs/diagnose.schema.json`, the schema of `--diagnose` in JSON, from the code: `deno task diagnose-schema`. */

import { loadDiagnoseReport } from "../src/report/mod.ts";

/** The schema in the repository. */
export const DIAGNOSE_SCHEMA_FILE = new URL("../docs/diagnose.schema.json", import.meta.url);

/** The schema as it should be. */
export async function currentDiagnoseSchema(): Promise<string> {
  return `${JSON.stringify((await loadDiagnoseReport()).DIAGNOSE_SCHEMA, undefined, 2)}\n`;
}

if (import.meta.main) {
  await Deno.writeTextFile(DIAGNOSE_SCHEMA_FILE, await currentDiagnoseSchema());
}
