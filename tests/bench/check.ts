/**
 * What a check costs: ours and the reference, against the same peers, in one run (`deno task bench`).
 *
 * The runs of both programs alternate, so that a busy moment of the machine hits both; ratios are ours divided by the
 * reference's. Ours is measured bundled, which is what gets compiled, and from its modules; one check over TLS also by
 * each of our engines. Options: `--rounds=N` (default 15) and `--repeat-rounds=N` (default 3).
 */

import {
  type Cost,
  costMissing,
  measureCost,
  measureMemory,
  memoryMissing,
  summarise,
} from "../support/measure.ts";
import { missing } from "../support/installed.ts";
import { freePort, untilListening } from "../support/ports.ts";
import { available, startRealPeer } from "../support/real_peers.ts";
import {
  bundledProgram,
  ourProgram,
  type Program,
  referenceProgram,
  startProgram,
} from "../support/run_program.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { startTlsServer } from "../support/tls_servers.ts";

const REPEAT = 100;
const MEMORY_RUNS = 3;

interface Contestant {
  /** `bundle`: ours as it is compiled; `source`: ours run from its modules; `runtime`, `own`: the bundle by that engine. */
  readonly name: "bundle" | "source" | "reference" | "runtime" | "own";
  readonly program: Program;
  /** Its own options. */
  readonly options?: readonly string[];
}

interface Task {
  readonly peer: string;
  readonly args: readonly string[];
  readonly what: string;
  readonly rounds: number;
  /** Number of echoes in one run. */
  readonly echoes: number;
}

/** What one program needed for one task, run by run. */
interface Costs {
  readonly name: Contestant["name"];
  readonly runs: Cost[];
  readonly peaks: number[];
}

async function main(args: readonly string[]): Promise<number> {
  const obstacle = costMissing();
  if (obstacle !== undefined) {
    console.error(`cannot measure here: ${obstacle}`);
    return 1;
  }
  const rounds = optionOf(args, "rounds") ?? 15;
  const repeatRounds = optionOf(args, "repeat-rounds") ?? 3;
  const contestants = await findContestants();
  const say = memoryMissing();
  if (say !== undefined) console.log(`no memory figures: ${say}`);
  await withStorescp((peer) => compareAt(peer, { contestants, rounds, repeatRounds }));
  await withTls(async (peer) => {
    await compareAt(peer, { contestants, rounds, repeatRounds });
    await compareEngines(peer, { contestants, rounds });
  });
  await withOurListen((peer) => compareAt(peer, { contestants, rounds, repeatRounds }));
  return 0;
}

function optionOf(args: readonly string[], name: string): number | undefined {
  const value = args.find((arg) => arg.startsWith(`--${name}=`))?.split("=")[1];
  return value === undefined ? undefined : Number(value);
}

async function findContestants(): Promise<Contestant[]> {
  const found: Contestant[] = [];
  for (const name of ["reference", "bundle", "source"] as const) {
    const program = await CONTESTANTS[name]();
    if ("missing" in program) {
      console.log(`${name}: left out, ${program.missing}`);
    } else {
      console.log(`${name}: ${[program.command, ...program.args].join(" ")}`);
      found.push({ name, program });
    }
  }
  return found;
}

const CONTESTANTS = {
  reference: referenceProgram,
  bundle: bundledProgram,
  source: () => Promise.resolve(ourProgram()),
};

interface PeerAddress {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Options that this peer wants. */
  readonly options?: readonly string[];
}

async function withStorescp(use: (peer: PeerAddress) => Promise<void>): Promise<void> {
  const lacking = available("storescp");
  if (lacking !== undefined) return console.log(`\nstorescp is left out: ${lacking}`);
  await using peer = await startRealPeer("storescp");
  await use(peer);
}

/** Both sides show a certificate, in TLS 1.3. */
async function withTls(use: (peer: PeerAddress) => Promise<void>): Promise<void> {
  const lacking = available("storescp") ?? missing({ program: "openssl" });
  if (lacking !== undefined) return console.log(`\nTLS is left out: ${lacking}`);
  const pki = await sharedPki();
  const mutual = (side: string) => {
    const [key, certificate, ca] = [`${side}-good.key`, `${side}-good.pem`, "ca.pem"]
      .map((name) => `${pki}/${name}`);
    return ["+tls", key, certificate, "+cf", ca].map(String);
  };
  await using server = await startTlsServer(["storescp", ...mutual("server"), "{port}"], pki);
  const options = mutual("client");
  await use({ name: "storescp over TLS", host: "127.0.0.1", port: server.port, options });
}

async function withOurListen(use: (peer: PeerAddress) => Promise<void>): Promise<void> {
  const port = freePort();
  await using program = startProgram(ourProgram(), { args: ["--listen", `127.0.0.1:${port}`] });
  if (!await untilListening(port, { alive: () => program.alive })) {
    return console.log(`\nour --listen is left out, it did not come up:\n${program.output()}`);
  }
  await use({ name: "our --listen", host: "127.0.0.1", port });
}

interface Plan {
  readonly contestants: readonly Contestant[];
  readonly rounds: number;
  readonly repeatRounds: number;
}

