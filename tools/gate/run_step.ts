/** Runs one step of the gate: a command of the Deno that runs the gate. */

import { pathToFileURL as toFileUrl } from "node:url";
import { closingLine, type Counts, countTests, NO_TESTS } from "./junit.ts";
import type { Step } from "./steps.ts";

/** What came of a step. */
interface Outcome {
  readonly counts: Counts;
  /** Both output streams, as they came. */
  readonly output: string;
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
  const { counts, output } = step.tests ? await runTests(step) : await runCheck(step);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const end = `== ${step.name}: ${closingLine(counts)} (${seconds} s)`;
  console.log(`\n== ${step.name}\n${output}${output.endsWith("\n") ? "" : "\n"}${end}\n`);
  const notes = [...output.matchAll(NOTE)].map(([line]) => `${step.name}: ${line.trim()}`);
  return { counts, notes };
}

async function runCheck(step: Step): Promise<Outcome> {
  const { success, output } = await deno(step, []);
  const counts = success ? { ...NO_TESTS, passed: 1 } : { ...NO_TESTS, failed: [step.name] };
  return { counts, output };
}

async function runTests(step: Step): Promise<Outcome> {
  const folder = await Deno.makeTempDir({ prefix: "echoscu-step-" });
  const file = `${folder}/counts.xml`;
  try {
    const shared = step.isShared ? await sharing(step, folder) : step;
    const { success, output } = await deno(shared, [`--junit-path=${file}`]);
    const counts = countTests(await Deno.readTextFile(file));
    // A file that does not compile, or an error outside a test, leaves no failed test after it.
    if (success || counts.failed.length > 0) return { counts, output };
    return { counts: { ...counts, failed: [step.name] }, output };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
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
  flags: readonly string[],
): Promise<{ readonly success: boolean; readonly output: string }> {
  const [subcommand = "", ...args] = step.args;
  const child = new Deno.Command(Deno.execPath(), {
    args: [subcommand, ...flags, ...args],
    env: { NO_COLOR: "1", DENO_NO_PACKAGE_JSON: "1", DENO_NO_UPDATE_CHECK: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const pieces: string[] = [];
  await Promise.all([child.stdout, child.stderr].map((stream) => collect(stream, pieces)));
  return { success: (await child.status).success, output: pieces.join("") };
}

async function collect(stream: ReadableStream<Uint8Array>, into: string[]): Promise<void> {
  for await (const text of stream.pipeThrough(new TextDecoderStream())) into.push(text);
}
