/** What every workflow must have; the full grammar is actionlint's to check, in tests/texts/workflows_test.ts. */

import assert from "node:assert/strict";
import ci from "../.github/workflows/ci.yml" with { type: "text" };
import nightly from "../.github/workflows/nightly.yml" with { type: "text" };
import release from "../.github/workflows/release.yml" with { type: "text" };
import { TARGETS } from "./ship/targets.ts";

const WORKFLOWS = { ci, nightly, release };

/** The jobs of a workflow by name, each as its lines. */
function jobsOf(text: string): Map<string, string> {
  const jobs = text.slice(text.indexOf("\njobs:\n"));
  const found = [...jobs.matchAll(/^ {2}([\w-]+):\n((?: {4}.*\n|\n| {2}#.*\n)*)/gm)];
  return new Map(found.map(([, name = "", body = ""]) => [name, body]));
}

for (const [name, text] of Object.entries(WORKFLOWS)) {
  Deno.test(`${name}: every action is pinned by a whole commit, with its version next to it`, () => {
    const uses = [...text.matchAll(/uses: (.*)$/gm)].map(([, action = ""]) => action);
    assert.ok(uses.length > 0);
    for (const action of uses) {
      assert.match(action, /^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  Deno.test(`${name}: nothing is permitted but what a job asks for, and every job has a time limit`, () => {
    assert.ok(text.includes("\npermissions: {}\n"));
    const jobs = jobsOf(text);
    assert.ok(jobs.size > 0);
    for (const [job, body] of jobs) {
      assert.match(body, /^ {4}permissions:\n {6}contents: (read|write)\n/m, job);
      assert.match(body, /^ {4}timeout-minutes: \d+$/m, job);
      assert.match(body, /^ {4}runs-on: /m, job);
    }
  });

  Deno.test(`${name}: no text from outside is put into a script, and no credentials are kept`, () => {
    for (const [, script = ""] of text.matchAll(/run: (\|(?:\n {10}.*)+|.*)$/gm)) {
      assert.doesNotMatch(script, /\$\{\{/);
    }
    const checkouts = text.split("actions/checkout@").length - 1;
    assert.equal(text.split("persist-credentials: false").length - 1, checkouts);
  });

  Deno.test(`${name}: indentation is by two spaces, and every expression is closed`, () => {
    for (const line of text.split("\n")) {
      assert.equal((/^ */.exec(line)?.[0].length ?? 0) % 2, 0, line);
      assert.doesNotMatch(line, /\t|\s$/);
      assert.equal(line.split("${{").length, line.split("}}").length, line);
    }
  });
}

Deno.test("in a container Git is told to read the checkout, which belongs to another user there", () => {
  const bodies = Object.values(WORKFLOWS).flatMap((text) => [...jobsOf(text).values()]);
  const contained = bodies.filter((body) => body.includes("\n    container: "));
  assert.equal(contained.length, 2);
  for (const body of contained) {
    assert.ok(
      body.includes('- run: git config --global --add safe.directory "$GITHUB_WORKSPACE"\n'),
    );
  }
});

Deno.test("only the job that publishes may write, and it runs nothing of the repository", () => {
  for (const [job, body] of jobsOf(release)) {
    assert.equal(/: write$/m.test(body), job === "publish", job);
  }
  const publish = jobsOf(release).get("publish") ?? "";
  assert.doesNotMatch(publish, /checkout|npx|\.ci\//);
  assert.match(publish, /^ {4}needs: smoke$/m);
});

Deno.test("the release tries every executable before it is published", () => {
  const tried = [...release.matchAll(/file: (\S+) \}/g)].map(([, file]) => file);
  assert.deepEqual(new Set(tried), new Set(TARGETS.map(({ file }) => file)));
});
