/** `--history` from outside: real peers, several processes, kills. */

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { Dice } from "../support/dice.ts";
import { startOurPeer } from "../support/our_peer.ts";
import { freePort, untilListening } from "../support/ports.ts";
import { seedOfRun } from "../support/seed.ts";
import { ourProgram, runProgram, startProgram } from "../support/run_program.ts";
import { httpMissing } from "../support/runtime_of.ts";
import { slowness } from "../support/slowness.ts";
import { testWith } from "../support/test_with.ts";
import { untilTrue } from "../support/until.ts";
import { withFolder } from "../support/with_folder.ts";

function rowsOf(file: string, sql: string): readonly (readonly unknown[])[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare(sql).all().map((found) => Object.values(found));
  } finally {
    database.close();
  }
}

Deno.test("checks, lists and waits add to one history, and nothing else of them changes", async () => {
  await using peer = await startOurPeer();
  await withFolder(async (folder) => {
    const file = `${folder}/h.db`;
    const run = async (...args: readonly string[]) => {
      const plain = await runProgram(ourProgram(), { args });
      const kept = await runProgram(ourProgram(), { args: ["--history", file, ...args] });
      assert.deepEqual([kept.code, kept.stderr], [plain.code, plain.stderr]);
    };
    const closed = freePort();
    await Deno.writeTextFile(`${folder}/list`, `127.0.0.1 ${peer.port}\n127.0.0.1 ${closed}\n`);
    await run(...peer.args);
    await run("127.0.0.1", `${closed}`);
    await run("--peers", `${folder}/list`);
    await run("--wait-until-up", "5", ...peer.args);
    const up = ["passed", null, null];
    const down = ["failed", "connect", "port-refused"];
    assert.deepEqual(
      rowsOf(
        file,
        "SELECT verdict, stage, situation FROM results ORDER BY started_ms, port = ?"
          .replace("?", `${closed}`),
      ),
      [up, down, up, down, up],
    );
    assert.deepEqual(rowsOf(file, "SELECT count(*) FROM run"), [[4]]);
  });
});

Deno.test("what cannot be kept is one sentence, exit code 40, and the verdict all the same", async () => {
  await using peer = await startOurPeer();
  await withFolder(async (folder) => {
    const args = ["--json", "--history", `${folder}/none/h.db`, ...peer.args];
    const { code, stdout, stderr } = await runProgram(ourProgram(), { args });
    assert.equal(code, 40);
    assert.equal(JSON.parse(stdout).entries[0].verdict, "passed");
    assert.equal(
      stderr,
      `error: cannot write the history to '${folder}/none/h.db': it cannot be opened or made there\n`,
    );
  });
});

Deno.test("watching adds each result when it is there", async () => {
  await using peer = await startOurPeer();
  await withFolder(async (folder) => {
    const file = `${folder}/watched.db`;
    const target = `127.0.0.1:${peer.port}`;
    await using _watch = startProgram(ourProgram(), {
      args: ["--watch", "0.05", "--history", file, ...peer.args],
    });
    await untilTrue(() => countOf(file) > 2);
    assert.deepEqual(rowsOf(file, FACTS), [[target, "passed", 0.05]]);
  });
});

testWith({
  name: "the exporter adds each result when it is there",
  missing: await httpMissing(ourProgram()),
  async fn() {
    await using peer = await startOurPeer();
    await withFolder(async (folder) => {
      const file = `${folder}/probed.db`;
      const port = freePort();
      const target = `127.0.0.1:${peer.port}`;
      await using exporter = startProgram(ourProgram(), {
        args: [
          ...["--exporter", `127.0.0.1:${port}`, "--exporter-allow", target],
          ...["--history", file],
        ],
      });
      assert.ok(await untilListening(port, { alive: () => exporter.alive }), exporter.output());
      for (let probes = 0; probes < 3; probes += 1) {
        await (await fetch(`http://127.0.0.1:${port}/probe?target=${target}`)).text();
      }
      await untilTrue(() => countOf(file) > 2);
      assert.deepEqual(rowsOf(file, FACTS), [[target, "passed", null]]);
    });
  },
});

const FACTS = "SELECT DISTINCT name, verdict, every_s FROM results";

function countOf(file: string): number {
  try {
    return Number(rowsOf(file, "SELECT count(*) FROM result")[0]?.[0]);
  } catch {
    return 0;
  }
}

/** How many processes are killed, 4 at a time. */
const KILLS = Deno.args.includes("--long") ? 200 : 20;

testWith({
  name:
    `after ${KILLS} kills of processes that write at once every run is there whole or not at all`,
  missing: slowness() === 1
    ? undefined
    : "laboratories hand out the locks of files in their own way",
  fn: () =>
    withFolder(async (folder) => {
      const file = `${folder}/h.db`;
      const closed = freePort();
      const peers = Array.from({ length: 6 }, (_, at) => `127.0.0.${at + 1} ${closed}\n`);
      await Deno.writeTextFile(`${folder}/list`, peers.join(""));
      const dice = new Dice(seedOfRun());
      let seen = 0;
      for (let round = 0; round < KILLS / 4; round += 1) {
        const jsonl = [0, 1, 2, 3].map((at) => `${folder}/${round}-${at}.jsonl`);
        const running = jsonl.map((report) =>
          startProgram(ourProgram(), {
            args: [
              ...["--peers", `${folder}/list`, "--watch", "0.01"],
              ...["--report", `jsonl=${report}`, "--history", file],
            ],
          })
        );
        await untilTrue(async () =>
          (await Promise.all(jsonl.map(runsIn))).every((count) => count > 1)
        );
        await new Promise((end) => setTimeout(end, dice.below(100)));
        await Promise.all(running.map((one) => one.stop("SIGKILL")));
        for (const one of running) assert.doesNotMatch(one.output(), /error/);
        // A run is reported before it is kept, and the next one begins after that.
        for (const report of jsonl) seen += Math.max(0, await runsIn(report) - 1);
        assert.deepEqual(rowsOf(file, "PRAGMA integrity_check"), [["ok"]]);
      }
      const counts = rowsOf(
        file,
        "SELECT DISTINCT (SELECT count(*) FROM result WHERE run = run.id) FROM run",
      );
      assert.deepEqual(counts, [[6]]);
      const [[runs] = []] = rowsOf(file, "SELECT count(*) FROM run");
      assert.ok(Number(runs) >= seen && seen > 0, `${runs} runs are kept, ${seen} were reported`);
    }),
});

async function runsIn(report: string): Promise<number> {
  const text = await Deno.readTextFile(report).catch(() => "");
  return text.split("\n").filter((line) => line.includes('"kind":"summary"')).length;
}
