/**
 * Codes and lines of logs to what they mean, from the tables that the hints come from.
 *
 * ```ts
 * const [explanation] = explainText("rj 1/1/7");
 * ```
 */

export { EXIT_MEANINGS } from "./exit_meanings.ts";
export { explainText } from "./explain.ts";
export { LONGEST_TEXT } from "./read.ts";
export type { Explanation, PossibleSituation } from "./types.ts";
