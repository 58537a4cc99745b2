/** Why a run could not begin, as data: nobody was contacted. */

import type { Obstacle } from "./exit_code.ts";
import type { EntryDocument, FailureDocument, ReportDocument } from "./report_schema.ts";
import type { RunReport } from "../runner/mod.ts";
import { oneLine, peerText } from "./values.ts";

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

/** The name of this failure. */
const NAME = "CannotBegin";

/** Whether `failure` kept the run from beginning. */
export function isObstacleFailure(failure: FailureDocument | undefined): boolean {
  return failure?.name === NAME;
}

/** The failure of the run, and of everybody who was to be checked. */
export function obstacleFailure({ obstacle, reason, hint }: ObstacleFacts): FailureDocument {
  return {
    name: NAME,
    stage: STAGES[obstacle],
    fault: obstacle === "local-network" ? "program" : "user",
    message: peerText(reason),
    fields: { obstacle },
    ...(hint === undefined ? {} : { hint: peerText(hint) }),
  };
}

/** The entries of `run`; of one that could not begin and can name nobody, one that says why. */
export function entriesToShow(run: ReportDocument): readonly EntryDocument[] {
  const { entries, failure, title, startedAt } = run;
  if (failure === undefined || entries.length > 0) return entries;
  const name = title ?? "echoscu";
  return [{ name, tags: [], verdict: "skipped", unmet: [], attempts: 0, startedAt, failure }];
}

/** What a person is told of a run that could not begin, line by line. */
export function obstacleText({ entries }: RunReport, { reason, hint }: ObstacleFacts): string {
  const lines = [
    ...entries.map(({ name }) => `skipped: ${name}`),
    `Nothing could be checked: ${reason}`,
    ...hint === undefined ? [] : [`hint: ${hint}`],
  ];
  return lines.map((line) => `${oneLine(line)}\n`).join("");
}
