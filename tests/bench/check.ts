/**
 * What a check costs (`deno task bench`): ours, the reference, other tools that are there, and the floor, which is the
 * least that the same runtime allows (`floor.ts`), in one run and against the same peers.
 *
 * Ours is measured compiled (the file that `ECHOSCU_BIN` names, else made by `tests/support/executable.ts`), as the bundle
 * that gets compiled, and from its sources. Runs alternate, so that a busy moment of the machine hits all; what counts is
 * the ratios. Options: `--rounds=N` (default 15), `--repeat=N` echoes on one association (default 1000; fewer for who
 * waits for a peer at each), `--repeat-rounds=N` (default 3), `--json=FILE`.
 */

import { executable } from "../support/executable.ts";
import { missing } from "../support/installed.ts";
import { costMissing, measureCost, memoryMissing, type summarise } from "../support/measure.ts";
import { startOurPeer } from "../support/our_peer.ts";
import { available, startRealPeer } from "../support/real_peers.ts";
import { SCU_NAMES, scuCommand, scuEchoes, scuMissing } from "../support/real_scus.ts";
import {
  bundledProgram,
  ourSources,
  type Program,
  referenceProgram,
} from "../support/run_program.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { startTlsServer } from "../support/tls_servers.ts";
import { compared, type Contestant, hold, REFERENCE, type Result, tableOf } from "./contest.ts";
import { compileScript, type FloorScripts, runScript, writeFloor } from "./floor.ts";
import { Arguments, machineLine, thisMachine, writeJson } from "./table.ts";

/** Longest that one run of many echoes shall take. */
const MOST_MS = 2500;

/** What can check a peer. */
interface Checker {
  readonly name: string;
  readonly program: Program;
  /** Words for so many echoes at `127.0.0.1 PORT`; `undefined` when it can only do one. */
  readonly words: (port: number, echoes: number) => readonly string[] | undefined;
  readonly floor?: string;
  /** Whether its exit code says nothing. */
  readonly anyCode?: boolean;
  /** Whether it is ours and knows our options. */
  readonly isOurs?: true;
}

interface Rounds {
  readonly rounds: number;
  readonly repeat: number;
  readonly repeatRounds: number;
}

