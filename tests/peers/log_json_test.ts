/** `--log-format json` with the whole program: every line is alone and says how far things are. */

import assert from "node:assert/strict";
import { startLogPeer } from "../differential/log_peers.ts";
import {
  ourProgram,
  type Running,
  runProgram,
  SIGNALS_MISSING,
  startProgram,
} from "../support/run_program.ts";
import { testWith } from "../support/test_with.ts";
import { untilFound, untilTrue } from "../support/until.ts";

interface JsonLine {
  readonly time: string;
  readonly level: string;
  readonly logger: string;
  readonly stage?: string;
  readonly message: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** What every event of a check of that port names. */
function peerOf(port: string, callingAeTitle = "ECHOSCU", calledAeTitle = "ANY-SCP") {
  const host = "127.0.0.1";
  return { peer: `${host}:${port}`, host, port: Number(port), callingAeTitle, calledAeTitle };
}

/** Fails unless all of `lines` name what `expected` does. */
function assertAllName(lines: readonly JsonLine[], expected: ReturnType<typeof peerOf>): void {
  assert.notEqual(lines.length, 0);
  for (const { message, fields } of lines) {
    const { peer, host, port, callingAeTitle, calledAeTitle } = fields ?? {};
    assert.deepEqual({ peer, host, port, callingAeTitle, calledAeTitle }, expected, message);
  }
}

function readLines(text: string): readonly JsonLine[] {
  return text.split("\n").slice(0, -1).map((line) => JSON.parse(line));
}

Deno.test("--log-format json reports each event of a check with its stage and figures", async () => {
  await using peer = await startLogPeer("accepting");
  const args = ["--log-format", "json", "-v", "127.0.0.1", peer.port];
  const { code, stderr } = await runProgram(ourProgram(), { args });
  assert.equal(code, 0);
  const lines = readLines(stderr);
  assert.deepEqual(
    lines.map(({ level, stage, message }) => [level, stage, message]),
    [
      ["info", "connect", "Requesting Association"],
      ["info", "associate", "Association Accepted (Max Send PDV: 16372)"],
      ["info", "echo", "Sending Echo Request (MsgID 1)"],
      ["info", "echo", "Received Echo Response (Success)"],
      ["info", "release", "Releasing Association"],
    ],
  );
  for (const { time, logger } of lines) {
    assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/);
    assert.equal(logger, "dcmtk.apps.echoscu");
  }
  const whom = peerOf(peer.port);
  assert.deepEqual(lines[0]?.fields, whom);
  assert.deepEqual(lines[1]?.fields, { ...whom, maxSendPdv: 16_372 });
  assert.deepEqual(lines[2]?.fields, { ...whom, messageId: 1 });
  assert.deepEqual(Object.keys(lines[3]?.fields ?? {}), [
    ...Object.keys(whom),
    "messageId",
    "status",
    "elapsedMs",
  ]);
});

Deno.test("--log-format json says why a check failed, and ends as ever", async () => {
  await using peer = await startLogPeer("rejecting");
  const args = ["--log-format", "json", "127.0.0.1", peer.port];
  const { code, stderr } = await runProgram(ourProgram(), { args });
  assert.equal(code, 1);
  const [failure, diagnosis, ...others] = readLines(stderr);
  assert.equal(failure?.level, "fatal");
  assert.equal(failure?.stage, "associate");
  assert.equal(failure?.fields?.error, "AssociationRejected");
  assert.equal(failure?.fields?.fault, "peer");
  assert.match(diagnosis?.message ?? "", /^hint: /);
  assert.deepEqual(others, []);
});

Deno.test("--log-format json names host, port, titles and peer in every event of a check", async () => {
  await using peer = await startLogPeer("rejecting");
  const titles = ["-aet", "ME", "-aec", "YOU"];
  const args = ["--log-format", "json", "--arguments", "-ll", "trace", ...titles];
  const more = ["--retries", "1", "--retry-delay", "0", "--repeat", "2", "--interval", "0"];
  const { stderr } = await runProgram(ourProgram(), {
    args: [...args, ...more, "127.0.0.1", peer.port],
  });
  assertAllName(readLines(stderr), peerOf(peer.port, "ME", "YOU"));
});

