/** Measures what a run costs: wall and CPU time by bash, peak memory by the kernel's own high-water mark. */

import { findProgram } from "./installed.ts";
import { type Program, type Run, runProgram } from "./run_program.ts";

/** What one run cost. */
export interface Cost {
  /** Wall time in milliseconds. */
  readonly wallMs: number;
  /** User and system CPU time in milliseconds. */
  readonly cpuMs: number;
  /** Exit code. */
  readonly code: number;
}

/** A run with its peak resident memory. */
export interface MemoryRun extends Run {
  /** Peak resident memory in bytes; `undefined` where the system does not tell. */
  readonly peakBytes: number | undefined;
}

/** How often memory is looked at; the mark only rises, so that only the last moment before the end can be missed. */
const LOOK_MS = 3;

/** A run that is measured may take long. */
const LONGEST_MS = 1_800_000;

/** Says why times cannot be measured here; `undefined` when they can. */
export function costMissing(): string | undefined {
  return findProgram("bash") === undefined ? "bash is needed to measure CPU time" : undefined;
}

/** Says why memory cannot be measured here; `undefined` when it can. */
export function memoryMissing(): string | undefined {
  return Deno.build.os === "linux"
    ? undefined
    : "peak memory is read from /proc, which only Linux has";
}

/** Runs a program once and takes its times (resolution 1 ms). */
export async function measureCost(program: Program, args: readonly string[]): Promise<Cost> {
  const script = 'TIMEFORMAT="%3R %3U %3S"; time "$@" >/dev/null 2>&1';
  const bash = { command: "bash", args: ["-c", script, "bash", program.command, ...program.args] };
  const { stderr, code } = await runProgram(bash, { args, timeoutMs: LONGEST_MS });
  // Bash words the signal that ended a program in a line before.
  const [real = NaN, user = NaN, system = NaN] =
    stderr.trim().split("\n").at(-1)?.split(" ").map(Number) ?? [];
  return { wallMs: real * 1000, cpuMs: (user + system) * 1000, code };
}

/** Runs a program once and takes its peak memory. */
export async function measureMemory(
  program: Program,
  run: { readonly args: readonly string[]; readonly timeoutMs?: number },
): Promise<MemoryRun> {
  let peakKib = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const result = await runProgram(program, {
    ...run,
    watch: (pid) => {
      timer = setInterval(() => peakKib = Math.max(peakKib, highWaterKib(pid)), LOOK_MS);
    },
  });
  clearInterval(timer);
  return { ...result, peakBytes: peakKib === 0 ? undefined : peakKib * 1024 };
}

/** The middle value, and the lowest and highest ones. */
export function summarise(
  values: readonly number[],
): { median: number; low: number; high: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  const lower = sorted.length % 2 === 0 ? sorted[middle - 1] ?? NaN : upper;
  return { median: (lower + upper) / 2, low: sorted[0] ?? NaN, high: sorted.at(-1) ?? NaN };
}

function highWaterKib(pid: number): number {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
