import assert from "node:assert/strict";
import { percentText } from "./over_time_words.ts";

Deno.test("percentText() never rounds up", () => {
  for (
    const [share, text] of [
      [undefined, "-"],
      [0, "0.0 %"],
      [0.0009, "0.0 %"],
      [0.29, "29.0 %"],
      [0.4999, "49.9 %"],
      [0.89999, "89.9 %"],
      [0.9, "90.000 %"],
      [0.9999999, "99.999 %"],
      [1, "100 %"],
    ] as const
  ) assert.equal(percentText(share), text);
});
