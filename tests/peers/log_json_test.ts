/** `--log-format json` with the whole program: every line is alone and says how far things are. */

import assert from "node:assert/strict";
import { startLogPeer } from "../differential/log_peers.ts";
import { ourProgram, runProgram, startProgram } from "../tools/run_program.ts";

interface JsonLine {
  readonly time: string;
  readonly level: string;
  readonly logger: string;
  readonly stage?: string;
  readonly message: string;
  readonly fields?: Readonly<Record<string, unknown>>;
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
  assert.deepEqual(lines[1]?.fields, { maxSendPdv: 16_372 });
  assert.deepEqual(lines[2]?.fields, { messageId: 1 });
  assert.deepEqual(Object.keys(lines[3]?.fields ?? {}), ["messageId", "status", "elapsedMs"]);
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

Deno.test("--log-format json reports the events of --listen with connection, titles and figures", async () => {
  await using server = startProgram(ourProgram(), {
    args: ["--log-format", "json", "-v", "--listen", "127.0.0.1:0"],
  });
  const port = await untilPort(server);
  const { code } = await runProgram(ourProgram(), { args: ["-aet", "ME", "127.0.0.1", port] });
  assert.equal(code, 0);
  await server.stop("SIGINT");
  const lines = server.output().split("\n").filter((line) => line.startsWith("{"))
    .map((line): JsonLine => JSON.parse(line));
  assert.deepEqual(lines.map(({ stage }) => stage), ["listen", "end", "stop", "stop"]);
  const { connection, callingAeTitle, calledAeTitle, echoes, end } = lines[1]?.fields ?? {};
  assert.deepEqual([connection, callingAeTitle, calledAeTitle, echoes, end], [
    1,
    "ME",
    "ANY-SCP",
    1,
    "released",
  ]);
  assert.deepEqual(lines.at(-1)?.fields, { associations: 1, echoes: 1 });
});

/** The port that the program has printed. */
async function untilPort(server: { output(): string; readonly alive: boolean }): Promise<string> {
  for (;;) {
    const [, port] = /^Listening on .* port (\d+)$/m.exec(server.output()) ?? [];
    if (port !== undefined) return port;
    if (!server.alive) throw new Error(server.output());
    await new Promise((done) => setTimeout(done, 20));
  }
}
