import assert from "node:assert/strict";
import { parseMoment } from "./moment.ts";

Deno.test("a moment is so long ago, a day, or a time", () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ["90min", { value: { kind: "ago", ms: 5_400_000 } }],
    ["12h", { value: { kind: "ago", ms: 43_200_000 } }],
    ["2w", { value: { kind: "ago", ms: 14 * 86_400_000 } }],
    ["2024-02-29", { value: { kind: "day", year: 2024, month: 2, day: 29 } }],
    ["2026-01-31T08:30", {
      value: { kind: "time", year: 2026, month: 1, day: 31, hour: 8, minute: 30, second: 0 },
    }],
    ["2026-01-31T08:30:00Z", { value: { kind: "at", ms: Date.UTC(2026, 0, 31, 8, 30) } }],
    ["2026-01-31 08:30+01:00", { value: { kind: "at", ms: Date.UTC(2026, 0, 31, 7, 30) } }],
    ["0d", { reason: "underflow" }],
    ["3660d", { value: { kind: "ago", ms: 3660 * 86_400_000 } }],
    ["3661d", { reason: "overflow" }],
    ["2026-02-29", { reason: "invalid", because: "there is no such time" }],
    ["2026-01-31T24:00", { reason: "invalid", because: "there is no such time" }],
    ["2026-01-31T08:00+99:00", { reason: "invalid", because: "there is no such offset" }],
  ];
  for (const [word, outcome] of cases) assert.deepEqual(parseMoment(word), outcome, word);
  for (const word of ["", "30", "d", "-3d", "1.5d", "30D", "30m", "yesterday", "31.01.2026"]) {
    assert.deepEqual(parseMoment(word), { reason: "invalid" }, word);
  }
});
