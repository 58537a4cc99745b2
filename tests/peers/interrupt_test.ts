/** Real processes that are interrupted, or whose output nobody takes. */

import assert from "node:assert/strict";
import type { PeerConnection } from "../tools/peer_connection.ts";
import { ourProgram, runProgram, startProgram } from "../tools/run_program.ts";
import { fromHex } from "../tools/script.ts";
import { type Peer, startPeer, startScriptedPeer } from "../tools/scripted_peer.ts";
import { testWith } from "../tools/test_with.ts";
import { ACCEPT, commandPdu, echoResponse, RELEASE_RP } from "../tools/wire_bytes.ts";

const noSignals = Deno.build.os === "windows" ? "Windows knows no such signals" : undefined;

/** How long a step of the program is waited for. */
const PATIENCE_MS = 120_000;

/** What the peer answers before it falls silent, and the PDU that it leaves without an answer. */
const STAGES = {
  associate: [[], "A-ASSOCIATE-RQ"],
  echo: [[ACCEPT], "P-DATA-TF"],
  release: [[ACCEPT, commandPdu(echoResponse())], "A-RELEASE-RQ"],
} as const;

/** A peer that falls silent after its last answer; `reached` resolves when the next PDU has come. */
async function silentPeer(
  answers: readonly string[],
): Promise<{ peer: Peer; reached: Promise<void> }> {
  const reached = Promise.withResolvers<void>();
  const peer = await startPeer(async (connection: PeerConnection) => {
    for (const answer of answers) {
      await connection.readPdu(PATIENCE_MS);
      await connection.write(fromHex(answer));
    }
    await connection.readPdu(PATIENCE_MS);
    reached.resolve();
    await connection.drain(PATIENCE_MS);
    return undefined;
  });
  return { peer, reached: reached.promise };
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

for (const signal of Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]) {
  for (const [stage, [answers, last]] of Object.entries(STAGES)) {
    testWith({
      name: `${signal} during ${stage} aborts the association and exits ${SIGNALS[signal]}`,
      missing: noSignals,
      fn: async () => {
        const { peer, reached } = await silentPeer(answers);
        await using _peer = peer;
        const args = [peer.host, `${peer.port}`];
        await using running = startProgram(ourProgram(), { args });
        await reached;
        assert.equal(await running.stop(signal), SIGNALS[signal]);
        assert.equal(running.output(), "");
        const { received } = await peer.first();
        assert.deepEqual(received.slice(-2).map(({ pdu }) => pdu), [last, "A-ABORT"]);
        assert.equal(received.at(-1)?.bytes.toHex(), "07000000000400000000");
      },
    });
  }

  testWith({
    name: `${signal} during the connect exits ${SIGNALS[signal]}`,
    missing: noSignals,
    fn: async () => {
      await using peer = await startScriptedPeer([], { mode: "full-backlog" });
      const args = ["-v", peer.host, `${peer.port}`];
      await using running = startProgram(ourProgram(), { args });
      while (!running.output().includes("Requesting Association")) await turn();
      assert.equal(await running.stop(signal), SIGNALS[signal]);
      assert.equal(running.output(), "I: Requesting Association\n");
    },
  });
}

testWith({
  name: "a second signal ends the program at once",
  missing: noSignals,
  fn: async () => {
    const { peer, reached } = await silentPeer([]);
    await using _peer = peer;
    await using running = startProgram(ourProgram(), { args: [peer.host, `${peer.port}`] });
    await reached;
    Deno.kill(running.pid, "SIGINT");
    assert.equal(await running.stop("SIGINT"), 130);
  },
});

/** Ways in which standard output and error can be of no use. */
const OUTPUTS = {
  "closed": ">&- 2>&-",
  "full": ">/dev/full 2>/dev/full",
  "not read by anybody": "2>&1 | true; exit ${PIPESTATUS[0]}",
} as const;

for (const [how, redirection] of Object.entries(OUTPUTS)) {
  testWith({
    name: `a check says its verdict by exit code when its output is ${how}`,
    missing: Deno.build.os === "linux" ? undefined : "this needs bash and /dev/full",
    fn: async () => {
      for (const [status, code] of [[0, 0], [0x0110, 71]] as const) {
        await using peer = await startScriptedPeer([
          { expect: "A-ASSOCIATE-RQ", send: ACCEPT },
          { expect: "P-DATA-TF", send: commandPdu(echoResponse([], { status })) },
          { expect: "A-RELEASE-RQ", send: RELEASE_RP },
          { send: "close" },
        ]);
        const { command, args } = ourProgram();
        const line = `"$@" ${redirection}`;
        const run = await runProgram({ command: "bash", args: ["-c", line, "bash"] }, {
          args: [command, ...args, "-d", peer.host, `${peer.port}`],
        });
        assert.equal(run.code, code);
        assert.equal((await peer.first()).broken, undefined);
      }
    },
  });
}

function turn(): Promise<void> {
  return new Promise((done) => setTimeout(done, 20));
}
