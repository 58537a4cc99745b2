/** Reads plans and lists of peers, and says what is wrong with them. */

import { HEADER, type PlanMode } from "../options/mod.ts";
import {
  loadPlanFiles,
  type Plan,
  type PlanFiles,
  type PlanOutcome,
  type PlanProblem,
} from "../plan/mod.ts";
import { FILE_FAULTS } from "../system/mod.ts";
import { escapeControls } from "../common/visible.ts";
import type { ModeContext } from "./context.ts";
import { isJsonLog, logMessage } from "./logging.ts";
import type { CannotBegin } from "./outcome.ts";

/** The plan with the peers that `mode` chooses; or says what is wrong. */
export async function readPeers(
  mode: PlanMode,
  context: ModeContext,
): Promise<Plan | CannotBegin> {
  const files = await loadPlanFiles();
  const plan = await readPlan({ source: mode.source, files, context });
  if ("kind" in plan) return plan;
  const peers = files.selectPeers(plan.peers, mode);
  if (!("error" in peers)) return { ...plan, peers };
  complain(context, `${HEADER}error: ${escapeControls(peers.error)}\n`);
  return { kind: "cannot-begin", obstacle: "usage", reason: peers.error };
}

interface Reading {
  readonly source: PlanMode["source"];
  readonly files: PlanFiles;
  readonly context: ModeContext;
}

/** Reads the plan, or says what is wrong. */
async function readPlan(reading: Reading): Promise<Plan | CannotBegin> {
  const { source, files, context: { options, world } } = reading;
  const { env } = world;
  const { path } = source;
  const content = path === "-" && source.form !== "plan"
    ? await world.readInput()
    : await world.readFile(path);
  const readRegularFile = await world.loadRegularFiles();
  if (source.form === "plan") {
    const readFile = (file: string) => file === path ? content : readRegularFile(file);
    return told(await files.loadPlan(path, { readFile, env, options }), reading);
  }
  const readFile = readRegularFile;
  const file = path === "-" ? "standard input" : path;
  return told(files.loadPeerList(file, { content, readFile, options }), reading);
}

/** The plan of `outcome`; or says what is wrong. */
function told(
  outcome: PlanOutcome,
  { source, files, context }: Reading,
): Plan | CannotBegin {
  switch (outcome.kind) {
    case "plan":
      return outcome.plan;
    case "unreadable": {
      const reason = `${outcome.file} ${FILE_FAULTS[outcome.fault]}`;
      complain(context, `${HEADER}error: ${escapeControls(reason)}\n`);
      return { kind: "cannot-begin", obstacle: "input", reason };
    }
    case "problems": {
      const { lines, reason } = problemsText(outcome.problems, { source, files });
      complain(context, `${lines.join("\n")}\nerror: ${reason}\n`);
      return { kind: "cannot-begin", obstacle: "usage", reason: `${reason}: ${lines[0]}` };
    }
  }
}

/** Most mistakes that are reported: a file that is not a plan at all has as many as lines. */
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

function complain(context: ModeContext, text: string): void {
  const { world } = context;
  if (isJsonLog(context)) return logMessage(context, { level: "fatal", text: withoutHeader(text) });
  world.writeErr(new TextEncoder().encode(text));
}

/** The name and the version of the program are not for programs that read the log. */
function withoutHeader(text: string): string {
  return (text.startsWith(HEADER) ? text.slice(HEADER.length) : text).trimEnd();
}
