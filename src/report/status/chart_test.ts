import assert from "node:assert/strict";
import { chart } from "./chart.ts";
import type { SampleDocument } from "./schema.ts";
import { strip } from "./strip.ts";

function sample(minute: number, passed = true): SampleDocument {
  return { at: new Date(minute * 60_000).toISOString(), passed, elapsedMs: 10 * (minute + 1) };
}

const HOW = { everySeconds: 60, time: { now: 0, offsetMinutes: () => 0 } };

Deno.test("a chart joins checks that passed one after the other, not over failures or gaps", () => {
  const line = (samples: Parameters<typeof chart>[0]) =>
    / class="took" d="([^"]*)"/.exec(chart(samples, HOW)?.html ?? "")?.[1]?.replace(/[^ML]/g, "");
  assert.equal(line([sample(0), sample(1), sample(2)]), "MLL");
  assert.equal(line([sample(0), sample(1, false), sample(2), sample(3)]), "MML");
  assert.equal(line([sample(0), sample(4), sample(9)]), "MLM");
  assert.equal(line([sample(0, false)]), "");
  assert.equal(chart([], HOW), undefined);
});

Deno.test("a chart shades from a failed check to the next that passed", () => {
  const shades = (samples: Parameters<typeof chart>[0]) =>
    [...chart(samples, HOW)?.html.matchAll(/"failed-at" x="([\d.]+)" width="([\d.]+)"/g) ?? []]
      .map(([, x, width]) => [Number(x), Number(width)]);
  const samples = [sample(0), sample(1, false), sample(2, false), sample(3), sample(4, false)];
  assert.deepEqual(shades(samples), [[150, 300], [597, 3]]);
});

Deno.test("a strip has high blocks for failures, low ones for the others, and says how many", () => {
  const { html } = strip([sample(0), sample(1, false)], 4);
  assert.match(html, /class="pass" d="M8 6h3v10h-3z"/);
  assert.match(html, /class="fail" d="M12 0h3v16h-3z"/);
  assert.match(html, /aria-label="The last 2 checks: 1 failed"/);
  assert.match(strip([]).html, /aria-label="not checked yet"/);
});
