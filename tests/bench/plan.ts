/**
 * What many checks cost (`deno task bench:plan`): plans of 10 to 5000 peers run by us, and up to 1000 by the reference
 * under `xargs -P` over the same peers, in one run.
 *
 * The peers are SCPs on loopback ports in a process of their own, so that only the checking side is measured; some of
 * them reject, some are silent, some are dead. Both sides have the same parallelism and the same limits. The verdicts
 * are checked as well: every peer must be told for what it is, in the order of the plan. Then two figures of memory: of
 * a check that runs, and of a peer that is done. Options: `--peers=N,...` (default 10,100,1000,5000), `--jobs=N` (default
 * 32), `--rounds=N` (default 3), `--running=N` checks at once for the first figure of memory (default 500), `--json=FILE`.
 */

import { costMissing, measureMemory, memoryMissing } from "../support/measure.ts";
import { type Site, type SitePeer, startSite } from "../support/plan_site.ts";
import { type Program, referenceProgram, runProgram } from "../support/run_program.ts";
import { type Contestant, hold, REFERENCE, type Result, tableOf } from "./contest.ts";
import { shippedProgram } from "./shipped.ts";
import { Arguments, fill, machineLine, thisMachine, writeJson } from "./table.ts";

/** Limits of both sides in seconds: short, so that the silent peers do not drown everything else. */
const LIMITS = { connect: 5, acse: 1 };

/** The reference would take minutes for more. */
const MOST_OF_REFERENCE = 1000;

async function main(args: readonly string[]): Promise<number> {
  if (args[0] === "--serve") return await serve(JSON.parse(args[1] ?? ""));
  const obstacle = costMissing();
  if (obstacle !== undefined) {
    console.error(`cannot measure here: ${obstacle}`);
    return 1;
  }
  const given = new Arguments(args, ["peers", "jobs", "rounds", "running", "json"]);
  const sizes = given.counts("peers", [10, 100, 1000, 5000]);
  const [jobs, rounds] = [given.count("jobs", 32), given.count("rounds", 3)];
  const machine = thisMachine();
  console.log(machineLine(machine));
  const ours = await shippedProgram();
  const results: Result[] = [];
  let isRight = true;
  for (const size of sizes) {
    await using site = await startServer(mixtureOf(size));
    await using files = await writeFiles(site.peers);
    const task = { ours, files, jobs };
    isRight = await checkVerdicts(site.peers, task) && isRight;
    const what = `${size} peers, ${jobs} at once`;
    const contestants = await contestantsFor(task, size);
    const found = await hold({ what, rounds, contestants });
    console.log(`\n${tableOf(found)}${timesOf(found)}`);
    results.push(...found);
  }
  console.log(growth(sizes, results));
  const runningKiB = await memoryOfRunning(ours, given.count("running", 500));
  await writeJson(given.text("json"), { machine, results, runningKiB });
  return isRight ? 0 : 1;
}

/** How many peers of each kind. */
type Mixture = Parameters<typeof startSite>[0];

function mixtureOf(count: number): Mixture {
  const part = Math.round(count / 20);
  const counts = { rejects: 2 * part, silent: Math.round(part / 5), dead: 2 * part };
  return { ...counts, answers: count - counts.rejects - counts.silent - counts.dead };
}

/** The site's process: prints its peers and goes on until standard input is closed. */
async function serve(mixture: Mixture): Promise<number> {
  await using site: Site = await startSite(mixture);
  console.log(JSON.stringify(site.peers));
  await Array.fromAsync(Deno.stdin.readable);
  return 0;
}

/** Starts the site in a process of its own. */
async function startServer(
  mixture: Mixture,
): Promise<AsyncDisposable & { readonly peers: readonly SitePeer[] }> {
  const words = JSON.stringify(mixture);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", import.meta.filename ?? "", "--serve", words],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  let text = "";
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) throw new Error("the site did not come up");
    text += value;
  }
  return {
    peers: JSON.parse(text) as readonly SitePeer[],
    async [Symbol.asyncDispose]() {
      await child.stdin.close();
      await reader.cancel();
      await child.status;
    },
  };
}

interface Files extends AsyncDisposable {
  /** For us. */
  readonly plan: string;
  /** The same peers as `HOST PORT` lines, for xargs. */
  readonly list: string;
}

