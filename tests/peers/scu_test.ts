/** Real SCUs of other makers against `--listen`. */

import assert from "node:assert/strict";
import { freePort, untilListening } from "../tools/ports.ts";
import { runScu, SCU_NAMES, scuEchoes, scuMissing, type ScuName } from "../tools/real_scus.ts";
import { ourProgram, type Running, startProgram } from "../tools/run_program.ts";
import { testWith } from "../tools/test_with.ts";

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

Deno.test("--listen ends with 130 on Ctrl-C and gives its port free", async () => {
  await using scp = await listen();
  assert.equal(await scp.program.stop("SIGINT"), 130);
  using again = Deno.listen({ hostname: "127.0.0.1", port: scp.port });
  assert.equal(again.addr.port, scp.port);
});
