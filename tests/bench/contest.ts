/** Lets programs do the same thing in turn, and compares what each of them cost. */

import { fill } from "./table.ts";
import {
  type Cost,
  measureCost,
  measureMemory,
  memoryMissing,
  summarise,
} from "../support/measure.ts";
import type { Program } from "../support/run_program.ts";

/** Peak memory is looked at in runs of their own, fewer of them. */
const MEMORY_RUNS = 5;

/** A program, and what it does. */
export interface Contestant {
  /** Unique in its contest. */
  readonly name: string;
  readonly program: Program;
  readonly args: readonly string[];
  /** Name of the contestant that does the least that its runtime allows. */
  readonly floor?: string | undefined;
  /** Whether its exit code says nothing. */
  readonly anyCode?: boolean | undefined;
}

/** What is measured. */
export interface Contest {
  /** Such as `one check against storescp`. */
  readonly what: string;
  readonly rounds: number;
  readonly contestants: readonly Contestant[];
}

/** Median, lowest and highest of some runs. */
export type Spread = ReturnType<typeof summarise>;

/** Medians divided by those of another contestant. */
export interface Ratios {
  readonly wall: number;
  readonly cpu: number;
  /** Absent where memory was not measured. */
  readonly peak?: number;
}

/** What a contestant needed, over all rounds. */
export interface Result {
  readonly what: string;
  readonly name: string;
  readonly rounds: number;
  /** How many echoes the times of one are taken from. */
  readonly echoes?: number;
  readonly wallMs: Spread;
  /** User and system time. */
  readonly cpuMs: Spread;
  /** Absent where it was not measured. */
  readonly peakMiB?: Spread;
  readonly toFloor?: Ratios;
  readonly toReference?: Ratios;
}

/** The contestant that the others are compared with. */
export const REFERENCE = "reference";

/** Lets all contestants run in turn, so that a busy moment hits all of them; throws when one ends with another code than 0. */
export async function hold({ what, rounds, contestants }: Contest): Promise<readonly Result[]> {
  const runs = contestants.map(() => [] as Cost[]);
  // One run of each that does not count: files and caches are cold.
  for (let round = -1; round < rounds; round++) {
    for (const [index, { name, program, args, anyCode }] of contestants.entries()) {
      const cost = await measureCost(program, args);
      if (cost.code !== 0 && !anyCode) throw new Error(`${name} ended with ${cost.code}: ${what}`);
      if (round >= 0) runs[index]?.push(cost);
    }
  }
  const peaks = await peaksOf(contestants, Math.min(rounds, MEMORY_RUNS));
  const results = contestants.map(({ name }, index): Result => {
    const peakMiB = peaks[index] ?? [];
    return {
      what,
      name,
      rounds,
      wallMs: summarise(runs[index]?.map(({ wallMs }) => wallMs) ?? []),
      cpuMs: summarise(runs[index]?.map(({ cpuMs }) => cpuMs) ?? []),
      ...peakMiB.length === 0 ? {} : { peakMiB: summarise(peakMiB) },
    };
  });
  return compared(results, contestants);
}

async function peaksOf(
  contestants: readonly Contestant[],
  rounds: number,
): Promise<readonly (readonly number[])[]> {
  const peaks = contestants.map(() => [] as number[]);
  if (memoryMissing() !== undefined) return peaks;
  for (let round = 0; round < rounds; round++) {
    for (const [index, { program, args }] of contestants.entries()) {
      const { peakBytes } = await measureMemory(program, { args });
      if (peakBytes !== undefined) peaks[index]?.push(peakBytes / 1024 / 1024);
    }
  }
  return peaks;
}

/** The results with the ratios that they allow. */
export function compared(
  results: readonly Result[],
  contestants: readonly Pick<Contestant, "name" | "floor">[],
): readonly Result[] {
  const named = (wanted?: string) => results.find(({ name }) => name === wanted);
  return results.map((result) => {
    const floor = named(contestants.find(({ name }) => name === result.name)?.floor);
    const reference = result.name === REFERENCE ? undefined : named(REFERENCE);
    return {
      ...result,
      ...floor === undefined ? {} : { toFloor: ratiosOf(result, floor) },
      ...reference === undefined ? {} : { toReference: ratiosOf(result, reference) },
    };
  });
}

function ratiosOf(one: Result, other: Result): Ratios {
  const peak = (one.peakMiB?.median ?? NaN) / (other.peakMiB?.median ?? NaN);
  return {
    wall: one.wallMs.median / other.wallMs.median,
    cpu: one.cpuMs.median / other.cpuMs.median,
    ...Number.isNaN(peak) ? {} : { peak },
  };
}

/** The results of one contest as lines; `digits` after the point of times. */
export function tableOf(results: readonly Result[], digits = 1): string {
  const [first] = results;
  if (first === undefined) return "";
  const spread = ({ median, low, high }: Spread) =>
    `${median.toFixed(digits)} (${low.toFixed(digits)} .. ${high.toFixed(digits)})`;
  const shown = (ratios?: Ratios) =>
    ratios === undefined ? "" : [ratios.wall, ratios.cpu, ratios.peak ?? NaN]
      .map((value) => Number.isNaN(value) ? "-" : value.toFixed(2)).join(" ");
  const rows = results.map(({ name, echoes, wallMs, cpuMs, peakMiB, toFloor, toReference }) => [
    echoes === undefined ? name : `${name}, of ${echoes}`,
    spread(wallMs),
    spread(cpuMs),
    peakMiB?.median.toFixed(1) ?? "-",
    shown(toFloor),
    shown(toReference),
  ]);
  const heads = ["", "wall ms", "CPU ms", "peak MiB", "to its floor", "to the reference"];
  return `${first.what}: medians of ${first.rounds} alternating runs (lowest .. highest); ` +
    `ratios of wall, CPU, peak\n${fill(heads, rows)}`;
}