testWith({
  name:
    "--watch --log-format json prints nothing plain: changes, failures of reports and the end are events",
  missing: SIGNALS_MISSING,
  async fn() {
    await using peer = await startLogPeer("rejecting");
    const report = ["--report", "nagios=/nowhere/at/all", "--explain"];
    const args = ["--log-format", "json", "--watch", "0.2", ...report, "127.0.0.1", peer.port];
    await using watch = startProgram(ourProgram(), { args });
    await untilTrue(() => /nowhere/.test(watch.output()), watch);
    await watch.stop("SIGINT");
    const lines = readLines(watch.output());
    assertAllName(lines, peerOf(peer.port));
    const change = lines.find(({ stage }) => stage === "watch");
    const unwritten = lines.find(({ message }) =>
      message.startsWith("cannot write the nagios report")
    );
    assert.deepEqual([change?.level, change?.stage], ["warn", "watch"]);
    assert.match(change?.message ?? "", /^127\.0\.0\.1:\d+ down: /);
    const { state, error, fault, situation, hint } = change?.fields ?? {};
    assert.deepEqual([state, error, fault], ["down", "AssociationRejected", "peer"]);
    assert.ok(situation !== undefined && hint !== undefined);
    assert.equal(unwritten?.level, "error");
    assert.match(lines.at(-1)?.message ?? "", /^\d+ checks?, 0 verified/);
  },
});

testWith({
  name: "--watch --log-format json of a plan prints nothing plain, and names whose state it is",
  missing: SIGNALS_MISSING,
  async fn() {
    await using peer = await startLogPeer("rejecting");
    const folder = await Deno.makeTempDir();
    try {
      const plan = `${folder}/site.yaml`;
      await Deno.writeTextFile(
        plan,
        `title: Site\npeers:\n  - { name: Archive, host: 127.0.0.1, port: ${peer.port}, called: PACS }\n`,
      );
      const args = ["--log-format", "json", "--watch", "60", "--plan", plan];
      await using watch = startProgram(ourProgram(), { args });
      await untilTrue(() => /"peer":"Archive"/.test(watch.output()), watch);
      await watch.stop("SIGINT");
      const [summary, change, end, ...others] = readLines(watch.output());
      assert.deepEqual(others, []);
      assert.deepEqual([summary?.fields?.total, summary?.fields?.failed], [1, 1]);
      assert.ok(change !== undefined);
      assertAllName([change], { ...peerOf(peer.port, "ECHOSCU", "PACS"), peer: "Archive" });
      assert.equal(change.fields?.state, "failed");
      assert.equal(end?.fields?.runs, 1);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("--log-format json reports each line of -ll trace as one object", async () => {
  await using peer = await startLogPeer("accepting");
  const args = ["--log-format", "json", "-ll", "trace", "127.0.0.1", peer.port];
  const { code, stderr } = await runProgram(ourProgram(), { args });
  assert.equal(code, 0);
  const steps = readLines(stderr).filter(({ message }) => message.startsWith("DUL  FSM Table: "));
  assert.equal(steps.length, 7);
  assert.deepEqual(
    steps.map(({ level, logger }) => `${level} ${logger}`),
    Array(7).fill("trace dcmtk.dcmnet"),
  );
});

testWith({
  name: "--log-format json reports the events of --listen with connection, titles and figures",
  missing: SIGNALS_MISSING,
  async fn() {
    await using server = startProgram(ourProgram(), {
      args: ["--log-format", "json", "-v", "--listen", "0"],
    });
    const port = await untilPort(server);
    const { code } = await runProgram(ourProgram(), { args: ["-aet", "ME", "127.0.0.1", port] });
    assert.equal(code, 0);
    await server.stop("SIGINT");
    const lines = server.output().split("\n").filter((line) => line.startsWith("{"))
      .map((line): JsonLine => JSON.parse(line));
    assert.deepEqual(lines.map(({ stage }) => stage), ["listen", "end", "stop", "stop"]);
    const { connection, callingAeTitle, calledAeTitle, echoes, end, host, remote } =
      lines[1]?.fields ?? {};
    // Also where an IPv6 socket took the connection.
    assert.match(JSON.stringify([host, remote]), /^\["127\.0\.0\.1",\{"host":"127\.0\.0\.1",/);
    assert.deepEqual([connection, callingAeTitle, calledAeTitle, echoes, end], [
      1,
      "ME",
      "ANY-SCP",
      1,
      "released",
    ]);
    assert.deepEqual(lines.at(-1)?.fields, { associations: 1, echoes: 1 });
  },
});

/** The port that the program has printed. */
async function untilPort(server: Running): Promise<string> {
  return await untilFound(() => /^Listening on .* port (\d+)$/m.exec(server.output())?.[1], server);
}
