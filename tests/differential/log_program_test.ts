/** The recorded log cases with our whole program: real command line, real peer, real files. */

import assert from "node:assert/strict";
import type { ExpectedText, LogCase } from "./log_case.ts";
import { logCases, playLogCase } from "./log_place.ts";
import { LOG_ROWS, ourRunner } from "./log_rows.ts";

/** Cases that are not rewritten but differ as a whole. */
const EXCUSED: ReadonlyMap<string, string> = new Map([
  ["err-bom", "D42: a byte order mark is not part of the text"],
  ["err-date-empty", "D8: refused before the run, where the reference ends itself"],
  ["quiet-cli-error", "D3: a wrong command line says so"],
  ["rolling-repeat", "D59: fewer bytes at trace level, so the file is rolled over elsewhere"],
]);

Deno.test("our program logs what was recorded, but for the listed differences", async (t) => {
  const ours = await ourRunner();
  const agreed: string[] = [];
  const rewritten = new Map<string, string[]>();
  const cases = logCases();
  assert.ok(cases.length > 60, "cases are there");
  for (const logCase of cases) {
    await t.step(logCase.name, async () => {
      const { expected, ids } = rewriteCase(logCase);
      const differences = await playLogCase(expected, ours);
      const excuse = EXCUSED.get(logCase.name);
      if (excuse !== undefined) {
        assert.notDeepEqual(differences, [], `no longer differs: ${excuse}`);
        return;
      }
      assert.deepEqual(differences, []);
      if (ids.length === 0) agreed.push(logCase.name);
      for (const id of ids) rewritten.set(id, [...rewritten.get(id) ?? [], logCase.name]);
    });
  }
  console.log(`agreed byte for byte: ${agreed.length} of ${cases.length}`);
  for (const { id, reason } of LOG_ROWS) {
    const names = rewritten.get(id) ?? [];
    console.log(`${names.length} differ by ${id} (${reason}): ${names.join(", ")}`);
    assert.notEqual(names.length, 0, `${id} rewrites nothing any more: remove it`);
  }
  for (const [name, reason] of EXCUSED) console.log(`excused: ${name} (${reason})`);
});

/** The case as ours must play it, and the rows that made it so. */
function rewriteCase(logCase: LogCase): { readonly expected: LogCase; readonly ids: string[] } {
  const ids = new Set<string>();
  const rewrite = (expected: ExpectedText): ExpectedText => {
    if (expected.size !== undefined) return expected;
    const text = LOG_ROWS.reduce((before, row) => {
      const after = row.rewrite(before);
      if (after !== before) ids.add(row.id);
      return after;
    }, expected.text);
    return { text };
  };
  const files = new Map([...logCase.files].map(([name, text]) => [name, rewrite(text)]));
  const { stdout, stderr } = logCase;
  const expected = { ...logCase, stdout: rewrite(stdout), stderr: rewrite(stderr), files };
  return { expected, ids: [...ids] };
}
