/** Run by Deno on a terminal, the program asks no name server for the host where newer runtimes are. */

import assert from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { findProgram } from "../support/installed.ts";
import { closedPort } from "../support/ports.ts";
import { runProgram } from "../support/run_program.ts";
import { testWith } from "../support/test_with.ts";

const TOP = new URL("../../", import.meta.url);

const missing = Deno.build.os !== "linux"
  ? "system calls are traced on Linux only"
  : ["strace", "script"].find((name) => findProgram(name) === undefined)?.concat(
    " is not installed",
  );

testWith({
  name: "the task start looks for no newer runtime",
  missing,
  async fn() {
    const [first = "", ...words] = config.tasks.start.command.split(" ");
    assert.equal(first, "DENO_NO_UPDATE_CHECK=1");
    assert.equal(words[0], "deno");
    assert.ok(!await asksForRuntime(first, words.slice(1)));
    // The same without the variable: the check above can fail.
    assert.ok(
      await asksForRuntime("", words.slice(1)),
      "the runtime looks no more: no need to say so",
    );
  },
});

/** Watches a dead peer for three seconds on a terminal, as if the runtime had never looked for a newer one. */
async function asksForRuntime(variable: string, words: readonly string[]): Promise<boolean> {
  await using closed = await closedPort();
  const folder = await Deno.makeTempDir({ prefix: "update-check-" });
  try {
    await Deno.symlink(`${await cacheDirectory()}/npm`, `${folder}/npm`);
    const trace = ["strace", "-f", "-e", "trace=sendto,sendmsg,sendmmsg", "-s", "200"];
    const run = [Deno.execPath(), ...words, "--watch", "1", "127.0.0.1", `${closed.port}`];
    const line = ["env", "-u", "DENO_NO_UPDATE_CHECK", variable, ...trace, "-o", `${folder}/trace`]
      .filter((word) => word !== "");
    const command = ["timeout", "--signal=INT", "8", ...line, ...run].join(" ");
    await runProgram({ command: "script", args: ["-qec", command, "/dev/null"] }, {
      args: [],
      cwd: decodeURIComponent(TOP.pathname),
      env: { DENO_DIR: folder },
    });
    return (await Deno.readTextFile(`${folder}/trace`)).includes("\\4deno\\4land");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function cacheDirectory(): Promise<string> {
  const command = new Deno.Command(Deno.execPath(), { args: ["info", "--json"] });
  const { stdout } = await command.output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}
