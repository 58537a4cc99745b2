/** Reports of real checks, made by the program as users run it. */

import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/2020";
import schema from "../../docs/report.schema.json" with { type: "json" };
import { missing } from "../support/installed.ts";
import { freePort } from "../support/ports.ts";
import { available, startRealPeer } from "../support/real_peers.ts";
import { ourProgram, type Run, type RunOptions, runProgram } from "../support/run_program.ts";
import { startPeer } from "../support/scripted_peer.ts";
import { testWith } from "../support/test_with.ts";
import { withFolder } from "../support/with_folder.ts";
import { signalChild } from "../support/signal_child.ts";
import { untilFound } from "../support/until.ts";

const isReport = new Ajv2020({ strict: true, formats: { "date-time": true } }).compile(schema);

function ours(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return runProgram(ourProgram(), { args, ...options });
}

function reportOf(text: string) {
  const report = JSON.parse(text);
  assert.ok(isReport(report) === true, JSON.stringify(isReport.errors));
  return report as {
    readonly entries: readonly {
      readonly verdict: string;
      readonly failure?: Readonly<Record<string, unknown>>;
      readonly echoes: readonly { readonly status: number }[];
      readonly association?: Readonly<Record<string, unknown>>;
    }[];
  };
}

testWith({
  name: "--json prints the report alone on standard output, next to the reference's log lines",
  missing: available("storescp"),
  fn: async () => {
    await using peer = await startRealPeer("storescp");
    const args = ["-v", "--json", "--repeat", "3", peer.host, `${peer.port}`];
    const { code, stdout, stderr } = await ours(args);
    assert.equal(code, 0, stderr);
    const [entry] = reportOf(stdout).entries;
    assert.equal(entry?.verdict, "passed");
    assert.deepEqual(entry?.echoes.map(({ status }) => status), [0, 0, 0]);
    assert.equal(entry?.association?.implementationVersionName, "OFFIS_DCMTK_367");
    assert.match(stderr, /^I: Requesting Association\n(I: .*\n)+$/);
  },
});

Deno.test("--json reports a refused port by stage, fault, situation and hint, with the usual code", async () => {
  const port = freePort();
  const { code, stdout, stderr } = await ours(["--json", "127.0.0.1", `${port}`]);
  assert.equal(code, 1);
  const { name, stage, fault, situation, hint } = reportOf(stdout).entries[0]?.failure ?? {};
  assert.deepEqual([name, stage, fault, situation], [
    "DialFailed",
    "connect",
    "network",
    "port-refused",
  ]);
  assert.match(`${hint}`, new RegExp(`port ${port}`));
  assert.match(stderr, /^F: Association Request Failed: .*Connection refused\n$/);
  const detailed = await ours(["--exit-codes", "detailed", "--json", "127.0.0.1", `${port}`]);
  assert.equal(detailed.code, 62);
});

Deno.test("reports tell what a peer sent that is not a DICOM", async () => {
  const http = new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n\r\n");
  await using peer = await startPeer(async (connection) => {
    await connection.readPdu(5000);
    await connection.write(http);
    return undefined;
  });
  const formats = ["json", "jsonl", "csv", "junit", "html", "nagios", "prometheus"];
  await withFolder(async (folder) => {
    const reports = formats.flatMap((format) => ["--report", `${format}=${folder}/${format}`]);
    const { code, stdout } = await ours([...reports, peer.host, `${peer.port}`]);
    assert.equal(stdout, "");
    assert.equal(code, 2, "Nagios' CRITICAL");
    const failure = reportOf(Deno.readTextFileSync(`${folder}/json`)).entries[0]?.failure;
    const [situation, title] = [`${failure?.situation}`, `${failure?.title}`];
    assert.match(title, /HTTP|web/i);
    for (const format of formats) {
      const text = Deno.readTextFileSync(`${folder}/${format}`);
      const told = format === "nagios" ? title : situation;
      assert.ok(text.includes(told), `${format}: ${text}`);
    }
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), formats.sort());
  });
});

