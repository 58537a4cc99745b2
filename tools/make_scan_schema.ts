/** Writes `docs/tls-scan.schema.json`, the schema of scans in JSON, from the code: `deno task scan-schema`. */

import { loadScanReport } from "../src/report/mod.ts";

/** The schema in the repository. */
export const SCAN_SCHEMA_FILE = new URL("../docs/tls-scan.schema.json", import.meta.url);

/** The schema as it should be. */
export async function currentScanSchema(): Promise<string> {
  return `${JSON.stringify((await loadScanReport()).SCAN_SCHEMA, undefined, 2)}\n`;
}

if (import.meta.main) await Deno.writeTextFile(SCAN_SCHEMA_FILE, await currentScanSchema());
