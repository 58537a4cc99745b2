/** The report of a run that could not begin, for programs: nobody was contacted, and why. */

import { jsonText } from "../common/visible.ts";
import { entryOf, runOf } from "./document.ts";
import {
  type EntryLine,
  type FailureDocument,
  LAYOUT_VERSION,
  type ReportDocument,
  type SummaryLine,
} from "./report_schema.ts";
import type { Obstacle } from "./exit_code.ts";
import type { ReportSettings } from "./settings.ts";
import type { RunReport } from "../runner/mod.ts";
import { peerText } from "./values.ts";

/** Why nothing could be checked. */
export interface ObstacleFacts {
  /** What kept it from beginning. */
  readonly obstacle: Obstacle;
  /** One clause for people. */
  readonly reason: string;
  /** What to try. */
  readonly hint?: string | undefined;
  /** The exit code of the program. */
  readonly exitCode: number;
}

/** How far a check would have got. */
const STAGES: Readonly<Record<Obstacle, string>> = {
  usage: "options",
  input: "plan",
  tls: "tls",
  "local-network": "connect",
};

/** The object of `json`: the usual one with `failure` and `exitCode`; who was to be checked is in `report`, not tried. */
export function obstacleJson(
  report: RunReport,
  { facts, settings }: { readonly facts: ObstacleFacts; readonly settings: ReportSettings },
): string {
  const failure = failureOf(facts);
  const document: ReportDocument = {
    version: LAYOUT_VERSION,
    kind: "report",
    ...runOf(report, settings),
    failure,
    exitCode: facts.exitCode,
    entries: report.entries.map((entry) => ({ ...entryOf(entry, settings), failure })),
  };
  return `${jsonText(document, 2)}\n`;
}

/** The lines of `jsonl`: the same. */
export function obstacleJsonl(
  report: RunReport,
  { facts, settings }: { readonly facts: ObstacleFacts; readonly settings: ReportSettings },
): string {
  const failure = failureOf(facts);
  const { exitCode } = facts;
  const lines: (EntryLine | SummaryLine)[] = [
    ...report.entries.map((entry): EntryLine => ({
      version: LAYOUT_VERSION,
      kind: "entry",
      ...entryOf(entry, settings),
      failure,
    })),
    { version: LAYOUT_VERSION, kind: "summary", ...runOf(report, settings), failure, exitCode },
  ];
  return lines.map((line) => `${jsonText(line)}\n`).join("");
}

function failureOf({ obstacle, reason, hint }: ObstacleFacts): FailureDocument {
  return {
    name: "CannotBegin",
    stage: STAGES[obstacle],
    fault: obstacle === "local-network" ? "program" : "user",
    message: peerText(reason),
    fields: { obstacle },
    ...(hint === undefined ? {} : { hint: peerText(hint) }),
  };
}
