/**
 * Random command lines, given to the real reference program and to our parser.
 *
 * They name a port that refuses at once, so a command line that is accepted ends quickly. `CLI_CASES` says how many (600;
 * with `-- --slow` 4000), `-- --seed=N` which; a failure names the seed.
 */

import assert from "node:assert/strict";
import { wordsFromBytes } from "../../src/dicom/mod.ts";
import type { OptionsHost } from "../../src/options/mod.ts";
import { askReference } from "../support/ask_reference.ts";
import { closedPort } from "../support/ports.ts";
import { seedOfRun } from "../support/seed.ts";
import { compare, type Comparison } from "./cli_differences.ts";
import { FIXED_FILES, generateCase, type GeneratedCase } from "./cli_generator.ts";
import { Random } from "./random.ts";

const REFERENCE = "/usr/bin/echoscu";
const CASES = Number(Deno.env.get("CLI_CASES") ?? (Deno.args.includes("--slow") ? 4000 : 600));
const SEED = seedOfRun(20_261_123);

/** At most so many processes at once: small machines run other tests too. */
const AT_ONCE = 2;

Deno.test("parseCommandLine() agrees with the real reference on random command lines", async () => {
  if (!await isReferenceThere()) {
    console.log(`0 command lines compared: ${REFERENCE} 3.6.7 is not installed (Debian: dcmtk)`);
    return;
  }
  const random = new Random(SEED);
  await using closed = await closedPort();
  const cases = Array.from({ length: CASES }, () => generateCase(random, closed.port));
  const tally = { equal: 0, excused: 0, different: 0, begun: 0 };
  const excuses = new Map<string, number>();
  const failures: string[] = [];
  const queue = cases.values();
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    await using directory = await makeDirectory();
    for (const one of queue) {
      const compared = await compareWithReference(one, directory.path);
      if (compared === undefined) continue;
      const { result, stderr } = compared;
      tally[result.verdict] += 1;
      for (const name of new Set(result.excuses)) excuses.set(name, (excuses.get(name) ?? 0) + 1);
      if (result.ours.kind === "run") tally.begun += 1;
      if (result.verdict === "different") failures.push(report(one, { result, stderr }));
    }
  }));
  const named = [...excuses].sort().map(([name, count]) => `${name} ${count}`);
  console.log(
    `${CASES} random command lines (seed ${SEED}): ${tally.equal} agree, ${tally.excused} differ as ` +
      `docs/differences.md says (${
        named.join(", ")
      }), ${tally.different} otherwise; ${tally.begun} begin a run`,
  );
  assert.deepEqual(failures.slice(0, 5), [], `seed ${SEED}: ${failures.length} differ`);
});

async function isReferenceThere(): Promise<boolean> {
  try {
    const { stdout } = await new Deno.Command(REFERENCE, { args: ["--version"] }).output();
    return new TextDecoder().decode(stdout).startsWith("$dcmtk: echoscu v3.6.7 ");
  } catch {
    return false;
  }
}

async function makeDirectory(): Promise<AsyncDisposable & { path: string }> {
  const path = await Deno.makeTempDir({ prefix: "echoscu-cli-" });
  for (const [name, content] of Object.entries(FIXED_FILES)) {
    await Deno.writeTextFile(`${path}/${name}`, content);
  }
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

async function compareWithReference(
  { words, commandFile }: GeneratedCase,
  directory: string,
): Promise<{ result: Comparison; stderr: string } | undefined> {
  if (commandFile) await Deno.writeFile(`${directory}/${commandFile.name}`, commandFile.content);
  const host = hostIn(directory);
  const command = new Deno.Command("sh", {
    // Through a shell, because argv[0] shows in --arguments.
    args: ["-c", 'PATH=/usr/bin exec echoscu "$@"', "sh", ...words],
    cwd: directory,
    clearEnv: true,
    env: { LANG: "C.UTF-8" },
    stdin: "null",
  });
  try {
    const output = await askReference(words.join(" "), () => command.output());
    if (output === undefined) return undefined;
    const stderr = wordsFromBytes(output.stderr);
    const result = await compare(words, { reference: { exit: output.code, stderr }, host });
    return { result, stderr };
  } finally {
    if (commandFile) await Deno.remove(`${directory}/${commandFile.name}`);
  }
}

function hostIn(directory: string): OptionsHost {
  return {
    programName: "echoscu",
    readFile(path) {
      if (path === "" || path.includes("\0")) return { error: "missing" };
      try {
        const full = path.startsWith("/") ? path : `${directory}/${path}`;
        return Deno.statSync(full).isDirectory ? { error: "directory" } : Deno.readFileSync(full);
      } catch {
        return { error: "missing" };
      }
    },
    stderrIsTerminal: false,
    target: "test",
    versions: [],
  };
}

function report(
  { words, commandFile }: GeneratedCase,
  { result, stderr }: { result: Comparison; stderr: string },
): string {
  const file = commandFile ? JSON.stringify(wordsFromBytes(commandFile.content)) : "none";
  return `${JSON.stringify(words)}, file ${file}\n` +
    `reference: ${JSON.stringify(stderr)}\nours: ${JSON.stringify(result.shown)} ` +
    `(after ${result.excuses.join(" ") || "nothing"})`;
}
