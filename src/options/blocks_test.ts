import assert from "node:assert/strict";
import type { OptionRow } from "./row.ts";
import { OPTION_ROWS } from "./rows.ts";
import { errorOf, optionsOf } from "./testing.ts";

const ROWS: readonly OptionRow[] = OPTION_ROWS;

/** What a block needs to be allowed. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  "key-password": ["+tls", "k", "c"],
  "write-seed": ["+tla", "+rs", "s"],
  "file-format": ["+tla"],
  "host-name": ["+tla"],
  "peer-certificate": ["+tla"],
  "tls-profile": ["+tla"],
};

/** An option with some words for its values. */
function typed(row: OptionRow): readonly string[] {
  return [row.long, ...row.values.map((_, at) => `${row.long}-${at}`)];
}

Deno.test("the rightmost option of a block wins, whatever comes before it", async () => {
  for (const [block, rows] of Map.groupBy(ROWS, (row) => row.block)) {
    if (block === undefined) continue;
    const beside = [...BESIDE[block] ?? [], "a", "1"];
    for (const first of rows) {
      for (const last of rows) {
        const both = await optionsOf([...beside, ...typed(first), ...typed(last)]);
        const alone = await optionsOf([...beside, ...typed(last)]);
        assert.deepEqual(both, alone, `${first.long} ${last.long}`);
        const thrice = await optionsOf([
          ...beside,
          ...typed(last),
          ...typed(first),
          ...typed(last),
        ]);
        assert.deepEqual(thrice, alone, `${last.long} ${first.long} ${last.long}`);
      }
    }
  }
});

Deno.test("of several options of a block, an error names the first in order of evaluation that is found", async () => {
  const tls = "only allowed with --enable-tls or --anonymous-tls";
  const cases: readonly (readonly [string, string])[] = [
    ["+py +px", `--profile-bcp195 ${tls}`],
    ["+px +py", `--profile-bcp195 ${tls}`],
    ["+pz +py", `--profile-bcp195-nd ${tls}`],
    ["+pn +pz", `--profile-bcp195-ex ${tls}`],
    ["+pg +px", `--profile-8996 ${tls}`],
    ["-der -pem", `--pem-keys ${tls}`],
    ["-pem -der", `--pem-keys ${tls}`],
    ["-ic -rc", `--require-peer-cert ${tls}`],
    ["-pw +ps", "--std-passwd only allowed with --enable-tls"],
    ["+pw x -pw", "--use-passwd only allowed with --enable-tls"],
    ["-pw +pw x", "--use-passwd only allowed with --enable-tls"],
    ["+wf x +ws", `--write-seed ${tls}`],
    ["+ws +wf x", `--write-seed ${tls}`],
  ];
  for (const [words, text] of cases) {
    assert.equal(await errorOf([...words.split(" "), "a", "1"]), text, words);
  }
});
