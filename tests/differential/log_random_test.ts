import assert from "node:assert/strict";
import { askReference } from "../support/ask_reference.ts";
import { closedPort } from "../support/ports.ts";
import { seedOfRun } from "../support/seed.ts";
import { type CaseRunner, readLatin1 } from "./log_case.ts";
import { normalise, randomLogConfig } from "./log_random.ts";
import { LOG_ROWS, ourRunner } from "./log_rows.ts";
import { engineRunner, missingReference, programRunner, REFERENCE } from "./log_runners.ts";

/** Thirty from the seed of the run on; `LOG_RANDOM_CASES` is another number. */
const FIRST = seedOfRun();
const LAST = FIRST + Number(Deno.env.get("LOG_RANDOM_CASES") ?? 30) - 1;

/** What a run leaves after, by name, with what depends on the moment taken out. */
type Traces = Readonly<Record<string, string>>;

/** One run, and how it ended. */
interface Outcome {
  readonly signal: string | null;
  readonly traces: Traces;
}

Deno.test("random log configurations give what the installed reference gives, with recorded events", async (t) => {
  const missing = await missingReference();
  if (missing !== undefined) return console.log(`skipped: ${missing}`);
  const reference = programRunner(REFERENCE);
  for (let seed = FIRST; seed <= LAST; seed++) {
    await t.step(`seed ${seed}`, async () => {
      const theirs = await askReference(`log configuration ${seed}`, () => run(seed, reference));
      if (theirs === undefined) return;
      const ours = await run(seed, engineRunner);
      assert.deepEqual(ours.traces, theirs.traces, `seed ${seed}:\n${randomLogConfig(seed).text}`);
    });
  }
});

Deno.test("random log configurations give what the installed reference gives, as whole programs", async (t) => {
  const missing = await missingReference();
  if (missing !== undefined) return console.log(`skipped: ${missing}`);
  const reference = programRunner(REFERENCE);
  const program = await ourRunner();
  const dictionary = await Deno.makeTempFile({ suffix: ".dic" });
  // With a dictionary by name both load the same files.
  const env = { DCMDICTPATH: dictionary };
  for (let seed = FIRST; seed <= LAST; seed++) {
    await t.step(`seed ${seed}`, async () => {
      const asked = `log configuration ${seed} with a dictionary`;
      const theirs = await askReference(asked, () => run(seed, reference, env));
      if (theirs === undefined) return;
      const ours = await run(seed, program, env);
      assert.deepEqual(
        ours.traces,
        rewriteTraces(theirs.traces),
        `seed ${seed}:\n${randomLogConfig(seed).text}`,
      );
    });
  }
  await Deno.remove(dictionary);
});

/** Only our identity may differ: all other rows are about events that do not come with a closed port. */
function rewriteTraces(traces: Traces): Traces {
  const rewrite = LOG_ROWS.find(({ id }) => id === "D13")?.rewrite ?? String;
  return Object.fromEntries(
    Object.entries(traces).map(([name, text]) => [name, rewrite(text)]),
  );
}

async function run(
  seed: number,
  runner: CaseRunner,
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const { text, files } = randomLogConfig(seed);
  const directory = Deno.makeTempDirSync();
  await using peer = await closedPort();
  try {
    Deno.writeTextFileSync(`${directory}/random.cfg`, text);
    for (const [name, size] of files) {
      Deno.writeTextFileSync(`${directory}/${name}`, "x".repeat(size));
    }
    const args = ["-lc", "random.cfg", "127.0.0.1", `${peer.port}`];
    const { exit, signal, stdout, stderr } = await runner({
      directory,
      peer: "closed",
      args,
      env: { TZ: "UTC0", ...env },
    });
    const traces: Record<string, string> = {
      exit: String(exit),
      stdout: normalise(stdout),
      stderr: normalise(stderr),
    };
    for (const { name } of Deno.readDirSync(directory)) {
      if (name === "random.cfg") continue;
      traces[`file ${name}`] = normalise(readLatin1(`${directory}/${name}`));
    }
    return { signal, traces };
  } finally {
    Deno.removeSync(directory, { recursive: true });
  }
}
