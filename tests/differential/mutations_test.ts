/**
 * Random changes of legal answers: ours ends in time and comes to the verdict of the reference.
 *
 * Arguments after `--`: a number of peers (default 150), and `--seed=N` for the first of them.
 */

import assert from "node:assert/strict";
import { askReference } from "../support/ask_reference.ts";
import { type Player, playerOf, sayShare } from "../support/players.ts";
import { type Program, referenceProgram, runProgram } from "../support/run_program.ts";
import { seedOfRun } from "../support/seed.ts";
import { startPeer } from "../support/scripted_peer.ts";
import { testWith } from "../support/test_with.ts";
import { type MutatedPeer, mutatedPeer, playMutated } from "./mutations.ts";
import { excuseOf, type Verdict } from "./verdicts.ts";

const count = Number(Deno.args.find((arg) => /^\d+$/.test(arg)) ?? 150);
const seed = seedOfRun();
const AT_ONCE = 4;
/** One peer in so many is asked by a process of ours. */
const PROCESS_SHARE = 5;
/** After so long a run counts as one that does not end. */
const ENDLESS_MS = 60_000;
/** Limits for everything, in seconds: a changed length makes either side wait. */
const LIMIT = 1;
/** Limits of those that came out otherwise: on a busy machine one second may be used up by others. */
const WIDE_LIMIT = 5;

const reference = await referenceProgram();

interface Tally {
  equal: number;
  readonly excused: Map<string, number>;
  readonly words: string[];
  readonly failures: string[];
  /** Peers to be judged again, alone and with wide limits. */
  readonly doubtful: number[];
}

testWith({
  name: `ours comes to the reference's verdict on ${count} peers with changed bytes`,
  missing: "missing" in reference ? reference.missing : undefined,
  fn: async () => {
    if ("missing" in reference) return;
    const tally: Tally = { equal: 0, excused: new Map(), words: [], failures: [], doubtful: [] };
    sayShare(`ours: one peer in ${PROCESS_SHARE}`);
    const seeds = Array.from({ length: count }, (_, at) => seed + at);
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      for (let next = seeds.shift(); next !== undefined; next = seeds.shift()) {
        await compare(mutatedPeer(next), { reference, tally, limit: LIMIT });
      }
    }));
    for (const again of tally.doubtful) {
      await compare(mutatedPeer(again), { reference, tally, limit: WIDE_LIMIT });
    }
    if (tally.doubtful.length > 0) console.log(`again and alone: ${tally.doubtful.join(", ")}`);
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
  { reference, tally, limit }: { reference: Program; tally: Tally; limit: number },
): Promise<void> {
  const asked = `mutated peer ${peer.seed}`;
  const play: Player = (run) => runProgram(reference, run);
  const theirs = await askReference(asked, () => verdictOf(play, { mutated: peer, limit }));
  if (theirs === undefined) return;
  const player = playerOf(peer.seed % PROCESS_SHARE === 0);
  const ours = await verdictOf(player, { mutated: peer, limit });
  const text =
    `seed ${peer.seed}:\n${theirs.code} ${theirs.stderr}---\n${ours.code} ${ours.stderr}`;
  if (ours.killed || /Stack|panicked|Uncaught|a defect of this program/.test(ours.stderr)) {
    tally.failures.push(text);
  } else if (theirs.verified !== ours.verified) {
    const excuse = excuseOf(theirs, ours);
    if (excuse === undefined && limit === LIMIT) tally.doubtful.push(peer.seed);
    else if (excuse === undefined) tally.failures.push(text);
    else tally.excused.set(excuse, (tally.excused.get(excuse) ?? 0) + 1);
  } else if (theirs.stderr === ours.stderr) {
    tally.equal += 1;
  } else {
    tally.words.push(text);
  }
}

async function verdictOf(
  play: Player,
  { mutated, limit }: { mutated: MutatedPeer; limit: number },
): Promise<Verdict & { readonly signal: string | null }> {
  await using peer = await startPeer((connection) => playMutated(mutated, connection));
  const limits = ["-ta", "-td", "-ts"].flatMap((option) => [option, `${limit}`]);
  const args = ["-v", ...limits, peer.host, `${peer.port}`];
  const run = await play({ args, timeoutMs: ENDLESS_MS });
  const { code, stderr, killed } = run;
  const answered = stderr.includes("I: Received Echo Response (Success)\n");
  const signal = killed ? null : run.signal;
  return {
    code,
    stderr,
    killed,
    signal,
    verified: code === 0 && answered && !/^[EF]: /m.test(stderr),
  };
}
