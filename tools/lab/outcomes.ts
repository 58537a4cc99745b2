/** What came of tests in laboratories, as a table. */

import type { Counts } from "../gate/junit.ts";

/** The tests of one kind, of one form of the program. */
export interface LabOutcome {
  /** The system, for people. */
  readonly system: string;
  /** How the program was made. */
  readonly made: "sources" | "compiled";
  /** What was run. */
  readonly kind: "unit" | "scenario" | "end to end" | "with real peers";
  /** How it came out. */
  readonly counts: Counts;
  /** What failed for a reason of the laboratory's own, one line each. */
  readonly excluded: readonly string[];
}

const HEAD = ["system", "program", "tests", "passed", "excluded", "left out", "failed"];

/** One row for each outcome, in columns; then by name or reason what was excluded, left out, or failed. */
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
  const table = all.map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()
  );
  return [...table, ...outcomes.flatMap(detailsOf)].join("\n");
}

function detailsOf({ made, kind, counts, excluded }: LabOutcome): readonly string[] {
  return [
    ...counted(excluded.map((line) => `excluded: ${line}`)),
    ...counted(counts.skipped.map((name) => `left out: ${reasonOf(name)}`)),
    ...counted(counts.failed.map((name) => `failed: ${name}`)),
  ].map((line) => `${made}, ${kind}: ${line}`);
}

/** A test that is left out says why at the end of its name, or has a name that says it. */
function reasonOf(name: string): string {
  return /\(left out: (.*)\)$/s.exec(name)?.[1] ?? name;
}

/** Each line once, the most frequent first, with how often it is there. */
function counted(lines: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)
    .map(([line, count]) => count === 1 ? line : `${line} (${count} times)`);
}
