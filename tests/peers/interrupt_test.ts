/** Real processes that are interrupted, or whose output nobody takes. */

import assert from "node:assert/strict";
import type { PeerConnection } from "../support/peer_connection.ts";
import {
  ourProgram,
  type Running,
  runProgram,
  SIGNALS_MISSING,
  startProgram,
} from "../support/run_program.ts";
import { isOfWindows, nohupMissing, signalsMissing } from "../support/runtime_of.ts";
import { fromHex } from "../support/script.ts";
import { type Peer, startPeer, startScriptedPeer } from "../support/scripted_peer.ts";
import { testWith } from "../support/test_with.ts";
import { ACCEPT, commandPdu, echoResponse, RELEASE_RP } from "../support/wire_bytes.ts";

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

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 143 } as const;

const NO_SIGNALS = await signalsMissing();

for (const signal of Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]) {
  const missing = signal === "SIGINT" ? SIGNALS_MISSING : NO_SIGNALS;
  for (const [stage, [answers, last]] of Object.entries(STAGES)) {
    testWith({
      name: `${signal} during ${stage} aborts the association and exits ${SIGNALS[signal]}`,
      missing,
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
    missing,
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
  missing: SIGNALS_MISSING,
  fn: async () => {
    const { peer, reached } = await silentPeer([]);
    await using _peer = peer;
    await using running = startProgram(ourProgram(), { args: [peer.host, `${peer.port}`] });
    await reached;
    Deno.kill(running.pid, "SIGINT");
    assert.equal(await running.stop("SIGINT"), 130);
  },
});

/** What goes on until a signal ends it, with a line that it prints once it goes on. */
async function startLasting(
  mode: "--listen" | "--watch",
  { peer, program = ourProgram() }: {
    readonly peer: Peer;
    readonly program?: ReturnType<typeof ourProgram>;
  },
): Promise<Running> {
  const args = mode === "--listen"
    ? [mode, "127.0.0.1:0"]
    : [mode, "60", peer.host, `${peer.port}`];
  const running = startProgram(program, { args });
  while (!running.output().includes("\n")) {
    assert.ok(running.alive, running.output());
    await turn();
  }
  return running;
}

const NO_NOHUP = await nohupMissing(ourProgram());

for (const mode of ["--listen", "--watch"] as const) {
  testWith({
    name: `SIGHUP ends ${mode} as SIGTERM does`,
    missing: NO_SIGNALS,
    fn: async () => {
      await using peer = await startScriptedPeer([{ send: "close" }]);
      await using running = await startLasting(mode, { peer });
      assert.equal(await running.stop("SIGHUP"), 143);
      if (mode === "--watch") assert.match(running.output(), /\n1 check, /);
    },
  });

  testWith({
    name: `SIGHUP does not end ${mode} that nohup has started`,
    missing: NO_NOHUP,
    fn: async () => {
      await using peer = await startScriptedPeer([{ send: "close" }]);
      const { command, args } = ourProgram();
      const program = { command: "nohup", args: [command, ...args] };
      await using running = await startLasting(mode, { peer, program });
      Deno.kill(running.pid, "SIGHUP");
      await new Promise((done) => setTimeout(done, 300));
      assert.ok(running.alive, running.output());
      assert.equal(await running.stop("SIGTERM"), 143);
    },
  });
}

/** Ways in which standard output and error can be of no use. */
const OUTPUTS = {
  "closed": ">&- 2>&-",
  "full": ">/dev/full 2>/dev/full",
  "not read by anybody": "2>&1 | true; exit ${PIPESTATUS[0]}",
} as const;

const NO_FULL = Deno.build.os === "linux" ? undefined : "this needs bash and /dev/full";
const NO_CLOSED = NO_FULL ??
  (await isOfWindows(ourProgram()) ? "wine starts no program without streams" : undefined);

for (const [how, redirection] of Object.entries(OUTPUTS)) {
  testWith({
    name: `a check says its verdict by exit code when its output is ${how}`,
    missing: how === "closed" ? NO_CLOSED : NO_FULL,
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
