/** Reads plans and lists of peers, and says what is wrong with them. */

import { HEADER, type PlanMode } from "../options/mod.ts";
import {
  loadPlanFiles,
  type Plan,
  type PlanFiles,
  type PlanOutcome,
  type PlanProblem,
} from "../plan/mod.ts";
import { EXIT } from "../report/mod.ts";
import { FILE_FAULTS } from "../system/mod.ts";
import { escapeControls } from "../visible.ts";
import type { CheckMeans } from "./check_mode.ts";

/** The plan with the peers that `mode` chooses; or says what is wrong and gives the exit code for it. */
export async function readPeers(mode: PlanMode, means: CheckMeans): Promise<Plan | number> {
  const files = await loadPlanFiles();
  const plan = await readPlan({ source: mode.source, files, means });
  if (typeof plan === "number") return plan;
  const peers = files.selectPeers(plan.peers, mode);
  if (!("error" in peers)) return { ...plan, peers };
  complain(means, `${HEADER}error: ${escapeControls(peers.error)}\n`);
  return await codeOf({ code: EXIT.failed, reason: peers.error }, means);
}

interface Reading {
  readonly source: PlanMode["source"];
  readonly files: PlanFiles;
  readonly means: CheckMeans;
}

/** Reads the plan, or says what is wrong and gives the exit code for it. */
async function readPlan(reading: Reading): Promise<Plan | number> {
  const { source, files, means: { options, world } } = reading;
  const { env } = world;
  const { path } = source;
  const content = path === "-" && source.form !== "plan"
    ? await world.readInput()
    : await world.readFile(path);
  const readRegularFile = await world.loadRegularFiles();
  if (source.form === "plan") {
    const readFile = (file: string) => file === path ? content : readRegularFile(file);
    return await told(await files.loadPlan(path, { readFile, env, options }), reading);
  }
  const readFile = readRegularFile;
  const file = path === "-" ? "standard input" : path;
  return await told(files.loadPeerList(file, { content, readFile, options }), reading);
}

/** The plan of `outcome`; or says what is wrong and gives the exit code for it. */
async function told(
  outcome: PlanOutcome,
  { source, files, means }: Reading,
): Promise<Plan | number> {
  switch (outcome.kind) {
    case "plan":
      return outcome.plan;
    case "unreadable": {
      const reason = `${outcome.file} ${FILE_FAULTS[outcome.fault]}`;
      complain(means, `${HEADER}error: ${escapeControls(reason)}\n`);
      return await codeOf({ code: EXIT.inputFailed, reason }, means);
    }
    case "problems": {
      const { lines, reason } = problemsText(outcome.problems, { source, files });
      complain(means, `${lines.join("\n")}\nerror: ${reason}\n`);
      return await codeOf({ code: EXIT.failed, reason: `${reason}: ${lines[0]}` }, means);
    }
  }
}

/** Most mistakes that are told: a file that is no plan at all has as many as lines. */
const MOST_TOLD = 100;

function problemsText(
  problems: readonly PlanProblem[],
  { source, files }: Pick<Reading, "source" | "files">,
): { readonly lines: readonly string[]; readonly reason: string } {
  const lines = problems.slice(0, MOST_TOLD)
    .map((problem) => escapeControls(files.problemLine(problem)));
  const count = problems.length === 1 ? "1 error" : `${problems.length} errors`;
  const where = source.form === "plan" ? "plan" : "list";
  const rest = problems.length > MOST_TOLD ? ` (the first ${MOST_TOLD} are shown)` : "";
  return { lines, reason: `${count} in the ${where}${rest}, nobody was contacted` };
}

/** The exit code when nobody can be checked for `reason`. */
async function codeOf(
  why: { readonly code: number; readonly reason: string },
  means: CheckMeans,
): Promise<number> {
  if (means.options.reports.length === 0) return why.code;
  return await (await import("./reports.ts")).failedToBegin(why, means);
}

function complain({ world }: CheckMeans, text: string): void {
  world.writeErr(new TextEncoder().encode(text));
}
