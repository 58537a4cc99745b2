/** From options and files to checks with all defaults applied. */

export { checkOf } from "./check_of.ts";
export type * from "./types.ts";

/** The sample that `--print-plan` prints. */
export async function loadSamplePlan(): Promise<string> {
  const sample = await import("./sample.yaml", { with: { type: "text" } });
  return sample.default;
}

/** The JSON Schema of plans that `--print-plan-schema` prints, as the text of a file. */
export async function loadPlanSchema(): Promise<string> {
  const { planJsonSchema } = await import("./json_schema.ts");
  return `${JSON.stringify(planJsonSchema(), null, 2)}\n`;
}

/** What reads plans. */
export type PlanFiles = typeof import("./files.ts");

/** Loads what reads plans, which a single check does not need. */
export async function loadPlanFiles(): Promise<PlanFiles> {
  return await import("./files.ts");
}
export type { PlanSource } from "./digest.ts";
