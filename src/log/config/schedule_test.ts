import assert from "node:assert/strict";
import { nextRollOver, parseSchedule, periodName, periodStart, type Schedule } from "./schedule.ts";

const MONDAY = Date.UTC(2026, 10, 23, 15, 54, 12) / 1000;

/** Central European summer time until 2026-10-25 01:00 UTC. */
function zone(seconds: number) {
  const summer = seconds < Date.UTC(2026, 9, 25, 1) / 1000;
  return { offsetSeconds: summer ? 7200 : 3600, name: summer ? "CEST" : "CET" };
}

function describe(schedule: Schedule, seconds: number): string[] {
  const start = periodStart(schedule, { seconds, zone });
  const next = nextRollOver(schedule, { seconds: start, zone });
  const iso = (moment: number) => new Date(moment * 1000).toISOString().slice(0, 16);
  return [periodName(schedule, { seconds: start, zone }), iso(start), iso(next)];
}

Deno.test("a period begins by the local clock and gives the rolled file its name", () => {
  assert.deepEqual(describe("MINUTELY", MONDAY), [
    "2026-11-23-16-54",
    "2026-11-23T15:54",
    "2026-11-23T15:55",
  ]);
  assert.deepEqual(describe("HOURLY", MONDAY), [
    "2026-11-23-16",
    "2026-11-23T15:00",
    "2026-11-23T16:00",
  ]);
  assert.deepEqual(describe("TWICE_DAILY", MONDAY), [
    "2026-11-23-PM",
    "2026-11-23T11:00",
    "2026-11-23T23:00",
  ]);
  assert.deepEqual(describe("DAILY", MONDAY), [
    "2026-11-23",
    "2026-11-22T23:00",
    "2026-11-23T23:00",
  ]);
  assert.deepEqual(describe("WEEKLY", MONDAY), ["2026-46", "2026-11-21T23:00", "2026-11-28T23:00"]);
  assert.deepEqual(describe("MONTHLY", MONDAY), [
    "2026-11",
    "2026-10-31T23:00",
    "2026-11-30T23:00",
  ]);
});

Deno.test("a month goes by the calendar across years and clock changes, a day is always 24 hours", () => {
  const december = Date.UTC(2026, 11, 31, 12) / 1000;
  assert.deepEqual(describe("MONTHLY", december), [
    "2026-12",
    "2026-11-30T23:00",
    "2026-12-31T23:00",
  ]);
  const october = Date.UTC(2026, 9, 25, 12) / 1000;
  assert.deepEqual(describe("MONTHLY", october), [
    "2026-10",
    "2026-09-30T22:00",
    "2026-10-31T23:00",
  ]);
  assert.deepEqual(describe("DAILY", october), [
    "2026-10-25",
    "2026-10-24T22:00",
    "2026-10-25T22:00",
  ]);
});

Deno.test("parseSchedule() takes names in any case and nothing else", () => {
  assert.equal(parseSchedule("Twice_Daily"), "TWICE_DAILY");
  for (const text of ["", "YEARLY", "constructor", " DAILY"]) {
    assert.equal(parseSchedule(text), undefined);
  }
});
