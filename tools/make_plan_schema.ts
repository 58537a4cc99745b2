/** Writes `docs/plan.schema.json` from the schema of plans: `deno run --allow-write=docs tools/make_plan_schema.ts`. */

import { loadPlanSchema } from "../src/plan/mod.ts";

/** The schema in the repository. */
export const PLAN_SCHEMA = new URL("../docs/plan.schema.json", import.meta.url);

if (import.meta.main) await Deno.writeTextFile(PLAN_SCHEMA, await loadPlanSchema());
