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

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly container?: unknown;
  readonly needs?: string;
  readonly steps: readonly Step[];
  readonly strategy?: {
    readonly matrix: { readonly include?: readonly { readonly file?: string }[] };
  };
}

interface Workflow {
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const WORKFLOWS: Readonly<Record<string, Workflow>> = {
  ci: parse(ci),
  nightly: parse(nightly),
  release: parse(release),
};

for (const [name, { permissions, jobs }] of Object.entries(WORKFLOWS)) {
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
      assert.ok((rest["timeout-minutes"] ?? 0) > 0, job);
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
