/**
 * Random changes of legal answers: ours ends in time and comes to the verdict of the reference.
 *
 * Arguments after `--`: a number of peers (default 150), and `seed=N` for the first of them.
 */

import assert from "node:assert/strict";
import { ourProgram, type Program, referenceProgram, runProgram } from "../tools/run_program.ts";
import { startPeer } from "../tools/scripted_peer.ts";
import { testWith } from "../tools/test_with.ts";
import { type MutatedPeer, mutatedPeer, playMutated } from "./mutations.ts";
import { excuseOf, type Verdict } from "./verdicts.ts";

const count = Number(Deno.args.find((arg) => /^\d+$/.test(arg)) ?? 150);
const seed = Number(Deno.args.find((arg) => arg.startsWith("seed="))?.slice(5) ?? 1);
const AT_ONCE = 4;
/** Limits of one second for everything: a changed length makes either side wait. */
const ARGS = ["-v", "-ta", "1", "-td", "1", "-ts", "1"];

const reference = await referenceProgram();

interface Tally {
  equal: number;
  readonly excused: Map<string, number>;
  readonly words: string[];
  readonly failures: string[];
}

testWith({
  name: `ours comes to the reference's verdict on ${count} peers with changed bytes`,
  missing: "missing" in reference ? reference.missing : undefined,
  fn: async () => {
    if ("missing" in reference) return;
    const tally: Tally = { equal: 0, excused: new Map(), words: [], failures: [] };
    const seeds = Array.from({ length: count }, (_, at) => seed + at);
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      for (let next = seeds.shift(); next !== undefined; next = seeds.shift()) {
        await compare(mutatedPeer(next), { reference, tally });
      }
    }));
    console.log(
      `${tally.equal} of ${count} runs end in the same words and with the same exit code`,
    );
    for (const [id, times] of tally.excused) console.log(`${times} verdicts differ by ${id}`);
    if (Deno.args.includes("words")) console.log(tally.words.join("\n"));
    assert.deepEqual(tally.failures, []);
  },
});

async function compare(
  peer: MutatedPeer,
  { reference, tally }: { reference: Program; tally: Tally },
): Promise<void> {
  const theirs = await verdictOf(reference, peer);
  const ours = await verdictOf(ourProgram(), peer);
  const text =
    `seed ${peer.seed}:\n${theirs.code} ${theirs.stderr}---\n${ours.code} ${ours.stderr}`;
  if (ours.killed || /Stack|panicked|Uncaught|a defect of this program/.test(ours.stderr)) {
    tally.failures.push(text);
  } else if (theirs.verified !== ours.verified) {
    const excuse = excuseOf(theirs, ours);
    if (excuse === undefined) tally.failures.push(text);
    else tally.excused.set(excuse, (tally.excused.get(excuse) ?? 0) + 1);
  } else if (theirs.stderr === ours.stderr) {
    tally.equal += 1;
  } else {
    tally.words.push(text);
  }
}

async function verdictOf(program: Program, mutated: MutatedPeer): Promise<Verdict> {
  await using peer = await startPeer((connection) => playMutated(mutated, connection));
  const args = [...ARGS, peer.host, `${peer.port}`];
  const { code, stderr, killed } = await runProgram(program, { args, timeoutMs: 20_000 });
  const answered = stderr.includes("I: Received Echo Response (Success)\n");
  return { code, stderr, killed, verified: code === 0 && answered && !/^[EF]: /m.test(stderr) };
}
