/** `--since` from outside: a real peer that goes and comes back, and what the report says of it. */

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { startOurPeer } from "../support/our_peer.ts";
import { closedPort } from "../support/ports.ts";
import { ourProgram, runProgram } from "../support/run_program.ts";
import { isOfWindows } from "../support/runtime_of.ts";
import { testWith } from "../support/test_with.ts";
import { withFolder } from "../support/with_folder.ts";

Deno.test("a report over time says what checks have found, and contacts nobody", async () => {
  await withFolder(async (folder) => {
    const history = ["--history", `${folder}/h.db`];
    let args: readonly string[] = [];
    const check = () => runProgram(ourProgram(), { args: [...history, ...args] });
    {
      await using peer = await startOurPeer();
      args = peer.args;
      assert.equal((await check()).code, 0);
    }
    assert.notEqual((await check()).code, 0);
    const begin = Date.parse(firstOf(`${folder}/h.db`, "failed"));
    const report = await runProgram(ourProgram(), {
      args: [
        ...[...history, "--since", "2h", "--report", `html=${folder}/r.html`],
        ...["--report", `csv=${folder}/r.csv`, "--json"],
      ],
    });
    assert.deepEqual([report.code, report.stderr], [0, ""]);
    const { peers, total } = JSON.parse(report.stdout);
    assert.equal(total.outageCount, 1);
    const [{ state, outages, results, failed }] = peers;
    assert.deepEqual([state, results, failed], ["down", 2, 1]);
    assert.deepEqual(
      [outages[0].begin, outages[0].situation, outages[0].after],
      [new Date(begin).toISOString(), "port-refused", "period"],
    );
    assert.match(await Deno.readTextFile(`${folder}/r.html`), /✗ down/);
    assert.match(await Deno.readTextFile(`${folder}/r.csv`), /^outage,/m);
  });
});

testWith({
  name: "a report over time names the time zone, or by how much it is apart from UTC",
  missing: await isOfWindows(ourProgram()) ? "Windows does not mind TZ" : undefined,
  fn: () =>
    withFolder(async (folder) => {
      const history = ["--history", `${folder}/h.db`];
      await using closed = await closedPort();
      const peer = ["127.0.0.1", `${closed.port}`];
      assert.equal((await runProgram(ourProgram(), { args: [...history, ...peer] })).code, 1);
      for (const [zone, name] of [["", "UTC"], ["No/Such", "UTC"], ["GMT+5", "-05:00"]]) {
        const args = [...history, "--since", "2h"];
        const run = await runProgram(ourProgram(), { args, env: { TZ: zone ?? "" } });
        assert.deepEqual([run.code, run.stderr], [0, ""], zone);
        assert.ok(run.stdout.replaceAll("\n", " ").includes(` ${name} (2 h 0 min)`), run.stdout);
      }
    }),
});

function firstOf(file: string, verdict: string): string {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const sql = "SELECT time FROM results WHERE verdict = ? ORDER BY started_ms LIMIT 1";
    return String(database.prepare(sql).get(verdict)?.["time"]);
  } finally {
    database.close();
  }
}

Deno.test("a history that is not there is one sentence, and is not made", async () => {
  await withFolder(async (folder) => {
    const args = ["--history", `${folder}/none.db`, "--since", "30d"];
    const { code, stdout, stderr } = await runProgram(ourProgram(), { args });
    assert.deepEqual([code, stdout], [20, ""]);
    assert.match(stderr, /^error: cannot read the history '.*none\.db': [^\n]+\n$/);
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  });
});
