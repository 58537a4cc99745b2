/** Reads plans and lists of peers, and says what is wrong with them. */

import { escapeControls } from "../dicom/mod.ts";
import { HEADER, type PlanMode } from "../options/mod.ts";
import { loadPlanFiles, type Plan, type PlanFiles } from "../plan/mod.ts";
import { EXIT } from "../report/mod.ts";
import type { CheckMeans } from "./check_mode.ts";

/** The plan with the peers that `mode` chooses; or says what is wrong and gives the exit code for it. */
export async function readPeers(mode: PlanMode, means: CheckMeans): Promise<Plan | number> {
  const files = await loadPlanFiles();
  const plan = await readPlan(mode, { files, means });
  if (typeof plan === "number") return plan;
  const peers = files.selectPeers(plan.peers, mode);
  if (!("error" in peers)) return { ...plan, peers };
  complain(means, `${HEADER}error: ${escapeControls(peers.error)}\n`);
  return await codeOf({ code: EXIT.failed, reason: peers.error }, means);
}

/** Reads the plan, or says what is wrong and gives the exit code for it. */
async function readPlan(
  { source }: PlanMode,
  { files, means }: { readonly files: PlanFiles; readonly means: CheckMeans },
): Promise<Plan | number> {
  const { options, world } = means;
  const { readFile, env } = world;
  const { path } = source;
  const isInput = source.form === "peers" && path === "-";
  const outcome = source.form === "plan"
    ? await files.loadPlan(path, { readFile, env, options })
    : files.loadPeerList(isInput ? "standard input" : path, {
      content: isInput ? world.readInput() : readFile(path),
      readFile,
      options,
    });
  switch (outcome.kind) {
    case "plan":
      return outcome.plan;
    case "unreadable": {
      const reason = `${outcome.file} ${FAULTS[outcome.fault]}`;
      complain(means, `${HEADER}error: ${escapeControls(reason)}\n`);
      return await codeOf({ code: EXIT.inputFailed, reason }, means);
    }
    case "problems": {
      const lines = outcome.problems.map((problem) => escapeControls(files.problemLine(problem)));
      const count = lines.length === 1 ? "1 error" : `${lines.length} errors`;
      const reason = `${count} in the plan, nobody was contacted`;
      complain(means, `${lines.join("\n")}\nerror: ${reason}\n`);
      return await codeOf({ code: EXIT.failed, reason: `${reason}: ${lines[0]}` }, means);
    }
  }
}

const FAULTS = {
  missing: "does not exist",
  directory: "is a directory",
  unreadable: "cannot be read",
} as const;

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
