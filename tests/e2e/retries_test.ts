/** `--retries` for one peer, from outside. */

import assert from "node:assert/strict";
import { freePort, untilListening } from "../support/ports.ts";
import { ourProgram, runProgram, startProgram } from "../support/run_program.ts";
import { untilFound } from "../support/until.ts";

interface Report {
  readonly entries: readonly { readonly attempts: number; readonly verdict: string }[];
}

Deno.test("--retries tries one peer again, and logs the last attempt only", async () => {
  const target = ["127.0.0.1", `${freePort()}`];
  const args = ["--retries", "2", "--retry-delay", "0.01", "--json", ...target];
  const run = await runProgram(ourProgram(), { args });
  assert.equal(run.code, 1);
  const { entries }: Report = JSON.parse(run.stdout);
  assert.deepEqual(entries.map(({ attempts, verdict }) => [attempts, verdict]), [[3, "failed"]]);
  assert.match(run.stderr, /^F: Association Request Failed: [^\n]*\n$/);
  const told = await runProgram(ourProgram(), { args: ["-v", ...args] });
  assert.equal(told.stderr.match(/^F: Association Request Failed/gm)?.length, 3);
  assert.match(told.stderr, /^I: Not verified \(attempt 1 of 3, the next one in 0.01 s\)$/m);
});

Deno.test("--retries ends with the first attempt that verifies the peer, and at once where none would", async () => {
  const port = freePort();
  const target = ["127.0.0.1", `${port}`];
  const checking = runProgram(ourProgram(), {
    args: ["--retries", "500", "--retry-delay", "0.1", "--json", ...target],
  });
  await using peer = startProgram(ourProgram(), { args: ["--listen", `127.0.0.1:${port}`] });
  assert.ok(await untilListening(port, { alive: () => peer.alive }), peer.output());
  const { code, stderr } = await checking;
  assert.equal(code, 0, stderr);
  const unknown = ["--retries", "5", "--json", "no-such-host.invalid", "104"];
  const { stdout } = await runProgram(ourProgram(), { args: unknown });
  assert.equal((JSON.parse(stdout) as Report).entries[0]?.attempts, 1);
});

Deno.test("--watch tries again before it says that the peer is down", async () => {
  const folder = await Deno.makeTempDir({ prefix: "retries-" });
  try {
    const file = `${folder}/report.json`;
    const words = ["--watch", "60", "--retries", "1", "--retry-delay", "0.01"];
    await using watching = startProgram(ourProgram(), {
      args: [...words, "--report", `json=${file}`, "127.0.0.1", `${freePort()}`],
    });
    const text = await untilFound(() => Deno.readTextFile(file).catch(() => undefined), watching);
    assert.equal((JSON.parse(text) as Report).entries[0]?.attempts, 2, watching.output());
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
