/** What came of tests in laboratories, as a table. */

import type { Counts } from "../gate/junit.ts";

/** The tests of one kind, of one form of the program. */
export interface LabOutcome {
  /** The system, for people. */
  readonly system: string;
  /** How the program was made. */
  readonly made: "sources" | "compiled";
  /** What was run. */
  readonly kind: "unit" | "scenario" | "end to end";
  /** How it came out. */
  readonly counts: Counts;
  /** What failed for a reason of the laboratory's own, one line each. */
  readonly excluded: readonly string[];
}

const HEAD = ["system", "program", "tests", "passed", "excluded", "left out", "failed"];

/** One row for each outcome, in columns. */
export function renderOutcomes(outcomes: readonly LabOutcome[]): string {
  const rows = outcomes.map(({ system, made, kind, counts, excluded }) => [
    system,
    made,
    kind,
    `${counts.passed}`,
    `${excluded.length}`,
    `${counts.skipped.length}`,
    `${counts.failed.length}`,
  ]);
  const all = [HEAD, ...rows];
  const widths = HEAD.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
    .map((line) => line.trimEnd()).join("\n");
}
