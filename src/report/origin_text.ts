/** What makes a text report a proof. */

import type { SummaryLine } from "./report_schema.ts";
import { oneLine } from "./values.ts";

/** Who checked from where, by which plan, with which build: what makes a report a proof. */
export function originLines(run: Omit<SummaryLine, "version" | "kind">): readonly string[] {
  const { program, commit, startedAt, startedAtLocal, planFiles = [] } = run;
  const local = startedAtLocal === undefined ? "" : ` (${startedAtLocal})`;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["site", run.site],
    ["operator", run.operator],
    ["machine", run.machine],
    ["program", commit === undefined ? program : `${program}, commit ${commit}`],
    ["started", `${startedAt}${local}`],
    ...planFiles.map(({ file, sha256 }) => ["plan", `${file}, SHA-256 ${sha256}`] as const),
  ];
  return facts.flatMap(([label, text]) => text === undefined ? [] : [`${label}: ${oneLine(text)}`]);
}