async function compareAt(peer: PeerAddress, plan: Plan): Promise<void> {
  const target = [...peer.options ?? [], peer.host, `${peer.port}`];
  const repeat = ["--repeat", `${REPEAT}`, ...target];
  const { rounds, repeatRounds } = plan;
  const once = { peer: peer.name, args: target, what: "one check", rounds, echoes: 1 };
  const many = {
    peer: peer.name,
    args: repeat,
    what: `--repeat ${REPEAT}`,
    rounds: repeatRounds,
    echoes: REPEAT,
  };
  const onceCosts = await runTask(once, plan.contestants);
  report(once, onceCosts);
  const manyCosts = await runTask(many, plan.contestants);
  report(many, manyCosts);
  reportPerEcho(onceCosts, manyCosts);
}

/** One check by the runtime's TLS, by our own engine, and by the reference. */
async function compareEngines(
  peer: PeerAddress,
  { contestants, rounds }: Pick<Plan, "contestants" | "rounds">,
): Promise<void> {
  const bundle = contestants.find(({ name }) => name === "bundle");
  if (bundle === undefined) return console.log("\nthe engines are left out: there is no bundle");
  const reference = contestants.filter(({ name }) => name === "reference");
  const engines = (["runtime", "own"] as const).map((name): Contestant => ({
    ...bundle,
    name,
    options: ["--tls-engine", name],
  }));
  const args = [...peer.options ?? [], peer.host, `${peer.port}`];
  const task = { peer: peer.name, args, what: "one check by each engine", rounds, echoes: 1 };
  const costs = await runTask(task, [...reference, ...engines]);
  report(task, costs);
  const [, runtime, own] = reference.length === 0 ? [undefined, ...costs] : costs;
  const median = (cost?: Costs) => summarise(cost?.runs.map(({ wallMs }) => wallMs) ?? []).median;
  console.log(`  wall ms   own /runtime${column(median(own) / median(runtime), 3)}`);
}

async function runTask(task: Task, contestants: readonly Contestant[]): Promise<Costs[]> {
  const costs: Costs[] = contestants.map(({ name }) => ({ name, runs: [], peaks: [] }));
  // One run of each that does not count: files and caches are cold.
  const argsOf = ({ options = [] }: Contestant) => [...options, ...task.args];
  for (const one of contestants) await measureCost(one.program, argsOf(one));
  for (let round = 0; round < task.rounds; round += 1) {
    for (const [index, one] of contestants.entries()) {
      const cost = await measureCost(one.program, argsOf(one));
      if (cost.code !== 0) throw new Error(`${one.name} ended with ${cost.code} in ${task.what}`);
      costs[index]?.runs.push(cost);
    }
  }
  for (let round = 0; round < MEMORY_RUNS && memoryMissing() === undefined; round += 1) {
    for (const [index, one] of contestants.entries()) {
      const { peakBytes } = await measureMemory(one.program, { ...task, args: argsOf(one) });
      if (peakBytes !== undefined) costs[index]?.peaks.push(peakBytes / 1024 / 1024);
    }
  }
  return costs;
}

function report(task: Task, costs: readonly Costs[]): void {
  console.log(`\n${task.what} against ${task.peer}, ${task.rounds} alternating runs`);
  const measures = [
    { label: "wall ms", values: ({ runs }: Costs) => runs.map(({ wallMs }) => wallMs) },
    { label: "CPU ms", values: ({ runs }: Costs) => runs.map(({ cpuMs }) => cpuMs) },
    { label: "peak MiB", values: ({ peaks }: Costs) => peaks },
  ];
  for (const { label, values } of measures) {
    const medians = costs.map((cost) => {
      const { median, low, high } = summarise(values(cost));
      const spread = `(${low.toFixed(1)} .. ${high.toFixed(1)})`;
      console.log(`  ${label.padEnd(9)} ${cost.name.padEnd(10)} ${column(median)}  ${spread}`);
      return median;
    });
    sayRatios(label, { costs, medians });
  }
}

/** Subtracts the single check, so that the cost of starting a process drops out. */
function reportPerEcho(once: readonly Costs[], many: readonly Costs[]): void {
  const perEcho = many.map(({ name, runs }, index) => {
    const all = summarise(runs.map(({ wallMs }) => wallMs)).median;
    const one = summarise(once[index]?.runs.map(({ wallMs }) => wallMs) ?? []).median;
    const each = (all - one) / (REPEAT - 1);
    console.log(`  ${"ms/echo".padEnd(9)} ${name.padEnd(10)} ${column(each, 3)}`);
    return each;
  });
  sayRatios("ms/echo", { costs: many, medians: perEcho });
}

/** The median of each of ours divided by that of the reference. */
function sayRatios(
  label: string,
  { costs, medians }: { readonly costs: readonly Costs[]; readonly medians: readonly number[] },
): void {
  const reference = medians[costs.findIndex(({ name }) => name === "reference")];
  if (reference === undefined) return;
  for (const [index, { name }] of costs.entries()) {
    if (name === "reference") continue;
    const ratio = (medians[index] ?? NaN) / reference;
    const inverse = ratio < 1 ? `, ${(1 / ratio).toFixed(2)} times better` : "";
    console.log(`  ${label.padEnd(9)} ${`${name} /ref`.padEnd(10)}${column(ratio, 3)}${inverse}`);
  }
}

function column(value: number, digits = 1): string {
  return value.toFixed(digits).padStart(9);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
