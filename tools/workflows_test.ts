/** What no workflow may lack for safety; the grammar is actionlint's to check, in tests/texts/workflows_test.ts. */

import assert from "node:assert/strict";
import { parse } from "yaml";
import ci from "../.github/workflows/ci.yml" with { type: "text" };
import nightly from "../.github/workflows/nightly.yml" with { type: "text" };
import release from "../.github/workflows/release.yml" with { type: "text" };
import { TARGETS } from "./ship/targets.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Defaults {
  readonly defaults?: { readonly run?: { readonly shell?: string } };
}

interface Job extends Defaults {
  readonly "runs-on": string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly container?: unknown;
  readonly needs?: string;
  readonly steps: readonly Step[];
  readonly strategy?: {
    readonly matrix: {
      readonly os?: readonly string[];
      readonly include?: readonly { readonly file?: string; readonly os?: string }[];
    };
  };
}

interface Workflow extends Defaults {
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const WORKFLOWS: Readonly<Record<string, Workflow>> = {
  ci: parse(ci),
  nightly: parse(nightly),
  release: parse(release),
};

/** The runners that a job is tried on. */
function runnersOf({ "runs-on": runner, strategy }: Job): readonly string[] {
  if (!runner.includes("matrix.")) return [runner];
  const { os = [], include = [] } = strategy?.matrix ?? {};
  return [...os, ...include.flatMap((row) => row.os ?? [])];
}

/** Labels that nobody answers to: a job waits for them for ever. */
const RETIRED = /^(?:ubuntu-(?:1\d|20)|macos-1[0-4]|windows-201\d)\b/;

/** GitHub's own limit for one job. */
const MOST_MINUTES = 360;

for (const [name, { permissions, jobs, defaults }] of Object.entries(WORKFLOWS)) {
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  Deno.test(`${name}: every action is pinned by a whole commit, and keeps no credentials`, () => {
    const used = steps.filter(({ uses }) => uses !== undefined);
    assert.ok(used.length > 0);
    for (const { uses = "", with: settings } of used) {
      assert.match(uses, /^actions\/[\w-]+@[0-9a-f]{40}$/);
      if (uses.startsWith("actions/checkout@")) {
        assert.equal(settings?.["persist-credentials"], false);
      }
    }
  });

  Deno.test(`${name}: nothing is permitted but what a job asks for, and every job has a time limit`, () => {
    assert.deepEqual(permissions, {});
    for (const [job, { permissions, ...rest }] of Object.entries(jobs)) {
      assert.ok(permissions?.["contents"] !== undefined, job);
      const minutes = rest["timeout-minutes"] ?? 0;
      assert.ok(minutes > 0 && minutes <= MOST_MINUTES, job);
    }
  });

  Deno.test(`${name}: every runner is there, and named by its version`, () => {
    for (const runner of Object.values(jobs).flatMap(runnersOf)) {
      assert.match(runner, /^[a-z]+-\d[\w.-]*$/);
      assert.doesNotMatch(runner, RETIRED);
      assert.doesNotMatch(runner, /-latest\b/);
    }
  });

  Deno.test(`${name}: on Windows scripts are run by Bash, and texts keep their line ends`, () => {
    const onWindows = Object.entries(jobs).filter(([, job]) =>
      runnersOf(job).some((runner) => runner.startsWith("windows-"))
    );
    for (const [job, { steps, ...rest }] of onWindows) {
      assert.equal((rest.defaults ?? defaults)?.run?.shell, "bash", job);
      const checkout = steps.findIndex(({ uses }) => uses?.startsWith("actions/checkout@"));
      const before = steps.slice(0, checkout).map(({ run }) => run);
      assert.ok(before.includes("git config --global core.autocrlf false"), job);
    }
  });

  Deno.test(`${name}: an artifact is downloaded by the name that a job before it uploads it by`, () => {
    const named = (action: string, { steps }: Pick<Job, "steps">) =>
      steps.filter(({ uses }) => uses?.startsWith(`actions/${action}@`))
        .map(({ with: settings }) => settings?.["name"]);
    for (const [job, { needs, steps }] of Object.entries(jobs)) {
      const before: unknown[] = [];
      for (let next = needs; next !== undefined; next = jobs[next]?.needs) {
        before.push(...named("upload-artifact", jobs[next] ?? assert.fail(next)));
      }
      for (const artifact of named("download-artifact", { steps })) {
        assert.ok(artifact !== undefined && before.includes(artifact), job);
      }
    }
  });

  Deno.test(`${name}: no text from outside is put into a script`, () => {
    for (const { run = "" } of steps) assert.ok(!run.includes("${{"), run);
  });

  Deno.test(`${name}: in a container Git is told to read the checkout, which belongs to another user there`, () => {
    const safe = 'git config --global --add safe.directory "$GITHUB_WORKSPACE"';
    for (const [job, { container, steps }] of Object.entries(jobs)) {
      if (container !== undefined) assert.ok(steps.some(({ run }) => run?.trim() === safe), job);
    }
  });
}

Deno.test("only the job that publishes may write, and it runs nothing of the repository", () => {
  const { jobs } = WORKFLOWS["release"] ?? assert.fail();
  for (const [job, { permissions = {} }] of Object.entries(jobs)) {
    assert.equal(Object.values(permissions).includes("write"), job === "publish", job);
  }
  const publish = jobs["publish"] ?? assert.fail();
  assert.equal(publish.needs, "smoke");
  for (const { uses = "", run = "" } of publish.steps) {
    assert.ok(!uses.startsWith("actions/checkout@"));
    assert.doesNotMatch(run, /npx|\.ci\//);
  }
});

Deno.test("the release tries every executable before it is published", () => {
  const jobs = Object.values(WORKFLOWS["release"]?.jobs ?? {});
  const tried = jobs.flatMap(({ strategy }) => strategy?.matrix.include ?? [])
    .flatMap(({ file }) => file ?? []);
  assert.deepEqual(new Set(tried), new Set(TARGETS.map(({ file }) => file)));
});
