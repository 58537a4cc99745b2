/** A plan that is watched: what every run said of each peer, and what the program held meanwhile. */

import { ourProgram, type Program } from "../support/run_program.ts";
import { type Held, heldBy } from "./resources.ts";
import { signalChild } from "../support/signal_child.ts";

/** One run of the plan. */
export interface SoakRun {
  /** What was said of each peer by its name: its verdict, and why it failed. */
  readonly said: ReadonlyMap<string, string>;
  /** After the run; `undefined` where the system does not tell. */
  readonly held: Held | undefined;
}

/** What came of all runs. */
export interface Watched {
  readonly runs: readonly SoakRun[];
  /** Of the program, after SIGINT. */
  readonly code: number;
  /** From SIGINT to its end. */
  readonly endedAfterMs: number;
  /** What it wrote to standard error. */
  readonly stderr: string;
}

/** A line of `--report jsonl`. */
interface Line {
  readonly kind: "entry" | "summary";
  readonly name?: string;
  readonly verdict?: string;
  readonly failure?: { readonly name?: string };
}

/** So many runs there are at least, however slow the machine. */
const FEWEST_RUNS = 3;
/** So many times the seconds asked for pass at most. */
const SLOWEST = 15;

/** Watches a plan for so many seconds, and for at least three runs, and then ends the program by SIGINT. */
export async function watchSite(
  plan: string,
  { seconds, options }: { readonly seconds: number; readonly options: readonly string[] },
): Promise<Watched> {
  const { command, args }: Program = ourProgram();
  const child = new Deno.Command(command, {
    args: [...args, "--plan", plan, "--report", "jsonl", ...options],
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stderr = new Response(child.stderr).text();
  const runs: SoakRun[] = [];
  const started = performance.now();
  let signalled: number | undefined;
  const end = () => {
    if (signalled !== undefined) return;
    signalled = performance.now();
    signalChild(child, "SIGINT");
  };
  const limit = setTimeout(end, seconds * 1000 * SLOWEST);
  let said = new Map<string, string>();
  for await (const line of linesOf(child.stdout)) {
    const { kind, name, verdict, failure }: Line = JSON.parse(line);
    if (kind === "entry") said.set(name ?? "", `${verdict} ${failure?.name ?? ""}`.trimEnd());
    if (kind !== "summary" || signalled !== undefined) continue;
    runs.push({ said, held: heldBy(child.pid) });
    said = new Map();
    const isEnough = performance.now() - started > seconds * 1000 && runs.length >= FEWEST_RUNS;
    if (isEnough) end();
  }
  const { code } = await child.status;
  clearTimeout(limit);
  const endedAfterMs = performance.now() - (signalled ?? performance.now());
  return { runs, code, endedAfterMs, stderr: await stderr };
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
