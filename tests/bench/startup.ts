/**
 * What a start costs, with and without a log configuration: ours and the reference (`deno task bench:startup`).
 *
 * Runs alternate, so that a busy moment of the machine hits all. `bundle` is ours as it is compiled, `source` from its
 * modules. Options: `--rounds=N` (default 15), and `--other=DIRECTORY` to measure another checkout next to this one.
 */

import { type Cost, costMissing, measureCost, summarise } from "../support/measure.ts";
import {
  bundledProgram,
  ourProgram,
  type Program,
  referenceProgram,
} from "../support/run_program.ts";

interface Contestant {
  readonly name: string;
  readonly program: Program;
}

const CONFIG = `log4cplus.rootLogger = INFO, con, file
log4cplus.appender.con = log4cplus::ConsoleAppender
log4cplus.appender.con.logToStdErr = true
log4cplus.appender.file = log4cplus::RollingFileAppender
log4cplus.appender.file.File = FOLDER/echoscu.log
log4cplus.appender.file.layout = log4cplus::PatternLayout
log4cplus.appender.file.layout.ConversionPattern = %D{%Y-%m-%d %H:%M:%S.%q} %5p %c{1} - %m%n
`;

async function main(args: readonly string[]): Promise<number> {
  const obstacle = costMissing();
  if (obstacle !== undefined) {
    console.error(`cannot measure here: ${obstacle}`);
    return 1;
  }
  const rounds = Number(optionOf(args, "rounds") ?? 15);
  const contestants = await findContestants(optionOf(args, "other"));
  const folder = await Deno.makeTempDir({ prefix: "echoscu-startup-" });
  const config = `${folder}/log.cfg`;
  await Deno.writeTextFile(config, CONFIG.replace("FOLDER", folder));
  // Port 1 of this machine is closed: a check that ends at once.
  await compare("--version", { contestants, rounds, words: ["--version"] });
  await compare("a refused check", { contestants, rounds, words: ["127.0.0.1", "1"] });
  await compare("a refused check with -lc", {
    contestants,
    rounds,
    words: ["-lc", config, "127.0.0.1", "1"],
  });
  await Deno.remove(folder, { recursive: true });
  return 0;
}

function optionOf(args: readonly string[], name: string): string | undefined {
  return args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
}

async function findContestants(other: string | undefined): Promise<Contestant[]> {
  const source = ourProgram();
  const found: Contestant[] = [];
  for (
    const [name, program] of [
      ["reference", await referenceProgram()],
      ["bundle", await bundledProgram()],
      ["source", source],
    ] as const
  ) {
    if ("missing" in program) console.log(`left out: ${name}: ${program.missing}`);
    else found.push({ name, program });
  }
  if (other !== undefined) {
    const args = [...source.args.slice(0, -1), `${other.replace(/\/$/, "")}/main.ts`];
    found.push({ name: "other", program: { ...source, args } });
  }
  return found;
}

async function compare(
  what: string,
  { contestants, rounds, words }: {
    readonly contestants: readonly Contestant[];
    readonly rounds: number;
    readonly words: readonly string[];
  },
): Promise<void> {
  const costs = contestants.map(({ name }) => ({ name, runs: [] as Cost[] }));
  for (let round = -1; round < rounds; round++) {
    for (const [index, { program }] of contestants.entries()) {
      const cost = await measureCost(program, words);
      if (round >= 0) costs[index]?.runs.push(cost); // the first one only warms up
    }
  }
  console.log(`${what}, ${rounds} rounds: median (lowest) of wall and CPU time in ms`);
  for (const { name, runs } of costs) {
    const wall = summarise(runs.map(({ wallMs }) => wallMs));
    const cpu = summarise(runs.map(({ cpuMs }) => cpuMs));
    const show = ({ median, low }: { median: number; low: number }) =>
      `${median.toFixed(0).padStart(6)} (${low.toFixed(0)})`;
    console.log(`  ${name.padEnd(10)} wall ${show(wall)}   CPU ${show(cpu)}`);
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
