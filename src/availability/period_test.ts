/** Each case was calculated by hand. */

import assert from "node:assert/strict";
import { cellsOf, Zone, zoneOfMachine } from "./calendar.ts";
import { PeriodMaker } from "./period.ts";
import { availabilityOf, measuredShareOf, sumOf } from "./sums.ts";
import { DOWN, resultAt } from "./testing.ts";
import type { Period, PeriodOfPeer, TimedResult } from "./types.ts";

const HOUR_MS = 3_600_000;

function periodOf(
  results: readonly TimedResult[],
  period: Period & { readonly bounds?: readonly number[] },
): PeriodOfPeer {
  const maker = new PeriodMaker(period);
  for (const result of results) maker.add(result);
  return maker.finish();
}

function every(
  seconds: number,
  { sinceMs, untilMs, isDown = () => false }: Period & { isDown?: (ms: number) => boolean },
) {
  const results: TimedResult[] = [];
  for (let at = sinceMs; at < untilMs; at += seconds * 1000) {
    results.push(
      resultAt(at, { everySeconds: seconds, elapsedMs: 10, ...(isDown(at) ? DOWN : {}) }),
    );
  }
  return results;
}

Deno.test("an hour in which a peer is down for 6 minutes is 90 % available, all of it measured", () => {
  const period = { sinceMs: 0, untilMs: HOUR_MS };
  const made = periodOf(
    every(60, { ...period, isDown: (at) => at >= 600_000 && at < 960_000 }),
    period,
  );
  assert.deepEqual([made.upMs, made.downMs, made.unmeasuredMs], [54 * 60_000, 6 * 60_000, 0]);
  assert.equal(availabilityOf(made), 0.9);
  assert.equal(measuredShareOf(made), 1);
  assert.deepEqual([made.results, made.failed, made.state], [60, 6, "up"]);
  assert.deepEqual(made.outages, [{
    beginMs: 600_000,
    endMs: 960_000,
    before: "up",
    after: "up",
    situation: "port-refused",
    stage: "connect",
    fault: "peer",
    message: "connection refused",
    also: [],
  }]);
});

Deno.test("a result counts from the edge of the period on, and up to its end", () => {
  const results = [-30, 30, 90].map((at) => resultAt(at * 1000, { everySeconds: 60, ...DOWN }));
  const made = periodOf(results, { sinceMs: 0, untilMs: 60_000 });
  assert.deepEqual([made.downMs, made.unmeasuredMs, made.results], [60_000, 0, 1]);
  const [outage] = made.outages;
  assert.deepEqual([outage?.before, outage?.after, made.state], ["period", "period", "down"]);
});

Deno.test("what was not measured is neither up nor down", () => {
  const nothing = periodOf([], { sinceMs: 0, untilMs: HOUR_MS });
  assert.equal(availabilityOf(nothing), undefined);
  assert.equal(measuredShareOf(nothing), 0);
  assert.equal(nothing.state, "unmeasured");
  // Appears after half of the time, and is removed after three quarters.
  const half = { sinceMs: HOUR_MS / 2, untilMs: HOUR_MS * 3 / 4 };
  const made = periodOf(every(60, half), { sinceMs: 0, untilMs: HOUR_MS });
  // The last result, a minute before three quarters, holds for 2 minutes.
  assert.deepEqual([made.upMs, made.downMs], [16 * 60_000, 0]);
  assert.equal(made.unmeasuredMs, 44 * 60_000);
  assert.equal(made.state, "unmeasured");
  assert.deepEqual([made.firstMs, made.lastMs], [HOUR_MS / 2, HOUR_MS * 3 / 4 - 60_000]);
});

