/**
 * The gate: everything that must hold, in one command (`deno task test`).
 *
 * It installs or finds the real peers, says which tests are left out and why, runs every step, and ends with the
 * plain line `N passed, N failed`. Options: `--no-install`, `--fuzz-seconds=N` (default 60), `--slow`.
 */

import { installPeers, stillMissing } from "./gate/install.ts";
import { addCounts, closingLine, type Counts, countTests, NO_TESTS } from "./gate/junit.ts";
import { gateSteps, type Step } from "./gate/steps.ts";

const TOP = new URL("../", import.meta.url);

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => !/^--(no-install|slow|fuzz-seconds=\d+)$/.test(arg));
  if (unknown !== undefined) {
    console.error(`Unknown option ${unknown}; there are --no-install, --fuzz-seconds=N and --slow`);
    return 2;
  }
  Deno.chdir(TOP);
  const started = performance.now();
  const wrong = wrongDeno();
  console.log(`Deno ${Deno.version.deno} on ${Deno.build.target}`);
  const left = args.includes("--no-install") ? stillMissing() : await installPeers();
  sayWhatIsMissing(left);
  const seconds = args.find((arg) => arg.startsWith("--fuzz-seconds="))?.split("=")[1];
  const options = { fuzzSeconds: Number(seconds ?? 60), slow: args.includes("--slow") };
  const counts: Counts[] = [wrong === undefined ? NO_TESTS : { ...NO_TESTS, failed: [wrong] }];
  for (const step of gateSteps(options)) counts.push(await runStep(step));
  const total = addCounts(counts);
  sayWhatIsMissing(left);
  for (const name of new Set(total.skipped)) console.log(`skipped: ${name}`);
  for (const name of total.failed) console.log(`failed: ${name}`);
  console.log(`${Math.round((performance.now() - started) / 1000)} s in all`);
  console.log(closingLine(total));
  return total.failed.length === 0 ? 0 : 1;
}

/** The version is pinned in one file; another one may format, lint and behave differently. */
function wrongDeno(): string | undefined {
  const pinned = Deno.readTextFileSync(".deno-version").trim();
  if (Deno.version.deno === pinned) return undefined;
  return `this is Deno ${Deno.version.deno}, but the project is made for ${pinned}: npx -y deno@${pinned} task test`;
}

function sayWhatIsMissing(reasons: readonly string[]): void {
  if (reasons.length === 0) return;
  console.log("Tests with these programs are left out:");
  for (const reason of reasons) console.log(`  ${reason}`);
}

async function runStep(step: Step): Promise<Counts> {
  console.log(`\n== ${step.name}`);
  const started = performance.now();
  const counts = step.tests ? await runTests(step) : await runCheck(step);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`== ${step.name}: ${closingLine(counts)} (${seconds} s)`);
  return counts;
}

async function runCheck(step: Step): Promise<Counts> {
  return await deno(step, []) ? { ...NO_TESTS, passed: 1 } : { ...NO_TESTS, failed: [step.name] };
}

async function runTests(step: Step): Promise<Counts> {
  const file = await Deno.makeTempFile({ suffix: ".xml" });
  try {
    const success = await deno(step, [`--junit-path=${file}`]);
    const counts = countTests(await Deno.readTextFile(file));
    // A file that does not compile, or an error outside a test, leaves no failed test behind.
    if (success || counts.failed.length > 0) return counts;
    return { ...counts, failed: [step.name] };
  } finally {
    await Deno.remove(file);
  }
}

/** Runs Deno itself; `flags` go behind the subcommand. */
async function deno(step: Step, flags: readonly string[]): Promise<boolean> {
  const [subcommand = "", ...args] = step.args;
  const env = { NO_COLOR: "1", DENO_NO_PACKAGE_JSON: "1", DENO_NO_UPDATE_CHECK: "1" };
  const command = new Deno.Command(Deno.execPath(), {
    args: [subcommand, ...flags, ...args],
    env,
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  });
  return (await command.spawn().status).success;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
