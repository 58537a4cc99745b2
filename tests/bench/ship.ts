/**
 * What the program weighs in each form it can have (`deno task bench:ship`): compiled, bundled and from its sources,
 * next to the reference. One check each, against the same peer, in alternating runs. Option: `--rounds=N` (default 15).
 *
 * Where Deno's runtime cannot be downloaded the laboratory one is measured, whose older Deno starts more slowly.
 */

import { executable } from "../support/executable.ts";
import { findProgram } from "../support/installed.ts";
import {
  type Cost,
  costMissing,
  measureCost,
  measureMemory,
  memoryMissing,
  summarise,
} from "../support/measure.ts";
import { startOurPeer } from "../support/our_peer.ts";
import {
  bundledProgram,
  ourProgram,
  type Program,
  referenceProgram,
} from "../support/run_program.ts";

const MEMORY_RUNS = 5;

interface Form {
  readonly name: string;
  readonly program: Program;
  /** Bytes that must be on the host. */
  readonly bytes: number;
  readonly runs: Cost[];
  readonly peaks: number[];
}

async function main(args: readonly string[]): Promise<number> {
  const obstacle = costMissing();
  if (obstacle !== undefined) {
    console.error(`cannot measure here: ${obstacle}`);
    return 1;
  }
  const rounds = Number(/^--rounds=(\d+)$/.exec(args[0] ?? "")?.[1] ?? 15);
  const folder = await Deno.makeTempDir({ prefix: "echoscu-bench-" });
  try {
    const forms = await findForms(folder);
    await using peer = await startOurPeer();
    await measureAll(forms, { rounds, args: peer.args });
    report(forms, rounds);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  return 0;
}

async function findForms(folder: string): Promise<readonly Form[]> {
  const forms: Form[] = [];
  const add = (name: string, found: { missing: string } | { program: Program; bytes: number }) => {
    if ("missing" in found) console.log(`${name}: left out, ${found.missing}`);
    else forms.push({ name, ...found, runs: [], peaks: [] });
  };
  const reference = await referenceProgram();
  add("reference", "missing" in reference ? reference : await sized(reference));
  const made = await executable(folder, { preparing: true });
  add(
    "origin" in made ? `compiled (${made.origin})` : "compiled",
    "missing" in made ? made : await sized(made.program),
  );
  const bundle = await bundledProgram();
  add("deno run, bundled", "missing" in bundle ? bundle : await sized(bundle));
  const source = ourProgram();
  if (source.args.length > 0) add("deno run, sources", await sized(source));
  return forms;
}

/** Size of the file that is executed, with the shared libraries of its own package. */
async function sized(program: Program): Promise<{ program: Program; bytes: number }> {
  const path = program.command.includes("/") ? program.command : findProgram(program.command);
  let bytes = (await Deno.stat(path ?? program.command)).size;
  for (const library of await ownLibraries(path ?? program.command)) {
    bytes += (await Deno.stat(library)).size;
  }
  return { program, bytes };
}

async function ownLibraries(path: string): Promise<readonly string[]> {
  if (Deno.build.os !== "linux") return [];
  const { stdout } = await new Deno.Command("ldd", { args: [path], stderr: "null" }).output();
  const found = [...new TextDecoder().decode(stdout).matchAll(/=> (\/\S+)/g)];
  return found.map(([, library = ""]) => library).filter((library) =>
    /\/lib(dcm|of)\w*\.so/.test(library)
  );
}

interface Task {
  readonly rounds: number;
  readonly args: readonly string[];
}

async function measureAll(forms: readonly Form[], { rounds, args }: Task): Promise<void> {
  // One run of each that does not count: files and caches are cold.
  for (const { program } of forms) await measureCost(program, args);
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, program, runs } of forms) {
      const cost = await measureCost(program, args);
      if (cost.code !== 0) throw new Error(`${name} ended with ${cost.code}`);
      runs.push(cost);
    }
  }
  for (let round = 0; round < MEMORY_RUNS && memoryMissing() === undefined; round += 1) {
    for (const { program, peaks } of forms) {
      const { peakBytes } = await measureMemory(program, { args });
      if (peakBytes !== undefined) peaks.push(peakBytes / 1024 / 1024);
    }
  }
}

function report(forms: readonly Form[], rounds: number): void {
  const width = Math.max(...forms.map(({ name }) => name.length));
  console.log(
    `one check against our --listen, medians of ${rounds} alternating runs (lowest .. highest)\n`,
  );
  console.log(
    `| ${"form".padEnd(width)} | size MB | ${"wall ms".padEnd(20)} | ${
      "CPU ms".padEnd(20)
    } | peak MiB |`,
  );
  console.log(
    `| ${"-".repeat(width)} | ------- | ${"-".repeat(20)} | ${"-".repeat(20)} | -------- |`,
  );
  for (const { name, bytes, runs, peaks } of forms) {
    const cells = [
      (bytes / 1e6).toFixed(1).padStart(7),
      spread(runs.map(({ wallMs }) => wallMs)),
      spread(runs.map(({ cpuMs }) => cpuMs)),
      peaks.length === 0 ? "-".padStart(8) : summarise(peaks).median.toFixed(1).padStart(8),
    ];
    console.log(`| ${name.padEnd(width)} | ${cells.join(" | ")} |`);
  }
}

function spread(values: readonly number[]): string {
  const { median, low, high } = summarise(values);
  return `${median.toFixed(0).padStart(5)} (${low.toFixed(0)} .. ${high.toFixed(0)})`.padEnd(20);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