Deno.test("a gap within an outage makes two of it: nobody knows what was between them", () => {
  const results = [0, 60, 600, 660].map((at) => resultAt(at * 1000, { everySeconds: 60, ...DOWN }));
  const { outages } = periodOf([...results, resultAt(720_000)], { sinceMs: 0, untilMs: HOUR_MS });
  assert.deepEqual(
    outages.map(({ beginMs, endMs, before, after }) => [beginMs, endMs, before, after]),
    [[0, 180_000, "period", "unmeasured"], [600_000, 720_000, "unmeasured", "up"]],
  );
});

Deno.test("an outage that changes its reason is one, with both", () => {
  const results = [
    resultAt(0, { everySeconds: 60, ...DOWN }),
    resultAt(60_000, { everySeconds: 60, ...DOWN, situation: "connect-timeout" }),
    resultAt(120_000, { everySeconds: 60 }),
  ];
  const { outages, outageCount } = periodOf(results, { sinceMs: 0, untilMs: HOUR_MS });
  assert.equal(outageCount, 1);
  assert.deepEqual([outages[0]?.situation, outages[0]?.also], ["port-refused", [
    "connect-timeout",
  ]]);
});

Deno.test("of very many outages the longest are listed, and all are counted", () => {
  const results = Array.from(
    { length: 4000 },
    (_, at) =>
      resultAt(at * 60_000, { everySeconds: 60, ...(at % 2 === 1 || at > 3990 ? DOWN : {}) }),
  );
  const made = periodOf(results, { sinceMs: 0, untilMs: 4000 * 60_000 });
  assert.equal(made.outageCount, 1996);
  assert.equal(made.outages.length, 200);
  assert.equal(made.outages.at(-1)?.beginMs, 3991 * 60_000);
});

Deno.test("times are those of checks that passed, within 2.5 %", () => {
  const results = Array.from({ length: 101 }, (_, at) => {
    const stageMs = [null, at + 1, null, null, null, null];
    return resultAt(at * 60_000, { everySeconds: 60, elapsedMs: 100 + at, stageMs });
  });
  const failed = resultAt(101 * 60_000, { everySeconds: 60, elapsedMs: 30_000, ...DOWN });
  const { times, stages } = periodOf([...results, failed], { sinceMs: 0, untilMs: 102 * 60_000 });
  assert.equal(times?.count, 101);
  assert.equal(times.slowestMs, 200);
  assert.equal(times.slowestAtMs, 100 * 60_000);
  assert.ok(Math.abs(times.medianMs / 150 - 1) < 0.025);
  assert.ok(Math.abs(times.p95Ms / 195 - 1) < 0.025);
  assert.deepEqual(stages.map(({ stage, slowestMs }) => [stage, slowestMs]), [["connect", 101]]);
});

Deno.test("days of 23 and 25 hours, in Berlin", () => {
  const zone = new Zone("Europe/Berlin");
  const spring = cellsOf({
    sinceMs: Date.UTC(2026, 2, 27, 23),
    untilMs: Date.UTC(2026, 2, 31, 22),
  }, zone);
  assert.equal(spring.unit, "day");
  assert.deepEqual(hoursOf(spring.bounds), [24, 23, 24, 24]);
  const autumn = cellsOf({
    sinceMs: Date.UTC(2026, 9, 23, 22),
    untilMs: Date.UTC(2026, 9, 26, 23) + 1,
  }, zone);
  assert.deepEqual(hoursOf(autumn.bounds).slice(0, 3), [24, 25, 24]);
  // Down for all of Sunday, 2026-03-29, which has 23 hours.
  const [, begin = 0, end = 0] = spring.bounds;
  const period = { sinceMs: spring.bounds[0] ?? 0, untilMs: spring.bounds.at(-1) ?? 0 };
  const { cells } = periodOf(every(300, { ...period, isDown: (at) => at >= begin && at < end }), {
    ...period,
    bounds: spring.bounds,
  });
  assert.deepEqual(
    cells.map(({ upMs, downMs, unmeasuredMs }) =>
      [upMs, downMs, unmeasuredMs].map((ms) => ms / HOUR_MS)
    ),
    [[24, 0, 0], [0, 23, 0], [24, 0, 0], [24, 0, 0]],
  );
});

