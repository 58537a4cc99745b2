/** Each case was calculated by hand: seconds of results, and from when to when the peer was what. */

import assert from "node:assert/strict";
import { StretchMaker } from "./stretches.ts";
import { DOWN, resultAt, stretchesText } from "./testing.ts";
import type { Stretch, TimedResult } from "./types.ts";

function madeOf(results: readonly TimedResult[], endSeconds: number): string {
  const made: Stretch[] = [];
  const maker = new StretchMaker((stretch) => made.push(stretch));
  for (const result of results) maker.add(result);
  maker.end(endSeconds * 1000);
  return stretchesText(made);
}

/** Results at these seconds; `!` after a second: down. `every` seconds from run to run. */
function results(text: string, every: number | null, more: Partial<TimedResult> = {}) {
  return text.split(" ").map((word) =>
    resultAt(parseFloat(word) * 1000, {
      everySeconds: every,
      ...(word.endsWith("!") ? DOWN : {}),
      ...more,
    })
  );
}

function inOrder(...lists: readonly (readonly TimedResult[])[]): readonly TimedResult[] {
  return lists.flat().sort((a, b) => a.startedMs - b.startedMs);
}

const CASES: readonly (readonly [string, readonly TimedResult[], number, string])[] = [
  ["nothing", [], 1000, ""],
  [
    "a result holds until the next",
    results("0 60 120! 180", 60),
    240,
    "0..120 up, 120..180 port-refused, 180..240 up",
  ],
  ["and for twice the time from run to run at most", results("0 60", 60), 600, "0..180 up"],
  ["a restart within that time leaves no gap", results("0 60 175 235", 60), 240, "0..240 up"],
  ["a longer one does", results("0 60 400", 60), 460, "0..180 up, 400..460 up"],
  ["what is down is not down for ever", results("0! 60!", 60), 600, "0..180 port-refused"],
  [
    "runs that take longer than the time between them",
    results("0! 30! 60!", 1, { runMs: 30_000 }),
    200,
    "0..120 port-refused",
  ],
  [
    "runs every 5 minutes, without a word of when the next is",
    results("0 300 600 900 28800 29100", null),
    30000,
    "0..1500 up, 28800..29700 up",
  ],
  ["one run: 2 hours", results("0", null), 100_000, "0..7200 up"],
  [
    "a check by hand a day: 2 hours of each",
    results("0 86400 172800", null),
    259_200,
    "0..7200 up, 86400..93600 up, 172800..180000 up",
  ],
  ["checks by hand, one after the other", results("0 5 10", null), 1000, "0..20 up"],
  [
    "two and three programs, each every 5 minutes, 1 s after the other",
    [
      ...inOrder(
        results("0 300 600 900 1200 1500", null),
        results("1 301 601 901 1201 1501", null),
      ),
      ...inOrder(results("10000 10300 10600", null), results("10001 10301 10601", null)),
      ...inOrder(results("10900 11200 11500", null), results("10901 11201 11501", null)),
      ...results("10902 11202 11502", null),
    ].sort((a, b) => a.startedMs - b.startedMs),
    12_000,
    "0..2099 up, 10000..12000 up",
  ],
  [
    "a check by hand among those of a watch: the newest says what is",
    inOrder(results("0 60 120", 60), results("70!", null)),
    180,
    "0..70 up, 70..120 port-refused, 120..180 up",
  ],
  [
    "the watch says for how long that is known",
    inOrder(results("0 300", 300), results("10 12 14", null)),
    300,
    "0..300 up",
  ],
  [
    "a check by hand announces nothing: after it the end of the watch counts",
    inOrder(results("0", null), results("10 70", 60)),
    1000,
    "0..190 up",
  ],
  [
    "two programs, one of which ends",
    inOrder(results("0 60", 60), results("30 330", 300)),
    700,
    "0..700 up",
  ],
  [
    "a clock that was set back by 100 s: the times that are twice there are those of two programs",
    inOrder(results("0 60 120 180!", 60), results("80! 140 200", 60)),
    260,
    "0..80 up, 80..120 port-refused, 120..180 up, 180..200 port-refused, 200..260 up",
  ],
  [
    "a clock that was set forward leaves a gap",
    results("0 60 3660 3720", 60),
    3780,
    "0..180 up, 3660..3780 up",
  ],
  [
    "results of the same moment: the last counts",
    results("0 0! 60", 60),
    120,
    "0..60 port-refused, 60..120 up",
  ],
  [
    "another reason is another stretch",
    [...results("0! 60!", 60), ...results("120!", 60, { situation: "connect-timeout" })],
    180,
    "0..120 port-refused, 120..180 connect-timeout",
  ],
];

for (const [name, given, end, expected] of CASES) {
  Deno.test(`stretches: ${name}`, () => assert.equal(madeOf(given, end), expected));
}
