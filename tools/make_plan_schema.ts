/** Writes `docs/plan.schema.json` from the schema of plans: `deno run --allow-write=docs tools/make_plan_schema.ts`. */

import { loadPlanFiles } from "../src/plan/mod.ts";

/** The schema in the repository. */
export const PLAN_SCHEMA = new URL("../docs/plan.schema.json", import.meta.url);

/** The schema as it should be. */
export async function currentPlanSchema(): Promise<string> {
  const { planJsonSchema } = await loadPlanFiles();
  return `${JSON.stringify(planJsonSchema(), null, 2)}\n`;
}

if (import.meta.main) await Deno.writeTextFile(PLAN_SCHEMA, await currentPlanSchema());
