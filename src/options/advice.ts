/** One line of advice for a person who mistyped. Never part of what scripts see. */

import type { OptionProblem } from "./problem.ts";
import type { OptionRow } from "./row.ts";

/** What to try; `undefined` when the error says it all. */
export function adviceFor(
  problem: OptionProblem,
  rows: readonly OptionRow[],
): string | undefined {
  switch (problem.kind) {
    case "unknown-option":
      return nearestName(problem.word, rows);
    default:
      return undefined;
  }
}

function nearestName(_word: string, _rows: readonly OptionRow[]): string | undefined {
  return undefined;
}
