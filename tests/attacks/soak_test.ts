/**
 * A plan of 200 peers, 50 of them hostile, is watched: what is said of an honest peer never changes, and the program
 * holds no more at the end than at the beginning. Some 20 seconds in the gate, ten minutes in the long form.
 */

import assert from "node:assert/strict";
import { startSite } from "../support/plan_site.ts";
import { testWith } from "../support/test_with.ts";
import { withFolder } from "../support/with_folder.ts";
import { BEHAVIORS } from "./behaviors.ts";
import type { HostileSite } from "./hostile_site.ts";
import { IS_LONG, secondsOf } from "./length.ts";
import { type SoakRun, watchSite } from "./watched_site.ts";
import { signalChild } from "../support/signal_child.ts";

const HONEST = { answers: 110, rejects: 20, silent: 0, dead: 20 };
const HOSTILE = 50;

/** What is to be said of honest peers. */
const EXPECTED = {
  answers: "passed",
  rejects: "failed AssociationRejected",
  silent: "failed",
  dead: "failed DialFailed",
};

const MEBIBYTE = 1_048_576;
/** What may come and go: collectors let garbage lie, above all where a processor is rare; a short soak ends warming up. */
const MEMORY_SLACK = (IS_LONG ? 96 : 192) * MEBIBYTE;
const JOBS = 64;
/** The next run may have begun when it is looked. */
const DESCRIPTOR_SLACK = JOBS + 36;

testWith({
  name: "of 150 honest peers next to 50 hostile ones the same is said in every run",
  missing: Deno.build.os === "windows" ? "SIGINT is for Unix systems" : undefined,
  fn: () =>
    withFolder(async (folder) => {
      assert.ok(BEHAVIORS.size >= 30);
      await using honest = await startSite(HONEST);
      await using hostile = await startHostile();
      const plan = `${folder}/site.yaml`;
      await Deno.writeTextFile(plan, planOf(honest.peers, hostile.peers));
      const seconds = secondsOf({ short: 20, long: 600 });
      const options = ["--watch", "1", "--jobs", `${JOBS}`, "--jobs-per-host", `${JOBS}`];
      const { runs, code, endedAfterMs, stderr } = await watchSite(plan, { seconds, options });
      console.log(`${runs.length} runs in ${seconds} s; ${summaryOf(runs)}`);
      // Changes of peers, and at the end how many runs there were.
      for (const line of stderr.trimEnd().split("\n")) {
        assert.match(line, /^\d{4}-\d\d-|^\d+ runs, /);
      }
      assert.ok(runs.length >= 2, `only ${runs.length} runs`);
      for (const [at, { said }] of runs.entries()) {
        for (const { name, kind } of honest.peers) {
          assert.equal(said.get(name), EXPECTED[kind], `run ${at + 1}: ${name}`);
        }
        assert.equal(said.size, honest.peers.length + HOSTILE, `run ${at + 1}`);
      }
      assert.equal(code, 130);
      assert.ok(endedAfterMs < 30_000, `SIGINT took ${endedAfterMs} ms`);
      judgeGrowth(runs);
    }),
});

/** What is held in the last quarter is what was held in the one after the first, in which all gets warm. */
function judgeGrowth(runs: readonly SoakRun[]): void {
  const quarter = Math.ceil(runs.length / 4);
  const most = (some: readonly SoakRun[], what: "residentBytes" | "descriptors") =>
    Math.max(0, ...some.flatMap(({ held }) => held === undefined ? [] : [held[what]]));
  const grown = (what: "residentBytes" | "descriptors") =>
    most(runs.slice(-quarter), what) - most(runs.slice(quarter, 2 * quarter), what);
  const memory = grown("residentBytes");
  assert.ok(memory <= MEMORY_SLACK, `grew by ${Math.round(memory / MEBIBYTE)} MiB`);
  assert.ok(grown("descriptors") <= DESCRIPTOR_SLACK, `${grown("descriptors")} descriptors more`);
}

/** Memory and descriptors at ten moments. */
function summaryOf(runs: readonly SoakRun[]): string {
  const step = Math.max(1, Math.floor(runs.length / 10));
  const some = runs.filter((_, at) => at % step === 0).flatMap(({ held }) => held ?? []);
  const memory = some.map(({ residentBytes }) => Math.round(residentBytes / MEBIBYTE));
  const descriptors = some.map((held) => held.descriptors);
  return `MiB: ${memory.join(" ")}; descriptors: ${descriptors.join(" ")}`;
}

/** Honest peers have all the time of a busy machine, hostile ones a second or two for each step. */
function planOf(
  honest: readonly { readonly name: string; readonly port: number }[],
  hostile: readonly HostileSite[],
): string {
  const entry = (group: string) => ({ name, port }: { name: string; port: number }) =>
    `  - { name: ${JSON.stringify(name)}, host: 127.0.0.1, port: ${port}, group: ${group} }\n`;
  const lines = [...honest.map(entry("honest")), ...hostile.map(entry("hostile"))];
  // Mixed, so that each honest peer has hostile ones next to it.
  const mixed = lines.map((line, at) => ({ line, place: (at * 37) % lines.length }))
    .sort((a, b) => a.place - b.place);
  return `groups:
  honest: { timeouts: { connect: 60, acse: 60, dimse: 60, socket: 60 } }
  hostile: { deadline: 8, timeouts: { connect: 2, acse: 1, dimse: 2, socket: 2 } }
peers:
${mixed.map(({ line }) => line).join("")}`;
}

async function startHostile(): Promise<AsyncDisposable & { readonly peers: HostileSite[] }> {
  const program = decodeURIComponent(new URL("hostile_site.ts", import.meta.url).pathname);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "--allow-all", program, `${HOSTILE}`],
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let line = "";
  while (!line.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) throw new Error("The hostile peers did not start");
    line += value;
  }
  return {
    peers: JSON.parse(line),
    async [Symbol.asyncDispose]() {
      signalChild(child, "SIGKILL");
      await child.status;
      await reader.cancel();
    },
  };
}