testWith({
  name: "--report nagios ends with Nagios' codes, by latency too",
  missing: available("storescp"),
  fn: async () => {
    await using peer = await startRealPeer("storescp");
    const at = [peer.host, `${peer.port}`];
    const nagios = ["--report", "nagios"];
    const cases: readonly (readonly [number, string, readonly string[]])[] = [
      [0, "OK", at],
      [0, "OK", ["--warn-latency", "3600000", "--critical-latency", "3600000", ...at]],
      [1, "WARNING", ["--warn-latency", "0", "--critical-latency", "3600000", ...at]],
      [2, "CRITICAL", ["--warn-latency", "0", "--critical-latency", "0", ...at]],
      [2, "CRITICAL", ["127.0.0.1", `${freePort()}`]],
      [3, "UNKNOWN", ["127.0.0.1"]],
      [3, "UNKNOWN", ["--aec", "X", ...at]],
    ];
    for (const [code, state, args] of cases) {
      const run = await ours([...nagios, ...args]);
      assert.equal(run.code, code, run.stdout + run.stderr);
      assert.ok(run.stdout.startsWith(`DICOM ${state} - `), run.stdout);
    }
  },
});

Deno.test("a report that cannot be written ends with 40, one line, and the others written", async () => {
  await withFolder(async (folder) => {
    const port = `${freePort()}`;
    const reports = ["--report", `html=${folder}/no/page`, "--report", `csv=${folder}/rows`];
    const { code, stdout, stderr } = await ours([...reports, "--json", "127.0.0.1", port]);
    assert.equal(code, 40);
    const line =
      `error: cannot write the html report to '${folder}/no/page': No such file or directory\n`;
    assert.ok(stderr.endsWith(`Connection refused\n${line}`), stderr);
    reportOf(stdout);
    assert.match(Deno.readTextFileSync(`${folder}/rows`), /^name,/);
  });
});

testWith({
  name: "standard output that is full ends with 40, one that is closed does not",
  missing: Deno.build.os === "linux" ? undefined : "/dev/full is there on Linux only",
  fn: async () => {
    const { command, args } = ourProgram();
    const port = `${freePort()}`;
    const into = (target: string) => ({
      command: "sh",
      args: ["-c", `"$@" --json 127.0.0.1 ${port} ${target}`, "sh", command, ...args],
    });
    const full = await runProgram(into("> /dev/full"), { args: [] });
    assert.equal(full.code, 40);
    assert.match(
      full.stderr,
      /\nerror: cannot write the json report to standard output: No space left on device\n$/,
    );
    const closed = await runProgram(
      { command: "bash", args: ["-c", 'set -o pipefail; "$@" | true', "bash", command, ...args] },
      { args: ["--json", "127.0.0.1", port] },
    );
    assert.equal(closed.code, 1);
    assert.doesNotMatch(closed.stderr, /error:/);
  },
});

testWith({
  name: "node exporter's textfile collector takes the report, and never sees a part of it",
  missing: missing({ program: "prometheus-node-exporter" }),
  fn: async () => {
    await withFolder(async (folder) => {
      const port = `${freePort()}`;
      const file = `${folder}/echoscu.prom`;
      await ours(["--report", `prometheus=${file}`, "127.0.0.1", port]);
      const own = freePort();
      const collector = new Deno.Command("prometheus-node-exporter", {
        args: [
          `--web.listen-address=127.0.0.1:${own}`,
          "--collector.disable-defaults",
          "--collector.textfile",
          `--collector.textfile.directory=${folder}`,
        ],
        stdout: "null",
        stderr: "null",
      }).spawn();
      try {
        const text = await fetchText(`http://127.0.0.1:${own}/metrics`);
        assert.match(text, new RegExp(`\nechoscu_up\\{.*port="${port}"\\} 0\n`));
        assert.match(text, /\nnode_textfile_scrape_error 0\n/);
      } finally {
        signalChild(collector, "SIGTERM");
        await collector.status;
      }
    });
  },
});

/** Asks until somebody answers. */
async function fetchText(url: string): Promise<string> {
  return await untilFound(() => fetch(url).then((answer) => answer.text(), () => undefined));
}
