/** A dead port with a living one next to it: run by `../diagnose_test.ts` in a network of its own, where the usual ports are free. */

import assert from "node:assert/strict";
import { freePort, untilListening } from "../../support/ports.ts";
import { ourProgram, runProgram, startProgram } from "../../support/run_program.ts";

for (const port of [104, 11112]) {
  Deno.test(`--diagnose finds what answers on port ${port}`, async () => {
    await using peer = startProgram({ command: "storescp", args: [] }, { args: [`${port}`] });
    assert.ok(await untilListening(port, { alive: () => peer.alive }), peer.output());
    const args = ["--diagnose", "127.0.0.1", `${freePort()}`];
    const { code, stdout } = await runProgram(ourProgram(), { args });
    assert.equal(code, 1);
    assert.match(stdout, new RegExp(`^verdict: the peer answers on port ${port}$`, "m"));
    assert.match(stdout, new RegExp(`^command: echoscu 127\\.0\\.0\\.1 ${port}$`, "m"));
  });
}

Deno.test("--diagnose of a machine where nothing listens says so, and has no command line", async () => {
  const args = ["--diagnose", "--exit-codes", "detailed", "127.0.0.1", `${freePort()}`];
  const { code, stdout } = await runProgram(ourProgram(), { args });
  assert.equal(code, 62);
  assert.equal(stdout.match(/^ {2}port /gm)?.length, 4);
  assert.match(
    stdout,
    /^verdict: nothing that was tried works: 127\.0\.0\.1 answers, but nothing/m,
  );
  assert.doesNotMatch(stdout, /^command: /m);
});
