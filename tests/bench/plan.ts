/**
 * What many checks cost: a plan run by us, and the reference under `xargs -P` over the same peers, in one run
 * (`deno task bench:plan`).
 *
 * The peers are SCPs on loopback ports in a process of their own, so that only the checking side is measured; some of
 * them reject, some are silent, some are dead. Both sides have the same parallelism and the same limits. The verdicts
 * are checked as well: every peer must be told for what it is, in the order of the plan. Options: `--peers=N` (default
 * 1000), `--jobs=N` (default 32), `--rounds=N` (default 3).
 */

import {
  type Cost,
  costMissing,
  measureCost,
  measureMemory,
  memoryMissing,
  summarise,
} from "../support/measure.ts";
import { type Site, type SitePeer, startSite } from "../support/plan_site.ts";
import { ourProgram, type Program, referenceProgram, runProgram } from "../support/run_program.ts";

/** Limits of both sides in seconds: short, so that the silent peers do not drown everything else. */
const LIMITS = { connect: 5, acse: 1 };

async function main(args: readonly string[]): Promise<number> {
  if (args[0] === "--serve") return await serve(Number(args[1]));
  const obstacle = costMissing();
  if (obstacle !== undefined) {
    console.error(`cannot measure here: ${obstacle}`);
    return 1;
  }
  const count = optionOf(args, "peers") ?? 1000;
  const jobs = optionOf(args, "jobs") ?? 32;
  const rounds = optionOf(args, "rounds") ?? 3;
  await using site = await startServer(count);
  await using files = await writeFiles(site.peers);
  const kinds = Map.groupBy(site.peers, ({ kind }) => kind);
  const mixture = [...kinds].map(([kind, peers]) => `${peers.length} ${kind}`).join(", ");
  console.log(`${count} peers (${mixture}), ${jobs} at once, ${rounds} rounds`);
  const isRight = await checkVerdicts(site.peers, { files, jobs });
  await compare({ files, jobs, rounds });
  return isRight ? 0 : 1;
}

function optionOf(args: readonly string[], name: string): number | undefined {
  const value = args.find((arg) => arg.startsWith(`--${name}=`))?.split("=")[1];
  return value === undefined ? undefined : Number(value);
}

/** The site's process: prints its peers and goes on until standard input is closed. */
async function serve(count: number): Promise<number> {
  const part = Math.round(count / 20);
  const counts = { rejects: 2 * part, silent: Math.round(part / 5), dead: 2 * part };
  const answers = count - counts.rejects - counts.silent - counts.dead;
  await using site: Site = await startSite({ answers, ...counts });
  console.log(JSON.stringify(site.peers));
  await Array.fromAsync(Deno.stdin.readable);
  return 0;
}

/** Starts the site in a process of its own. */
async function startServer(
  count: number,
): Promise<AsyncDisposable & { readonly peers: readonly SitePeer[] }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", import.meta.filename ?? "", "--serve", `${count}`],
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
  readonly files: Files;
  readonly jobs: number;
}

function ourArgs({ files, jobs }: Task): readonly string[] {
  return ["--plan", files.plan, "--jobs", `${jobs}`, "--jobs-per-host", `${jobs}`];
}

/** Every answering peer must have passed, all others failed, and all in the order of the plan. */
async function checkVerdicts(peers: readonly SitePeer[], task: Task): Promise<boolean> {
  const { stdout } = await runProgram(ourProgram(), { args: ourArgs(task) });
  const lines = stdout.trimEnd().split("\n");
  const wrong = peers.filter(({ name, kind }, at) => {
    const verdict = kind === "answers" ? "passed" : "failed";
    return !lines[at]?.startsWith(`${verdict}\t${name}\t`);
  });
  console.log(`  ${lines.at(-1)?.replace(/^.*\.yaml: /, "")}`);
  const all = `all ${peers.length} verdicts are right and in the order of the plan`;
  console.log(wrong.length === 0 ? `  ${all}` : `  WRONG: ${wrong.map(({ name }) => name).join()}`);
  return wrong.length === 0;
}

/** A side of the comparison. */
interface Contestant {
  readonly name: string;
  readonly program: Program;
  readonly args: readonly string[];
  readonly runs: Cost[];
}

async function compare({ rounds, ...task }: Task & { readonly rounds: number }): Promise<void> {
  const reference = await referenceProgram();
  const ours = { name: "ours", program: ourProgram(), args: ourArgs(task), runs: [] };
  const contestants: Contestant[] = [ours];
  if ("missing" in reference) console.log(`  no ratios: ${reference.missing}`);
  else contestants.push(xargsOf(reference, task));
  for (let round = 0; round < rounds; round += 1) {
    for (const { program, args, runs } of contestants) runs.push(await measureCost(program, args));
  }
  for (const label of ["wall", "cpu"] as const) report(label, contestants);
  await reportMemory(ours);
}

function xargsOf({ command, args }: Program, { files, jobs }: Task): Contestant {
  const limits = ["-to", `${LIMITS.connect}`, "-ta", `${LIMITS.acse}`];
  const program = { command: "xargs", args: ["-a", files.list, "-P", `${jobs}`, "-L", "1"] };
  return { name: "xargs", program, args: [command, ...args, ...limits], runs: [] };
}

function report(label: "wall" | "cpu", contestants: readonly Contestant[]): void {
  const medians = contestants.map(({ name, runs }) => {
    const values = runs.map(({ wallMs, cpuMs }) => (label === "wall" ? wallMs : cpuMs) / 1000);
    const { median, low, high } = summarise(values);
    const spread = `(${low.toFixed(2)} .. ${high.toFixed(2)})`;
    console.log(
      `  ${label.padEnd(5)} ${name.padEnd(6)} ${median.toFixed(2).padStart(8)} s  ${spread}`,
    );
    return median;
  });
  const [ours, reference] = medians;
  if (ours === undefined || reference === undefined) return;
  console.log(
    `  ${label.padEnd(5)} ${
      (reference / ours).toFixed(1)
    } times less than the reference under xargs`,
  );
}

async function reportMemory({ program, args }: Contestant): Promise<void> {
  const obstacle = memoryMissing();
  if (obstacle !== undefined) return console.log(`  no memory figure: ${obstacle}`);
  const { peakBytes } = await measureMemory(program, { args });
  if (peakBytes === undefined) return;
  console.log(`  peak  ours   ${(peakBytes / 1024 / 1024).toFixed(0).padStart(8)} MiB`);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
