/** Runs one step of the gate: a command of the Deno that runs the gate. */

import { pathToFileURL as toFileUrl } from "node:url";
import { withFolder } from "../../tests/support/with_folder.ts";
import { cpuSecondsIn, timed } from "./cpu.ts";
import { closingLine, type Counts, countTests, NO_TESTS } from "./junit.ts";
import type { Step } from "./steps.ts";

/** What came of a step. */
interface Outcome {
  readonly counts: Counts;
  /** Both output streams, as they came. */
  readonly output: string;
  /** CPU of all its processes, where that is known. */
  readonly cpuSeconds?: number | undefined;
}

/** How Deno ended. */
interface Run {
  readonly success: boolean;
  readonly output: string;
  readonly cpuSeconds: number | undefined;
}

/** What a step leaves after. */
export interface StepResult {
  readonly counts: Counts;
  /** What tests say that is to be seen although they passed: crashes of the reference, limits made wider. */
  readonly notes: readonly string[];
}

const NOTE = /^ *(?:the reference's crash, |once more with limits |again and alone: ).*$/gm;

/**
 * Runs a step and counts its tests.
 *
 * Steps run next to each other, so what one prints is kept until it is done, and then printed in one piece.
 */
export async function runStep(step: Step): Promise<StepResult> {
  console.log(`-- ${step.name} begins`);
  const started = performance.now();
  const { counts, output, cpuSeconds } = await withFolder((folder) =>
    step.tests ? runTests(step, folder) : runCheck(step, folder)
  );
  const seconds = (performance.now() - started) / 1000;
  const cost = `${seconds.toFixed(1)} s${cpuSeconds ? `, ${cpuSeconds.toFixed(1)} s of CPU` : ""}`;
  const end = `== ${step.name}: ${closingLine(counts)} (${cost})`;
  console.log(`\n== ${step.name}\n${output}${output.endsWith("\n") ? "" : "\n"}${end}\n`);
  const notes = [...output.matchAll(NOTE)].map(([line]) => `${step.name}: ${line.trim()}`);
  return { counts, notes };
}

async function runCheck(step: Step, folder: string): Promise<Outcome> {
  const { success, ...run } = await deno(step, { folder });
  const counts = success ? { ...NO_TESTS, passed: 1 } : { ...NO_TESTS, failed: [step.name] };
  return { counts, ...run };
}

async function runTests(step: Step, folder: string): Promise<Outcome> {
  const file = `${folder}/counts.xml`;
  const shared = step.isShared ? await sharing(step, folder) : step;
  const { success, ...run } = await deno(shared, { folder, flags: [`--junit-path=${file}`] });
  const counts = await Deno.readTextFile(file).then(countTests, () => NO_TESTS);
  // A file that does not compile, an error outside a test, or a Deno that was ended leaves no failed test after it.
  if (success || counts.failed.length > 0) return { counts, ...run };
  return { counts: { ...counts, failed: [step.name] }, ...run };
}

/** The step with one file, in `folder`, that imports all its files of tests. */
async function sharing(step: Step, folder: string): Promise<Step> {
  const isTest = (arg: string) => arg.endsWith("_test.ts");
  const top = toFileUrl(`${Deno.cwd()}/`);
  const imports = step.args.filter(isTest).map((path) => `import "${new URL(path, top)}";\n`);
  await Deno.writeTextFile(`${folder}/all_test.ts`, imports.join(""));
  const [subcommand = "", ...rest] = step.args.filter((arg) => !isTest(arg));
  const end = rest.indexOf("--");
  const entry = ["--config=deno.json", `${folder}/all_test.ts`];
  return { ...step, args: [subcommand, ...rest.toSpliced(end, 0, ...entry)] };
}

/** Runs Deno itself; `flags` go after the subcommand. */
async function deno(
  step: Step,
  { folder, flags = [] }: { readonly folder: string; readonly flags?: readonly string[] },
): Promise<Run> {
  const [subcommand = "", ...args] = step.args;
  const times = `${folder}/times`;
  const own = { command: Deno.execPath(), args: [subcommand, ...flags, ...args] };
  const { command, args: all } = timed(own, times);
  const child = new Deno.Command(command, {
    args: [...all],
    env: { NO_COLOR: "1", DENO_NO_PACKAGE_JSON: "1", DENO_NO_UPDATE_CHECK: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const pieces: string[] = [];
  await Promise.all([child.stdout, child.stderr].map((stream) => collect(stream, pieces)));
  const { success } = await child.status;
  const cpuSeconds = cpuSecondsIn(await Deno.readTextFile(times).catch(() => ""));
  return { success, output: pieces.join(""), cpuSeconds };
}

async function collect(stream: ReadableStream<Uint8Array>, into: string[]): Promise<void> {
  for await (const text of stream.pipeThrough(new TextDecoderStream())) into.push(text);
}
