/** Real SCUs of other vendors against `--listen`. */

import assert from "node:assert/strict";
import { freePort, untilListening } from "../support/ports.ts";
import { runScu, SCU_NAMES, scuEchoes, scuMissing, type ScuName } from "../support/real_scus.ts";
import { missing } from "../support/installed.ts";
import {
  ourProgram,
  type Running,
  runProgram,
  SIGNALS_MISSING,
  startProgram,
} from "../support/run_program.ts";
import { testWith } from "../support/test_with.ts";

interface Listening extends AsyncDisposable {
  readonly port: number;
  readonly program: Running;
}

/** Starts our answering side on the loopback; resolves when it listens. */
async function listen(...options: string[]): Promise<Listening> {
  const port = freePort();
  const args = ["-v", ...options, "--listen", `127.0.0.1:${port}`];
  const program = startProgram(ourProgram(), { args });
  const up = await untilListening(port, { alive: () => program.alive });
  if (!up) assert.fail(`--listen did not come up:\n${program.output()}`);
  return { port, program, [Symbol.asyncDispose]: () => program.stop().then(() => {}) };
}

for (const name of SCU_NAMES) {
  testWith({
    name: `${name} ${scuEchoes(name) ? "verifies" : "finds"} our --listen`,
    missing: scuMissing(name),
    fn: () => verifyOnce(name),
  });
}

async function verifyOnce(name: ScuName): Promise<void> {
  await using scp = await listen();
  const calling = "FOREIGNSCU";
  const run = await runScu(name, { host: "127.0.0.1", port: scp.port, called: "OURSCP", calling });
  await scp.program.stop("SIGINT");
  const log = scp.program.output();
  const seen = `the SCU said:\n${run.stdout}${run.stderr}\nwe said:\n${log}`;
  assert.notEqual(run.says, "failed", seen);
  const echoes = scuEchoes(name) ? "1 echo" : "0 echoes";
  assert.ok(log.includes(`: Association of "${calling}" for "OURSCP" from 127.0.0.1 port`), seen);
  assert.ok(log.includes(`: ${echoes} answered, `), seen);
}

testWith({
  name: "many real SCUs at once are all answered by our --listen",
  missing: scuMissing("echoscu"),
  fn: async () => {
    await using scp = await listen();
    const called = { host: "127.0.0.1", port: scp.port, called: "OURSCP", calling: "FOREIGNSCU" };
    const runs = await Promise.all(Array.from({ length: 20 }, () => runScu("echoscu", called)));
    assert.deepEqual(runs.map(({ says }) => says), runs.map(() => "verified"));
  },
});

/** Sends `text` to a new `--listen`, and gives what that said. */
async function saidAbout(text: string, ...options: string[]): Promise<string> {
  await using scp = await listen("--explain", ...options);
  const conn = await Deno.connect({ hostname: "127.0.0.1", port: scp.port });
  await conn.write(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  await conn.closeWrite();
  await new Response(conn.readable).bytes();
  await scp.program.stop("SIGINT");
  return scp.program.output();
}

testWith({
  name: "--listen names who speaks another protocol, and says what to do",
  missing: SIGNALS_MISSING,
  async fn() {
    for (
      const [text, situation] of [
        ["GET / HTTP/1.1\r\nHost: x\r\n\r\n", "caller-http"],
        ["SSH-2.0-OpenSSH_9.2\r\n", "caller-ssh"],
        ["PROXY TCP4 10.0.0.1 10.0.0.2 56324 104\r\n", "caller-proxy-protocol"],
        ["\r\n\r\n", "caller-scanner"],
        ["", "caller-silent"],
      ] as const
    ) {
      const said = await saidAbout(text);
      assert.match(said, /\n?hint: [^\n]{20,}\n/, said);
      assert.ok(said.includes(`fault: peer, situation: ${situation}\n`), said);
    }
  },
});

testWith({
  name: "--listen without TLS recognizes the client of openssl",
  missing: missing({ program: "openssl" }),
  fn: async () => {
    await using scp = await listen("--explain");
    const openssl = { command: "openssl", args: ["s_client"] };
    await runProgram(openssl, { args: ["-connect", `127.0.0.1:${scp.port}`], stdin: "" });
    await scp.program.stop("SIGINT");
    assert.match(scp.program.output(), /\nW: Connection from [^\n]*: TLS, not DICOM; aborted\n/);
    assert.match(scp.program.output(), /listen with \+tls KEY CERT/);
  },
});

testWith({
  name: "--listen explains nothing where output is captured",
  missing: SIGNALS_MISSING,
  async fn() {
    await using scp = await listen();
    await fetch(`http://127.0.0.1:${scp.port}/`).then(() => {}, () => {});
    await scp.program.stop("SIGINT");
    assert.match(scp.program.output(), /: HTTP, not DICOM; aborted\n/);
    assert.doesNotMatch(scp.program.output(), /hint:/);
  },
});

testWith({
  name: "--listen ends with 130 on Ctrl-C and gives its port free",
  missing: SIGNALS_MISSING,
  async fn() {
    await using scp = await listen();
    assert.equal(await scp.program.stop("SIGINT"), 130);
    using again = Deno.listen({ hostname: "127.0.0.1", port: scp.port });
    assert.equal(again.addr.port, scp.port);
  },
});
