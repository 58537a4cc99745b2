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
  const plan = await findPeers(mode, context);
  if (!("obstacle" in plan)) return plan;
  const { obstacle, reason, lines } = plan;
  const [first] = lines;
  if (first === undefined) {
    complain(context, `${HEADER}error: ${escapeControls(reason)}\n`);
    return { kind: "cannot-begin", obstacle, reason };
  }
  const sentence = `${reason}, nobody was contacted`;
  complain(context, `${lines.join("\n")}\nerror: ${sentence}\n`);
  return { kind: "cannot-begin", obstacle, reason: `${sentence}: ${first}` };
}

/** Why there is no plan. */
export interface PlanFault {
  /** What it means for the exit code. */
  readonly obstacle: "usage" | "input";
  /** One sentence. */
  readonly reason: string;
  /** The mistakes, each on a line, where the plan has any. */
  readonly lines: readonly string[];
}

/** The plan with the peers that `mode` chooses; or what is wrong, which nobody has been told. */
export async function findPeers(mode: PlanMode, context: ModeContext): Promise<Plan | PlanFault> {
  const files = await loadPlanFiles();
  const plan = await readPlan({ source: mode.source, files, context });
  if ("obstacle" in plan) return plan;
  const peers = files.selectPeers(plan.peers, mode);
  if (!("error" in peers)) return { ...plan, peers };
  return { obstacle: "usage", reason: peers.error, lines: [] };
}

interface Reading {
  readonly source: PlanMode["source"];
  readonly files: PlanFiles;
  readonly context: ModeContext;
}

/** The plan, or what is wrong. */
async function readPlan(reading: Reading): Promise<Plan | PlanFault> {
  const { source, files, context: { options, world } } = reading;
  const { env } = world;
  const { path } = source;
  const content = path === "-" && source.form !== "plan"
    ? await world.readInput()
    : await world.readFile(path);
  const readRegularFile = await world.loadRegularFiles();
  if (source.form === "plan") {
    const readFile = (file: string) => file === path ? content : readRegularFile(file);
    return planOr(await files.loadPlan(path, { readFile, env, options }), reading);
  }
  const readFile = readRegularFile;
  const file = path === "-" ? "standard input" : path;
  return planOr(files.loadPeerList(file, { content, readFile, options }), reading);
}

/** The plan of `outcome`; or what is wrong. */
function planOr(outcome: PlanOutcome, { source, files }: Reading): Plan | PlanFault {
  switch (outcome.kind) {
    case "plan":
      return outcome.plan;
    case "unreadable": {
      const reason = `${outcome.file} ${FILE_FAULTS[outcome.fault]}`;
      return { obstacle: "input", reason, lines: [] };
    }
    case "problems":
      return { obstacle: "usage", ...problemsText(outcome.problems, { source, files }) };
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
  return { lines, reason: `${count} in the ${where}${rest}` };
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
