/** From options and files to checks with all defaults applied. */

export { checkOf } from "./check_of.ts";
export type * from "./types.ts";

/** What reads plans. */
export type PlanFiles = typeof import("./files.ts");

/** Loads what reads plans, which a single check does not need. */
export async function loadPlanFiles(): Promise<PlanFiles> {
  return await import("./files.ts");
}
export type { PlanSource } from "./digest.ts";
