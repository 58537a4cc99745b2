import assert from "node:assert/strict";
import { endText } from "./days.ts";

Deno.test("endText() counts whole days before and after the end", () => {
  const texts = [29, 1, 0, -1, -2, -13].map(endText);
  assert.deepEqual(texts, [
    "ends in 29 days",
    "ends in 1 day",
    "ends within a day",
    "ended within the last day",
    "ended 1 day ago",
    "ended 12 days ago",
  ]);
});