async function main(args: readonly string[]): Promise<number> {
  const obstacle = costMissing();
  if (obstacle !== undefined) {
    console.error(`cannot measure here: ${obstacle}`);
    return 1;
  }
  const given = new Arguments(args, ["rounds", "repeat", "repeat-rounds", "json"]);
  const rounds = given.count("rounds", 15);
  const repeat = given.count("repeat", 1000);
  const plan = { rounds, repeat, repeatRounds: given.count("repeat-rounds", 3) };
  const machine = thisMachine();
  console.log(machineLine(machine));
  const say = memoryMissing();
  if (say !== undefined) console.log(`no memory figures: ${say}`);
  const folder = await Deno.makeTempDir({ prefix: "echoscu-bench-" });
  try {
    const results = await measureAll(folder, plan);
    await writeJson(given.text("json"), { machine, results });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  return 0;
}

async function measureAll(folder: string, plan: Rounds): Promise<readonly Result[]> {
  const bundle = await bundledProgram();
  if ("missing" in bundle) throw new Error(bundle.missing);
  await using peer = await startOurPeer(bundle);
  const floor = await writeFloor(folder, { program: bundle, port: peer.port });
  const made = await executable(folder);
  const compiled = "missing" in made ? [] : await compiledFloors(floor, {
    lab: made.origin !== "own runtime",
  });
  const checkers = await checkersOf(bundle, { floor, made, compiled: compiled.slice(0, 1) });
  const variants = variantsOf(floor);
  const once = [...checkers, ...variants.checkers, ...compiled.slice(1)];
  const results: Result[] = [];
  const show = (found: readonly Result[], digits?: number) => {
    if (found.length > 0) console.log(`\n${tableOf(found, digits)}`);
    results.push(...found);
  };
  const starting = [...starts(checkers, floor), ...variants.starts];
  show(await hold({ what: "--version", rounds: plan.rounds, contestants: starting }));
  const peers = [
    { name: "our --listen", port: peer.port, [Symbol.asyncDispose]: () => Promise.resolve() },
    ...await realPeers(),
  ];
  for (const place of peers) {
    await using at = place;
    show(await hold(onceAt(at, { checkers: once, rounds: plan.rounds })));
    show(await perEcho(at, { checkers, plan }), 3);
  }
  show(await engines(checkers, { rounds: plan.rounds, floor }));
  return results;
}

async function realPeers() {
  const lacking = available("storescp");
  if (lacking === undefined) return [await startRealPeer("storescp")];
  console.log(`storescp is left out: ${lacking}`);
  return [];
}

type Made = Awaited<ReturnType<typeof executable>>;

/** All that can be had here; says why the others are left out. */
async function checkersOf(
  bundle: Program,
  { floor, made, compiled }: {
    readonly floor: FloorScripts;
    readonly made: Made;
    readonly compiled: readonly Checker[];
  },
): Promise<readonly Checker[]> {
  const found: Checker[] = [];
  const ours = (name: string, program: Program, floor: string) => {
    found.push({ name, program, words: ourWords, floor, isOurs: true });
  };
  const reference = await referenceProgram();
  if ("missing" in reference) console.log(`${REFERENCE} is left out: ${reference.missing}`);
  else found.push({ name: REFERENCE, program: reference, words: ourWords });
  if ("missing" in made) console.log(`compiled is left out: ${made.missing}`);
  else {
    found.push(...compiled);
    ours(`compiled (${made.origin})`, made.program, COMPILED_FLOOR);
  }
  const script = { words: floorWords, floor: FLOOR };
  found.push({ name: FLOOR, program: runScript(floor.check), ...script });
  ours("deno run, bundle", bundle, FLOOR);
  ours("deno run, sources", ourSources(), FLOOR);
  return [...found, ...otherCheckers()];
}

/** Other vendors' programs that echo; how some of them end says nothing. */
function otherCheckers(): readonly Checker[] {
  return SCU_NAMES.filter((name) => scuEchoes(name) && name !== "echoscu").flatMap((name) => {
    const lacking = scuMissing(name);
    if (lacking !== undefined) {
      console.log(`${name} is left out: ${lacking}`);
      return [];
    }
    const commandOf = (port: number) =>
      scuCommand(name, { host: "127.0.0.1", port, called: "ANY-SCP", calling: "ECHOSCU" });
    const [command = ""] = commandOf(1);
    const words = (port: number, echoes: number) =>
      echoes === 1 ? commandOf(port).slice(1) : undefined;
    return [{ name, program: { command, args: [] }, words, anyCode: true }];
  });
}

const FLOOR = "floor";
const COMPILED_FLOOR = "floor, compiled";
const EMPTY = "empty";

function floorWords(port: number, echoes: number): readonly string[] {
  return ["127.0.0.1", `${port}`, `${echoes}`];
}

function onceWords(port: number, echoes: number): readonly string[] | undefined {
  return echoes === 1 ? floorWords(port, echoes) : undefined;
}

function ourWords(port: number, echoes: number): readonly string[] {
  return [...echoes === 1 ? [] : ["--repeat", `${echoes}`], "127.0.0.1", `${port}`];
}

/** What a check of ours has of the variants: neither our sources nor a module of Node.js. */
const OF_A_CHECK = ["a Web Stream", "our code"];

/** The floor of an executable, then what stops one above it; nothing where it cannot be compiled, and that is said. */
async function compiledFloors(
  { check, empty, more }: FloorScripts,
  how: { readonly lab: boolean },
): Promise<readonly Checker[]> {
  const floor = COMPILED_FLOOR;
  try {
    await compileScript(empty, how);
    const program = await compileScript(check, how);
    const found: Checker[] = [{ name: floor, program, words: floorWords, floor }];
    for (const [what, file] of Object.entries(more.check)) {
      if (!OF_A_CHECK.includes(what)) continue;
      const program = await compileScript(file, how);
      found.push({ name: `${floor}, and ${what}`, program, words: onceWords, floor });
    }
    return found;
  } catch (error) {
    console.log(`${floor} is left out: ${error instanceof Error ? error.message : error}`);
    return [];
  }
}

/** What stops a program above the floor: the floor with one thing more, and a start that does nothing else. */
function variantsOf({ more }: FloorScripts): {
  readonly checkers: readonly Checker[];
  readonly starts: readonly Contestant[];
} {
  return {
    checkers: Object.entries(more.check).map(([what, file]) => ({
      name: `${FLOOR} and ${what}`,
      program: runScript(file),
      words: onceWords,
      floor: FLOOR,
    })),
    starts: Object.entries(more.empty).map(([what, file]) => ({
      name: `${EMPTY} and ${what}`,
      program: runScript(file),
      args: [],
      floor: EMPTY,
    })),
  };
}

/** The floor of a start is a program that is empty. */
function starts(checkers: readonly Checker[], { empty }: FloorScripts): readonly Contestant[] {
  const nothing: Readonly<Record<string, Program>> = {
    [FLOOR]: runScript(empty),
    [COMPILED_FLOOR]: { command: empty.replace(/\.js$/, ""), args: [] },
  };
  const emptied = (floor?: string) => floor?.replace("floor", EMPTY);
  return checkers.filter(({ name, floor }) => floor !== undefined || name === REFERENCE)
    .map(({ name, program, floor }) => ({
      name: name in nothing ? emptied(name) ?? name : name,
      program: nothing[name] ?? program,
      args: name in nothing ? [] : ["--version"],
      floor: emptied(floor),
    }));
}

interface Place {
  readonly name: string;
  readonly port: number;
}

function onceAt(
  { name, port }: Place,
  { checkers, rounds }: { readonly checkers: readonly Checker[]; readonly rounds: number },
) {
  const contestants = checkers.map((one) => ({ ...one, args: one.words(port, 1) ?? [] }));
  return { what: `one check against ${name}`, rounds, contestants };
}

/** What one more echo costs: many on one association, without what a run of one takes. */
async function perEcho(
  { name, port }: Place,
  { checkers, plan }: { readonly checkers: readonly Checker[]; readonly plan: Rounds },
): Promise<readonly Result[]> {
  const what = `per echo of --repeat ${plan.repeat} against ${name}`;
  const able: (Checker & { readonly echoes: number })[] = [];
  for (const checker of checkers.filter(({ words }) => words(port, 2) !== undefined)) {
    able.push({ ...checker, echoes: await echoesWithin(checker, { port, most: plan.repeat }) });
  }
  const contestants = able.flatMap((one): readonly Contestant[] =>
    [1, one.echoes].map((count, at) => ({
      name: `${one.name} ${at}`,
      program: one.program,
      args: one.words(port, count) ?? [],
    }))
  );
  const held = await hold({ what, rounds: plan.repeatRounds, contestants });
  const results = able.flatMap(({ name, echoes }, at): readonly Result[] => {
    const [one, many] = held.slice(2 * at);
    if (one === undefined || many === undefined) return [];
    const each = (key: "wallMs" | "cpuMs") => divided(many[key], { one: one[key], echoes });
    const { rounds } = many;
    return [{ what, name, rounds, echoes, wallMs: each("wallMs"), cpuMs: each("cpuMs") }];
  });
  return compared(results, able);
}

/** As many echoes as end within the time, judged by ten of them. */
async function echoesWithin(
  { program, words }: Checker,
  { port, most }: { readonly port: number; readonly most: number },
): Promise<number> {
  const { wallMs } = await measureCost(program, words(port, 11) ?? []);
  return Math.max(2, Math.min(most, Math.floor(10 * MOST_MS / wallMs)));
}

function divided(
  many: ReturnType<typeof summarise>,
  { one, echoes }: { readonly one: ReturnType<typeof summarise>; readonly echoes: number },
): ReturnType<typeof summarise> {
  const each = (value: number) => (value - one.median) / (echoes - 1);
  return { median: each(many.median), low: each(many.low), high: each(many.high) };
}

/**
 * One check over TLS 1.3, both sides with a certificate: by the reference, by each engine of ours, and by the runtime's TLS
 * in a bare script.
 */
async function engines(
  checkers: readonly Checker[],
  { rounds, floor }: { readonly rounds: number; readonly floor: FloorScripts },
): Promise<readonly Result[]> {
  const lacking = available("storescp") ?? missing({ program: "openssl" });
  if (lacking !== undefined) {
    console.log(`\nTLS is left out: ${lacking}`);
    return [];
  }
  const pki = await sharedPki();
  const filesOf = (side: string) =>
    [`${side}-good.key`, `${side}-good.pem`, "ca.pem"].map((name) => `${pki}/${name}`);
  const server = ["storescp", ...mutualTls(filesOf("server")), "{port}"];
  await using peer = await startTlsServer(server, pki);
  const able: Contestant[] = [];
  for (const one of securedBy(checkers, { port: peer.port, files: filesOf("client"), floor })) {
    // The runtime of an older Deno cannot do all that its engine is asked for.
    const { code } = await measureCost(one.program, one.args);
    if (code === 0) able.push(one);
    else console.log(`\n${one.name} is left out: it ended with ${code}`);
  }
  const what = "one check over TLS against storescp (its floor: the runtime's engine)";
  return await hold({ what, rounds, contestants: able });
}

/** With a key, its certificate, and the CA of the other side. */
function mutualTls([key = "", certificate = "", ca = ""]: readonly string[]): readonly string[] {
  return ["+tls", key, certificate, "+cf", ca];
}

function securedBy(
  checkers: readonly Checker[],
  { port, files, floor }: {
    readonly port: number;
    readonly files: readonly string[];
    readonly floor: FloorScripts;
  },
): readonly Contestant[] {
  const target = [...mutualTls(files), "127.0.0.1", `${port}`];
  return checkers.flatMap(({ name, program, isOurs }): readonly Contestant[] => {
    if (name === REFERENCE) return [{ name, program, args: target }];
    if (name === FLOOR) {
      const args = ["localhost", `${port}`, "1", ...files];
      return [{ name: `${FLOOR}, by Deno.connectTls`, program: runScript(floor.tls), args }];
    }
    if (isOurs === undefined || name.includes("sources")) return [];
    return ["runtime", "own"].map((engine) => ({
      name: `${name}, ${engine} engine`,
      program,
      args: ["--tls-engine", engine, ...target],
      // What it is compared with: the runtime's engine, in the same form.
      floor: `${name}, runtime engine`,
    }));
  });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
