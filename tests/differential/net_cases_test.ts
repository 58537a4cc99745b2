/**
 * Plays the recorded network cases with our program and compares exit code, both streams and the PDUs sent.
 *
 * Arguments after `--`: `--slow` also plays the cases that take more than 8 s, and all by processes; a word plays only
 * cases whose names hold it.
 */

import assert from "node:assert/strict";
import { playerOf, sayShare } from "../support/players.ts";
import { isReference, ourProgram } from "../support/run_program.ts";
import { KNOWN_DIFFERENCES } from "./known_differences.ts";
import {
  type Level,
  LEVELS,
  type NetCase,
  netCases,
  recordedOutcomes,
  replay,
  slowestMs,
} from "./net_cases.ts";
import { describe, judge, type KnownDifference, type RunFacts, type Verdict } from "./outcome.ts";

const SLOW_MS = 8_000;
const AT_ONCE = 4;

/** Lines of all levels are printed at these. */
const PROCESS_LEVELS: readonly Level[] = ["debug", "trace"];

const slow = Deno.args.includes("--slow");
const words = Deno.args.filter((arg) => !arg.startsWith("--"));

interface Tally {
  agreed: number;
  readonly excused: Map<string, string[]>;
  /** Cases that came out otherwise while others ran: what scripts wait for, a busy machine may miss. */
  readonly doubtful: NetCase[];
}

Deno.test({
  name: "our program does what the reference did in the recorded network cases",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: playAll,
});

async function playAll(t: Deno.TestContext): Promise<void> {
  const rows = await isReference(ourProgram()) ? [] : KNOWN_DIFFERENCES;
  sayShare(`runs at the levels ${PROCESS_LEVELS.join(" and ")}`);
  const chosen = chooseCases();
  const tally: Tally = { agreed: 0, excused: new Map(), doubtful: [] };
  const queue = [...chosen];
  const workers = Array.from({ length: AT_ONCE }, async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      await playOne(t, { netCase: next, rows, tally });
    }
  });
  await Promise.all(workers);
  for (const netCase of tally.doubtful) {
    console.log(`again and alone: ${netCase.name}`);
    await playOne(t, { netCase, rows, tally, isAlone: true });
  }
  report(tally, rows);
  if (words.length > 0) return;
  for (const row of rows) await checkRow(t, { row, tally });
}

function chooseCases(): NetCase[] {
  const all = netCases().filter(({ name }) => words.every((word) => name.includes(word)));
  const chosen = all.filter((netCase) => slow || slowestMs(netCase) <= SLOW_MS);
  const left = all.length - chosen.length;
  if (left > 0) console.log(`${left} slow cases are left out (run with -- --slow)`);
  // The longest first, so that none of them is waited for at the end.
  return chosen.sort((a, b) => slowestMs(b) - slowestMs(a));
}

interface Play {
  readonly netCase: NetCase;
  readonly rows: readonly KnownDifference[];
  readonly tally: Tally;
  /** Whether nothing else runs, so that this run decides. */
  readonly isAlone?: true;
}

async function playOne(t: Deno.TestContext, play: Play): Promise<void> {
  await t.step({
    name: `${play.netCase.name}${play.isAlone ? ", again and alone" : ""}`,
    sanitizeOps: false,
    sanitizeResources: false,
    sanitizeExit: false,
    fn: async () => {
      const faults: string[] = [];
      for (const level of LEVELS) {
        const verdict = await judgeLevel(play, level);
        for (const id of verdict.excuses) {
          count(play.tally, { id, run: `${play.netCase.name} ${level}` });
        }
        if (verdict.fault !== undefined) faults.push(`${level}: ${verdict.fault}`);
        else if (verdict.excuses.length === 0) play.tally.agreed += 1;
      }
      if (faults.length > 0 && !play.isAlone) return void play.tally.doubtful.push(play.netCase);
      assert.equal(faults.length, 0, `\n${play.netCase.description}\n${faults.join("\n")}`);
    },
  });
}

async function judgeLevel(play: Play, level: typeof LEVELS[number]): Promise<Verdict> {
  const { netCase, rows } = play;
  const possible = recordedOutcomes(netCase, level);
  if (possible.length === 0) return { excuses: [], fault: undefined };
  const run = factsOf(netCase);
  const skipping = rows.filter((row) => row.skips?.(run));
  if (skipping.length > 0) return { excuses: skipping.map(({ id }) => id), fault: undefined };
  const player = playerOf(PROCESS_LEVELS.includes(level));
  const ours = await replay(netCase, { play: player, level });
  const verdicts = possible.map((reference) => judge({ reference, ours }, { rows, run }));
  const [first = { excuses: [], fault: describe(ours, ours) }] = verdicts;
  return verdicts.find(({ fault }) => fault === undefined) ?? first;
}

function factsOf(netCase: NetCase): RunFacts {
  const { args, env = {}, verbose, scriptedPeer } = netCase;
  return { args, env, verbose: verbose.stderr, steps: scriptedPeer };
}

function count(tally: Tally, { id, run }: { id: string; run: string }): void {
  tally.excused.set(id, [...tally.excused.get(id) ?? [], run]);
}

function report(tally: Tally, rows: readonly KnownDifference[]): void {
  console.log(`${tally.agreed} runs agree with the reference line by line`);
  for (const { id, reason } of rows) {
    const runs = tally.excused.get(id) ?? [];
    console.log(`${runs.length} runs differ by ${id}: ${reason}`);
    if (runs.length > 0) console.log(`    ${runs.join(", ")}`);
  }
}

async function checkRow(
  t: Deno.TestContext,
  { row, tally }: { row: KnownDifference; tally: Tally },
): Promise<void> {
  if (row.slowOnly && !slow) return;
  await t.step(`the known difference ${row.id} still shows`, () => {
    assert.ok(tally.excused.has(row.id), "no run differs by this row any more: remove it");
  });
}
