import assert from "node:assert/strict";
import { askReference } from "../support/ask_reference.ts";
import { closedPort } from "../support/ports.ts";
import { type CaseRunner, type LogCase, readLatin1 } from "./log_case.ts";
import { logCases, playLogCase } from "./log_place.ts";
import { engineRunner, missingReference, programRunner, REFERENCE } from "./log_runners.ts";

/** Cases in which the engine is meant to differ; the number is the row in `docs/differences.md`. */
const EXCUSED: ReadonlyMap<string, string> = new Map([
  [
    "err-date-empty",
    "D8: refused before the run, where the reference ends itself at the first message",
  ],
  ["quiet-cli-error", "the engine alone does not read command lines (whole program: D3)"],
]);

Deno.test("the log engine gives what was recorded, but for the excused cases", async (t) => {
  const cases = logCases();
  assert.ok(cases.length > 60, "cases are there");
  const agreed: string[] = [];
  for (const logCase of cases) {
    await t.step(logCase.name, async () => {
      const differences = await playLogCase(logCase, engineRunner);
      const excuse = EXCUSED.get(logCase.name);
      if (excuse === undefined) assert.deepEqual(differences, []);
      else assert.notDeepEqual(differences, [], `no longer differs: ${excuse}`);
      if (excuse === undefined) agreed.push(logCase.name);
    });
  }
  console.log(`agreed: ${agreed.length} of ${cases.length}`);
  for (const [name, reason] of EXCUSED) console.log(`excused: ${name} (${reason})`);
});

Deno.test("the installed reference still gives what was recorded with a closed port", async (t) => {
  const missing = await missingReference();
  if (missing !== undefined) return console.log(`skipped: ${missing}`);
  for (const logCase of logCases()) {
    if (logCase.peer !== "closed") continue;
    await t.step(logCase.name, async () => {
      const played = await askReference(logCase.name, () => playWatched(logCase));
      if (played !== undefined) assert.deepEqual(played.differences, []);
    });
  }
});

/** Plays a case with the reference, and says which signal ended one of its runs. */
async function playWatched(logCase: LogCase) {
  const runner = programRunner(REFERENCE);
  let signal: string | null = null;
  const differences = await playLogCase(logCase, async (run) => {
    const outcome = await runner(run);
    signal ??= outcome.signal;
    return outcome;
  });
  return { signal: signal as string | null, differences };
}

Deno.test("the sample configuration means the same to the installed reference", async () => {
  const missing = await missingReference();
  if (missing !== undefined) return console.log(`skipped: ${missing}`);
  const theirs = await askReference("sample", () => runSample(programRunner(REFERENCE)));
  if (theirs === undefined) return;
  assert.equal(theirs.stderr.split("\n")[0], "I: Requesting Association");
  assert.deepEqual(await runSample(engineRunner), theirs);
});

/** Runs the sample against a closed port; times and process ids are taken out of the file. */
async function runSample(runner: CaseRunner) {
  const directory = Deno.makeTempDirSync();
  await using peer = await closedPort();
  try {
    Deno.copyFileSync(new URL("../../logger.cfg", import.meta.url), `${directory}/logger.cfg`);
    const args = ["-lc", "logger.cfg", "127.0.0.1", `${peer.port}`];
    const outcome = await runner({ directory, peer: "closed", args, env: {} });
    const file = readLatin1(`${directory}/echoscu.log`);
    return { ...outcome, file: file.replace(/^[0-9-]{10} [0-9:.]{12} [0-9]+ /gm, "<TIME> <PID> ") };
  } finally {
    Deno.removeSync(directory, { recursive: true });
  }
}