function hoursOf(bounds: readonly number[]): readonly number[] {
  return bounds.slice(1).map((end, at) => (end - (bounds[at] ?? 0)) / HOUR_MS);
}

Deno.test("the first and the last cell are as long as the period leaves them", () => {
  const period = { sinceMs: Date.UTC(2026, 0, 1, 12), untilMs: Date.UTC(2026, 0, 7, 6) };
  assert.deepEqual(hoursOf(cellsOf(period, new Zone("UTC")).bounds), [12, 24, 24, 24, 24, 24, 6]);
});

Deno.test("short periods have a cell for each hour, long ones for each month", () => {
  const zone = new Zone("Asia/Kolkata");
  const day = cellsOf({ sinceMs: Date.UTC(2026, 0, 1), untilMs: Date.UTC(2026, 0, 2) }, zone);
  assert.equal(day.unit, "hour");
  // Half an hour is left of the one that has begun.
  assert.deepEqual(hoursOf(day.bounds), [0.5, ...Array(23).fill(1), 0.5]);
  const years = cellsOf(
    { sinceMs: Date.UTC(2024, 0, 1), untilMs: Date.UTC(2026, 0, 1) },
    new Zone("UTC"),
  );
  assert.equal(years.unit, "month");
  assert.equal(years.bounds.length, 25);
});

Deno.test("midnight that clocks leave out, and a day that a country left out", () => {
  // Cairo went from 0:00 to 1:00 on 2023-04-28.
  const cairo = cellsOf(
    { sinceMs: Date.UTC(2023, 3, 26, 22), untilMs: Date.UTC(2023, 3, 30, 21) },
    new Zone("Africa/Cairo"),
  );
  assert.deepEqual(hoursOf(cairo.bounds), [24, 23, 24, 24]);
  // Samoa had no 2011-12-30.
  const apia = cellsOf(
    { sinceMs: Date.UTC(2011, 11, 28, 10), untilMs: Date.UTC(2012, 0, 1, 10) },
    new Zone("Pacific/Apia"),
  );
  assert.deepEqual(hoursOf(apia.bounds), [24, 24, 24, 24]);
});

Deno.test("a machine whose zone has no name, or a wrong one, has that of its offset", () => {
  const atMs = Date.UTC(2026, 5, 1);
  const zoneBy = (name: string | undefined, offsetMinutes: number) =>
    zoneOfMachine({ name, offsetMinutes, atMs }).name;
  assert.equal(zoneBy("Europe/Berlin", 120), "Europe/Berlin");
  assert.equal(zoneBy("Asia/Kathmandu", 345), "Asia/Kathmandu");
  // What the runtime says for TZ= , TZ=Nope, TZ=/usr/share/zoneinfo/Asia/Tokyo and TZ=GMT+5.
  assert.equal(zoneBy("Etc/Unknown", 0), "UTC");
  assert.equal(zoneBy(undefined, 0), "UTC");
  assert.equal(zoneBy(undefined, 540), "+09:00");
  assert.equal(zoneBy("+05:00", -300), "-05:00");
  const wall = zoneOfMachine({ name: "+05:00", offsetMinutes: -570, atMs }).wallTime(atMs);
  assert.deepEqual([wall.day, wall.hour, wall.minute], [31, 14, 30]);
});

Deno.test("peers together: each counts for as long as it was measured", () => {
  const together = sumOf([
    { upMs: 90, downMs: 10, unmeasuredMs: 0 },
    { upMs: 0, downMs: 25, unmeasuredMs: 75 },
    { upMs: 0, downMs: 0, unmeasuredMs: 100 },
  ]);
  assert.equal(availabilityOf(together), 0.72);
  assert.equal(measuredShareOf(together), 125 / 300);
});
