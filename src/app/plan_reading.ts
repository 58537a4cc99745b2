/** Reads plans and lists of peers, and says what is wrong with them. */

import { escapeControls } from "../dicom/mod.ts";
import { HEADER, type PlanMode } from "../options/mod.ts";
import {
  loadPlanFiles,
  type Plan,
  type PlanFiles,
  type PlanOutcome,
  type PlanProblem,
} from "../plan/mod.ts";
import { EXIT, exitCodeOfSignal } from "../report/mod.ts";
import type { CheckMeans } from "./check_mode.ts";
import type { World } from "./world.ts";

/** The plan with the peers that `mode` chooses; or says what is wrong and gives the exit code for it. */
export async function readPeers(mode: PlanMode, means: CheckMeans): Promise<Plan | number> {
  const files = await loadPlanFiles();
  const plan = await readPlan({ source: mode.source, files, means });
  if (typeof plan === "number") return plan;
  const peers = files.selectPeers(plan.peers, mode);
  if (!("error" in peers)) return { ...plan, peers };
  complain(means, `${HEADER}error: ${escapeControls(peers.error)}\n`);
  return EXIT.failed;
}

interface Reading {
  readonly source: PlanMode["source"];
  readonly files: PlanFiles;
  readonly means: CheckMeans;
}

/** Reads the plan, or says what is wrong and gives the exit code for it. */
async function readPlan(reading: Reading): Promise<Plan | number> {
  const { source, files, means: { options, world } } = reading;
  const { readFile, env } = world;
  const { path } = source;
  if (source.form === "plan") {
    return told(await files.loadPlan(path, { readFile, env, options }), reading);
  }
  const content = path === "-" ? await inputOf(world) : readFile(path);
  if (content === undefined) return exitCodeOfSignal(world.signal);
  const file = path === "-" ? "standard input" : path;
  return told(files.loadPeerList(file, { content, readFile, options }), reading);
}

/** The plan of `outcome`; or says what is wrong and gives the exit code for it. */
function told(outcome: PlanOutcome, { source, files, means }: Reading): Plan | number {
  switch (outcome.kind) {
    case "plan":
      return outcome.plan;
    case "unreadable":
      complain(
        means,
        `${HEADER}error: ${escapeControls(outcome.file)} ${files.FAULTS[outcome.fault]}\n`,
      );
      return EXIT.inputFailed;
    case "problems":
      complain(means, problemsText(outcome.problems, { source, files }));
      return EXIT.failed;
  }
}

/** Most mistakes that are told: a file that is no plan at all has as many as lines. */
const MOST_TOLD = 100;

function problemsText(
  problems: readonly PlanProblem[],
  { source, files }: Pick<Reading, "source" | "files">,
): string {
  const told = problems.slice(0, MOST_TOLD)
    .map((problem) => `${escapeControls(files.problemLine(problem))}\n`);
  const count = problems.length === 1 ? "1 error" : `${problems.length} errors`;
  const where = source.form === "plan" ? "plan" : "list";
  const rest = problems.length > MOST_TOLD ? ` (the first ${MOST_TOLD} are shown)` : "";
  return `${told.join("")}error: ${count} in the ${where}${rest}, nobody was contacted\n`;
}

/** Standard input to its end; `undefined` when a signal came first. */
async function inputOf(
  { readInput, signal }: World,
): Promise<Awaited<ReturnType<World["readInput"]>> | undefined> {
  const { promise: raised, resolve } = Promise.withResolvers<undefined>();
  const onAbort = () => resolve(undefined);
  signal.addEventListener("abort", onAbort);
  try {
    return await Promise.race([readInput(), raised]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function complain({ world }: CheckMeans, text: string): void {
  world.writeErr(new TextEncoder().encode(text));
}
