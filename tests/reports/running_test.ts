/** Reports that are written while the program runs. */

import assert from "node:assert/strict";
import { freePort, untilListening } from "../support/ports.ts";
import { available, startRealPeer } from "../support/real_peers.ts";
import { ourProgram, startProgram } from "../support/run_program.ts";
import { testWith } from "../support/test_with.ts";
import { untilTrue } from "../support/until.ts";
import { withFolder } from "../support/with_folder.ts";

testWith({
  name: "--watch writes its reports after every check, and changes where no report goes",
  missing: available("storescp-fork"),
  fn: async () => {
    await withFolder(async (folder) => {
      const file = `${folder}/watch.prom`;
      await using peer = await startRealPeer("storescp-fork");
      await using program = startProgram(ourProgram(), {
        args: [
          ...["--watch", "0.1", "--report", "jsonl", "--report", `prometheus=${file}`],
          ...[peer.host, `${peer.port}`],
        ],
      });
      await untilTrue(() => readText(file).includes("\nechoscu_up{"));
      assert.match(readText(file), /\nechoscu_up\{.*\} 1\n/);
      await peer[Symbol.asyncDispose]();
      await untilTrue(() => /\nechoscu_up\{.*\} 0\n/.test(readText(file)));
      assert.match(readText(file), /\nechoscu_last_success_timestamp_seconds\{.*\} \d+/);
      await untilTrue(() => / down after /.test(program.output()));
      assert.equal(await program.stop("SIGINT"), 130);
      assert.match(program.output(), /^{"version":1,"kind":"entry",/m);
    });
  },
});

testWith({
  name: "--watch with a plan writes its reports after every run, and changes where no report goes",
  missing: available("storescp-fork"),
  fn: async () => {
    await withFolder(async (folder) => {
      const file = `${folder}/watch.prom`;
      await using peer = await startRealPeer("storescp-fork");
      const list = `${folder}/list`;
      await Deno.writeTextFile(list, `${peer.host} ${peer.port}\n127.0.0.1 ${freePort()}\n`);
      await using program = startProgram(ourProgram(), {
        args: [
          ...["--watch", "0.1", "--report", "jsonl", "--report", `prometheus=${file}`],
          ...["--peers", list],
        ],
      });
      await untilTrue(() => readText(file).includes("\nechoscu_up{"));
      assert.match(readText(file), /\nechoscu_up\{.*\} 1\nechoscu_up\{.*\} 0\n/);
      await peer[Symbol.asyncDispose]();
      await untilTrue(() => /\nechoscu_up\{.*\} 0\nechoscu_up\{.*\} 0\n/.test(readText(file)));
      assert.match(readText(file), /\nechoscu_last_success_timestamp_seconds\{.*\} \d+/);
      await untilTrue(() => / failed after /.test(program.output()));
      assert.equal(await program.stop("SIGINT"), 130);
      assert.match(program.output(), /^{"version":1,"kind":"entry",/m);
      assert.match(program.output(), /^{"version":1,"kind":"summary",/m);
      assert.match(program.output(), /\d+ runs, the last one: 0 passed, 2 failed\n/);
    });
  },
});

testWith({
  name:
    "--report jsonl prints each peer of a plan as soon as it is known, and what is done when interrupted",
  missing: available("storescp-fork"),
  fn: async () => {
    await withFolder(async (folder) => {
      await using peer = await startRealPeer("storescp-fork");
      using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
      const list = `${folder}/list`;
      await Deno.writeTextFile(
        list,
        `${peer.host} ${peer.port}\n127.0.0.1 ${(silent.addr as Deno.NetAddr).port}\n`,
      );
      await using program = startProgram(ourProgram(), {
        args: ["--peers", list, "--report", "jsonl"],
      });
      await untilTrue(() => /^{"version":1,"kind":"entry".*\n/.test(program.output()));
      assert.ok(program.alive);
      assert.equal(await program.stop("SIGINT"), 130);
      const lines = program.output().trimEnd().split("\n").map((line) => JSON.parse(line));
      assert.deepEqual(lines.map(({ verdict }) => verdict), ["passed", "skipped", undefined]);
      assert.equal(lines[2].kind, "summary");
    });
  },
});

Deno.test("lines that nobody reads for a while hold no check up", async () => {
  await withFolder(async (folder) => {
    const port = freePort();
    await using peer = startProgram(ourProgram(), {
      args: ["-v", "--listen", `127.0.0.1:${port}`],
    });
    assert.ok(await untilListening(port, { alive: () => peer.alive }), peer.output());
    const peers = 400;
    const list = `${folder}/list`;
    const lines = Array.from({ length: peers }, (_, at) => `127.0.0.1 ${port} P${at}\n`);
    await Deno.writeTextFile(list, lines.join(""));
    const { command, args } = ourProgram();
    const child = new Deno.Command(command, {
      args: [...args, "--peers", list, "--report", "jsonl"],
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    // A pipe takes 64 KiB, which is some 55 peers; all are checked before anybody reads.
    await untilTrue(() => peer.output().split(": 1 echo answered").length > peers);
    const text = await new Response(child.stdout).text();
    assert.deepEqual(JSON.parse(text.trimEnd().split("\n").at(-1) ?? "").summary, {
      total: peers,
      passed: peers,
      failed: 0,
      skipped: 0,
    });
    assert.equal((await child.status).code, 0);
  });
});

function readText(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}

Deno.test("--watch adds to files of lines and of rows, and keeps what was there", async () => {
  await withFolder(async (folder) => {
    const [lines, rows, whole] = ["jsonl", "csv", "json"].map((name) => `${folder}/r.${name}`);
    const reports = [`jsonl=${lines}`, `csv=${rows}`, `json=${whole}`];
    const args = [
      ...["--watch", "0.1", ...reports.flatMap((report) => ["--report", report])],
      ...["127.0.0.1", `${freePort()}`],
    ];
    const kinds = () =>
      readText(`${lines}`).split("\n").filter((line) => line !== "")
        .map((line) => JSON.parse(line).kind);
    const tableLines = () => readText(`${rows}`).trimEnd().split("\r\n");
    for (const least of [4, 8]) {
      await using program = startProgram(ourProgram(), { args });
      // Where there are no signals, nothing comes after.
      await untilTrue(() => kinds().length >= least && tableLines().length > least / 2);
      await program.stop("SIGINT");
    }
    const found = kinds();
    assert.deepEqual(found.slice(0, 8), Array(4).fill(["entry", "summary"]).flat());
    const [header = "", ...others] = tableLines();
    assert.match(header, /^name,group,tags,/);
    assert.ok(others.every((row) => row.startsWith("127.0.0.1:")), others.join("\n"));
    assert.equal(JSON.parse(readText(`${whole}`)).entries.length, 1);
  });
});
