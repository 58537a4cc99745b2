/** The promises of the house: what the documents say is what is there. */

import assert from "node:assert/strict";
import { parse } from "yaml";
import config from "../deno.json" with { type: "json" };
import ciRun from "../.ci/run" with { type: "text" };
import pinned from "../.deno-version" with { type: "text" };
import manual from "../docs/echoscu.1" with { type: "text" };
import exitCodes from "../docs/exit-codes.md" with { type: "text" };
import install from "../docs/install.md" with { type: "text" };
import readme from "../README.md" with { type: "text" };
import workflow from "../.github/workflows/ci.yml" with { type: "text" };
import { TARGETS } from "./ship/targets.ts";
import { EXIT } from "../src/report/mod.ts";

/** A job of a workflow. */
interface Job {
  readonly steps: readonly { readonly run?: string }[];
}

const version = pinned.trim();

Deno.test("README names the pinned Deno and no other", () => {
  const named = [...readme.matchAll(/deno@([\w.]+)/g)].map(([, found]) => found);
  assert.ok(named.length > 0);
  assert.deepEqual(new Set(named), new Set([version]));
});

Deno.test("README shows the two commands that do all the set-up, and both tasks exist", () => {
  for (const task of ["selftest", "test"] as const) {
    assert.ok(readme.includes(`\n$ npx -y deno@${version} task ${task}\n`), task);
    assert.ok(config.tasks[task].command.length > 0);
  }
});

Deno.test("the self-test runs with the permissions of every other run", () => {
  assert.equal(config.tasks.selftest.command, "deno task --quiet start --selftest");
});

Deno.test("CI runs the README's test command, and the end-to-end tests on the executable", () => {
  const commands = ciRun.split("\n").filter((line) => /\bnpx\b/.test(line));
  assert.deepEqual(commands, [
    `exec npx -y "deno@$(cat .deno-version)" task test "$@" < /dev/null`,
  ]);
  const { jobs }: { readonly jobs: Readonly<Record<string, Job>> } = parse(workflow);
  const steps = Object.values(jobs).flatMap((job) => job.steps.flatMap(({ run }) => run ?? []));
  assert.deepEqual(
    new Set(steps),
    new Set(["bash .ci/run", "bash .ci/executable", ...GIT_SETTINGS]),
  );
});

/** How Git is told to leave line ends alone, and to read a checkout of another user. */
const GIT_SETTINGS = [
  "git config --global core.autocrlf false",
  'git config --global --add safe.directory "$GITHUB_WORKSPACE"',
];

Deno.test("README names every permission of the start task", () => {
  const flags = config.tasks.start.command.split(" ").filter((word) => word.startsWith("--allow-"));
  assert.ok(flags.length > 0);
  for (const flag of flags) assert.ok(readme.includes(`\`${flag}\``), flag);
});

Deno.test("docs/exit-codes.md has a row for each exit code, in the program's names", () => {
  const rows = [...exitCodes.matchAll(/^\| (\d+) +\| `(\w+)` +\|/gm)].map((
    [, code, name],
  ) => [name, Number(code)]);
  assert.deepEqual(Object.fromEntries(rows), { ...EXIT });
});

Deno.test("docs/exit-codes.md and the manual agree about what only --exit-codes detailed gives", () => {
  const rows = [...exitCodes.matchAll(/^\| (\d+) .*\| not used +\|/gm)].map(([, code]) => code);
  const entries = [...manual.matchAll(/^\.B (\d+)\nDetailed: /gm)].map(([, code]) => code);
  assert.ok(rows.length > 0);
  assert.deepEqual(rows, entries);
});

Deno.test("docs/install.md has every executable and names the pinned Deno only", () => {
  const files = [...install.matchAll(/^\| [^|]+ \| `(echoscu-[\w.-]+)` +\|$/gm)].map(([, file]) =>
    file
  );
  assert.deepEqual(files, TARGETS.map(({ file }) => file));
  const named = [...install.matchAll(/deno@([\w.]+)/g)].map(([, found]) => found);
  assert.deepEqual(new Set(named), new Set([version]));
});
