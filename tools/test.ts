/**
 * The gate: everything that must hold, in one command (`deno task test`).
 *
 * It installs or finds the real peers, says which tests are left out and why, runs every step, and ends with the
 * plain line `N passed, N failed`. Options: `--no-install`, `--fuzz-seconds=N` (default 20), `--slow`; `--seed=N` or
 * `--seed=fresh` for what is chosen at random (default 1: the same in every run); `--lanes=N` for how many steps run
 * next to each other (default: two more than there are processors, because most of them mostly wait);
 * `--only=WORD` for the steps whose names hold it.
 */

import { withFolder } from "../tests/support/with_folder.ts";
import { installPeers, stillMissing } from "./gate/install.ts";
import { addCounts, closingLine, NO_TESTS } from "./gate/junit.ts";
import { inLanes } from "./gate/lanes.ts";
import { runStep } from "./gate/run_step.ts";
import { gateSteps } from "./gate/steps.ts";
import { bundle } from "./ship/bundle.ts";

const TOP = new URL("../", import.meta.url);

const OPTIONS =
  /^--(no-install|slow|fuzz-seconds=\d+|seed=(\d{1,9}|fresh)|lanes=[1-9]\d?|only=[\w.,/ -]+)$/;

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => !OPTIONS.test(arg));
  if (unknown !== undefined) {
    console.error(
      `Unknown option ${unknown}; there are --no-install, --fuzz-seconds=N, --slow, --seed=N, ` +
        "--seed=fresh, --lanes=N and --only=WORD",
    );
    return 2;
  }
  Deno.chdir(TOP);
  const started = performance.now();
  const wrong = wrongDeno();
  console.log(`Deno ${Deno.version.deno} on ${Deno.build.target}`);
  const left = args.includes("--no-install") ? stillMissing() : await installPeers();
  sayWhatIsMissing(left);
  const value = (name: string) => args.find((arg) => arg.startsWith(name))?.slice(name.length);
  const seed = value("--seed=") ?? "1";
  const options = {
    fuzzSeconds: Number(value("--fuzz-seconds=") ?? 20),
    slow: args.includes("--slow"),
    seed: seed === "fresh" ? Math.floor(Math.random() * 1e9) : Number(seed),
  };
  console.log(`What is chosen at random comes from --seed=${options.seed}`);
  const steps = gateSteps(options).filter(({ name }) => name.includes(value("--only=") ?? ""));
  if (steps.length === 0) {
    console.error("No step has such a name");
    return 2;
  }
  const lanes = Number(value("--lanes=") ?? navigator.hardwareConcurrency + 2);
  const results = await withBundle(() => inLanes(steps, { lanes, work: runStep }));
  const version = wrong === undefined ? NO_TESTS : { ...NO_TESTS, failed: [wrong] };
  const total = addCounts([version, ...results.map(({ counts }) => counts)]);
  sayWhatIsMissing(left);
  for (const note of results.flatMap(({ notes }) => notes)) console.log(`noted: ${note}`);
  for (const name of new Set(total.skipped)) console.log(`skipped: ${name}`);
  for (const name of total.failed) console.log(`failed: ${name}`);
  console.log(`${Math.round((performance.now() - started) / 1000)} s in all`);
  console.log(closingLine(total));
  return total.failed.length === 0 ? 0 : 1;
}

/** What is shipped is the bundle, and it starts in half the time of the sources: the steps run that. */
function withBundle<Result>(work: () => Promise<Result>): Promise<Result> {
  return withFolder(async (folder) => {
    await bundle({ sources: Deno.cwd(), folder });
    Deno.env.set("ECHOSCU_BUNDLE", `${folder}/main.js`);
    return await work();
  });
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

if (import.meta.main) Deno.exit(await main(Deno.args));