async function writeFiles(peers: readonly SitePeer[]): Promise<Files> {
  const folder = await Deno.makeTempDir();
  const plan = `${folder}/plan.yaml`;
  const list = `${folder}/list`;
  const entries = peers.map(({ name, host, port }) =>
    `  - { name: ${name}, host: ${host}, port: ${port} }\n`
  );
  const { connect, acse } = LIMITS;
  const defaults = `defaults: { timeouts: { connect: ${connect}, acse: ${acse} } }\n`;
  await Deno.writeTextFile(plan, `${defaults}peers:\n${entries.join("")}`);
  await Deno.writeTextFile(list, peers.map(({ host, port }) => `${host} ${port}\n`).join(""));
  return { plan, list, [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
}

interface Task {
  readonly ours: Program;
  readonly files: Files;
  readonly jobs: number;
}

function ourArgs({ files, jobs }: Pick<Task, "files" | "jobs">): readonly string[] {
  return ["--plan", files.plan, "--jobs", `${jobs}`, "--jobs-per-host", `${jobs}`];
}

/** Every answering peer must have passed, all others failed, and all in the order of the plan. */
async function checkVerdicts(peers: readonly SitePeer[], task: Task): Promise<boolean> {
  const { stdout } = await runProgram(task.ours, { args: ourArgs(task), timeoutMs: 600_000 });
  const lines = stdout.trimEnd().split("\n");
  const wrong = peers.filter(({ name, kind }, at) => {
    const verdict = kind === "answers" ? "passed" : "failed";
    return !lines[at]?.startsWith(`${verdict}\t${name}\t`);
  });
  const kinds = [...Map.groupBy(peers, ({ kind }) => kind)];
  const mixture = kinds.map(([kind, peers]) => `${peers.length} ${kind}`).join(", ");
  console.log(
    wrong.length === 0
      ? `\nall ${peers.length} verdicts are right and in the order of the plan (${mixture})`
      : `\nWRONG: ${wrong.map(({ name }) => name).join()}`,
  );
  return wrong.length === 0;
}

async function contestantsFor(task: Task, size: number): Promise<readonly Contestant[]> {
  const ours = { name: "ours", program: task.ours, args: ourArgs(task), anyCode: true };
  if (size > MOST_OF_REFERENCE) return [ours];
  const reference = await referenceProgram();
  if (!("missing" in reference)) return [ours, xargsOf(reference, task)];
  console.log(`no ratios: ${reference.missing}`);
  return [ours];
}

function xargsOf({ command, args }: Program, { files, jobs }: Task): Contestant {
  const limits = ["-to", `${LIMITS.connect}`, "-ta", `${LIMITS.acse}`];
  const program = { command: "xargs", args: ["-a", files.list, "-P", `${jobs}`, "-L", "1"] };
  return { name: REFERENCE, program, args: [command, ...args, ...limits], anyCode: true };
}

/** The ratios the other way round: how many times as much the reference takes. */
function timesOf(results: readonly Result[]): string {
  const ratios = results.find(({ name }) => name === "ours")?.toReference;
  if (ratios === undefined) return "";
  const { wall, cpu } = ratios;
  return `  the reference takes ${(1 / wall).toFixed(1)} times the wall time of ours, ` +
    `and ${(1 / cpu).toFixed(1)} times the CPU time`;
}

/** How much more each peer costs, from one size to the next. */
function growth(sizes: readonly number[], results: readonly Result[]): string {
  const ours = results.filter(({ name }) => name === "ours");
  const rows = ours.slice(1).map((more, at) => {
    const less = ours[at];
    const [from = NaN, to = NaN] = sizes.slice(at);
    const each = (value: (result: Result) => number) =>
      less === undefined ? NaN : (value(more) - value(less)) / (to - from);
    return [
      `${from} to ${to} peers`,
      each(({ wallMs }) => wallMs.median).toFixed(2),
      each(({ cpuMs }) => cpuMs.median).toFixed(2),
      (1024 * each(({ peakMiB }) => peakMiB?.median ?? NaN)).toFixed(1),
    ];
  });
  const heads = ["", "wall ms", "CPU ms", "peak KiB"];
  return `\neach peer more of ours\n${fill(heads, rows)}`;
}

/** What a check holds while it runs, at most: so many that wait for silent peers at once, next to a tenth of them. */
async function memoryOfRunning(program: Program, most: number): Promise<number | undefined> {
  const obstacle = memoryMissing();
  if (obstacle !== undefined) {
    console.log(`no memory figure: ${obstacle}`);
    return undefined;
  }
  const few = Math.max(1, Math.round(most / 10));
  const peakOf = async (count: number) => {
    await using site = await startServer({ answers: 0, rejects: 0, dead: 0, silent: count });
    await using files = await writeFiles(site.peers);
    const run = { args: ourArgs({ files, jobs: count }), timeoutMs: 120_000 };
    return ((await measureMemory(program, run)).peakBytes ?? NaN) / 1024;
  };
  const [less, more] = [await peakOf(few), await peakOf(most)];
  const each = (more - less) / (most - few);
  const mib = (kib: number) => `${(kib / 1024).toFixed(1)} MiB`;
  console.log(
    `a running check holds at most ${each.toFixed(0)} KiB ` +
      `(${mib(less)} with ${few} at once, ${mib(more)} with ${most})`,
  );
  return each;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
