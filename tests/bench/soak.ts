/**
 * Endurance: many echoes on one association, then many associations one after another, in one process each.
 *
 * Run by `deno task soak`. Options: `--echoes=N` (default 100000) and `--associations=N` (default 20000). The peer is our
 * own answering side in a process of its own. At intervals a line says what both processes hold: heap after a
 * collection, resident memory, open descriptors. The exit code is 1 when either still grows after its first tenth.
 */

import { stillWorld } from "../support/still_world.ts";
import { run, type World } from "../../src/app/mod.ts";
import { TimerPool } from "../../src/association/mod.ts";
import { dial, listen } from "../../src/transport/mod.ts";
import { freePort, untilListening } from "../support/ports.ts";
import { ourProgram, startProgram } from "../support/run_program.ts";

/** What a process holds at one moment. */
interface Sample {
  readonly done: number;
  /** Bytes in use in the heap of this process, after a collection. */
  readonly heap: number;
  /** Resident bytes, ours and the peer's. */
  readonly resident: readonly [number, number];
  /** Open descriptors, ours and the peer's. */
  readonly descriptors: readonly [number, number];
}

const SAMPLES = 10;
const MEBIBYTE = 1_048_576;
/** What may come and go without being a leak. */
const HEAP_SLACK = 2 * MEBIBYTE;
/** A result lists its echoes, up to a bound: so much for each. */
const BYTES_OF_ECHO = 100;
/** Collectors let garbage lie for a while. */
const RESIDENT_SLACK = 96 * MEBIBYTE;

async function main(args: readonly string[]): Promise<number> {
  const echoes = optionOf(args, "echoes") ?? 100_000;
  const associations = optionOf(args, "associations") ?? 20_000;
  const port = freePort();
  const listenArgs = ["--listen", `127.0.0.1:${port}`];
  await using peer = startProgram(ourProgram(), { args: listenArgs });
  if (!await untilListening(port, { alive: () => true })) return 1;
  const steady = [
    await soak(`${echoes} echoes on one association`, {
      total: echoes,
      peer: peer.pid,
      keptBytes: BYTES_OF_ECHO * echoes,
      play: (sampled) => manyEchoes({ port, total: echoes }, sampled),
    }),
    await soak(`${associations} associations, one echo each`, {
      total: associations,
      peer: peer.pid,
      keptBytes: 0,
      play: (sampled) => manyAssociations({ port, total: associations }, sampled),
    }),
  ];
  return steady.every(Boolean) ? 0 : 1;
}

/** Told how much is done. */
type Progress = (done: number) => Promise<void>;

interface Soak {
  readonly total: number;
  readonly peer: number;
  /** What the result may keep. */
  readonly keptBytes: number;
  readonly play: (progress: Progress) => Promise<void>;
}

async function soak(title: string, { total, peer, keptBytes, play }: Soak): Promise<boolean> {
  console.log(`\n${title}`);
  console.log("     done   heap MiB   resident MiB   peer's   descriptors   peer's");
  const samples: Sample[] = [];
  const began = performance.now();
  await play(async (done) => {
    if (done % Math.ceil(total / SAMPLES) !== 0) return;
    const sample = await measure(done, peer);
    samples.push(sample);
    print(sample);
  });
  const seconds = (performance.now() - began) / 1000;
  console.log(`${seconds.toFixed(1)} s, ${(1000 * seconds / total).toFixed(3)} ms each`);
  return isSteady(samples, HEAP_SLACK + keptBytes);
}

/** Compares the first sample, when everything is warm, with the last one. */
function isSteady(samples: readonly Sample[], heapSlack: number): boolean {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || first === last) return false;
  const grown = [
    ["heap", last.heap - first.heap, heapSlack],
    ["resident memory", last.resident[0] - first.resident[0], RESIDENT_SLACK],
    ["the peer's resident memory", last.resident[1] - first.resident[1], RESIDENT_SLACK],
    ["descriptors", last.descriptors[0] - first.descriptors[0], 0],
    ["the peer's descriptors", last.descriptors[1] - first.descriptors[1], 1],
  ] as const;
  const leaks = grown.filter(([, by, slack]) => by > slack);
  for (const [what, by] of leaks) console.log(`GROWS: ${what} by ${by}`);
  return leaks.length === 0;
}

/** One run of the program with `--repeat`; the progress is counted on its way through the log. */
async function manyEchoes(
  { port, total }: { readonly port: number; readonly total: number },
  progress: Progress,
): Promise<void> {
  let done = 0;
  let sampling = Promise.resolve();
  const world = worldOf(["-v", "--repeat", `${total}`, "127.0.0.1", `${port}`], (line) => {
    if (!line.startsWith("I: Received Echo Response (Success)")) return;
    const now = ++done;
    sampling = sampling.then(() => progress(now));
  });
  const code = await run(world);
  await sampling;
  if (code !== 0 || done !== total) throw new Error(`exit ${code} after ${done} echoes`);
}

async function manyAssociations(
  { port, total }: { readonly port: number; readonly total: number },
  progress: Progress,
): Promise<void> {
  for (let done = 1; done <= total; done++) {
    const code = await run(worldOf(["127.0.0.1", `${port}`], (line) => {
      throw new Error(line);
    }));
    if (code !== 0) throw new Error(`exit ${code} of association ${done}`);
    await progress(done);
  }
}

/** The world as `main.ts` fills it in, but for its output. */
function worldOf(args: readonly string[], onLine: (line: string) => void): World {
  const text = new TextDecoder();
  return stillWorld({
    args,
    writeErr: (bytes) => onLine(text.decode(bytes)),
    clock: CLOCK,
    wallTime: () => Date.now(),
    signal: SIGNAL,
    dial,
    listen,
  });
}

/** One clock for all runs. */
const CLOCK = new TimerPool({
  now: () => performance.now(),
  after(ms, wake) {
    const timer = AbortSignal.timeout(ms);
    timer.addEventListener("abort", wake);
    return () => timer.removeEventListener("abort", wake);
  },
});

/** One signal for all runs, as a long-lived process has it. */
const SIGNAL = new AbortController().signal;

async function measure(done: number, peer: number): Promise<Sample> {
  (globalThis as { gc?: () => void }).gc?.();
  await new Promise((resume) => setTimeout(resume, 0));
  return {
    done,
    heap: Deno.memoryUsage().heapUsed,
    resident: [residentOf("self"), residentOf(peer)],
    descriptors: [descriptorsOf("self"), descriptorsOf(peer)],
  };
}

function print({ done, heap, resident, descriptors }: Sample): void {
  const [ours, theirs] = resident.map((bytes) => (bytes / MEBIBYTE).toFixed(1));
  const cells = [
    String(done).padStart(9),
    (heap / MEBIBYTE).toFixed(1).padStart(10),
    (ours ?? "").padStart(14),
    (theirs ?? "").padStart(8),
    String(descriptors[0]).padStart(13),
    String(descriptors[1]).padStart(8),
  ];
  console.log(cells.join(" "));
}

/** Resident bytes of a process, from Linux' tables; 0 elsewhere. */
function residentOf(pid: number | "self"): number {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function descriptorsOf(pid: number | "self"): number {
  try {
    return [...Deno.readDirSync(`/proc/${pid}/fd`)].length;
  } catch {
    return 0;
  }
}

function optionOf(args: readonly string[], name: string): number | undefined {
  const text = args.find((arg) => arg.startsWith(`--${name}=`))?.split("=")[1];
  return text === undefined ? undefined : Number(text);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
