/** Run by Deno on a terminal, the program asks no name server for the host where newer runtimes are. */

import assert from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { findProgram } from "../support/installed.ts";
import { closedPort } from "../support/ports.ts";
import { startProgram } from "../support/run_program.ts";
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
    // First without the variable: what comes after can fail, and takes as long as this machine needs.
    const started = performance.now();
    assert.ok(
      await asksForRuntime("", { words: words.slice(1), limitMs: 60_000 }),
      "the runtime looks no more: no need to say so",
    );
    const limitMs = 2 * (performance.now() - started);
    assert.ok(!await asksForRuntime(first, { words: words.slice(1), limitMs }));
  },
});

/** Watches a dead peer on a terminal until the runtime asks, as if it had never looked for a newer one. */
async function asksForRuntime(
  variable: string,
  { words, limitMs }: { readonly words: readonly string[]; readonly limitMs: number },
): Promise<boolean> {
  await using closed = await closedPort();
  const folder = await Deno.makeTempDir({ prefix: "update-check-" });
  try {
    await Deno.symlink(`${await cacheDirectory()}/npm`, `${folder}/npm`);
    const trace = ["strace", "-f", "-e", "trace=sendto,sendmsg,sendmmsg", "-s", "200"];
    const run = [Deno.execPath(), ...words, "--watch", "1", "127.0.0.1", `${closed.port}`];
    const line = ["env", "-u", "DENO_NO_UPDATE_CHECK", variable, ...trace, "-o", `${folder}/trace`]
      .filter((word) => word !== "");
    const command = { command: "script", args: ["-qec", [...line, ...run].join(" "), "/dev/null"] };
    await using _program = startProgram(command, {
      args: [],
      cwd: decodeURIComponent(TOP.pathname),
      env: { DENO_DIR: folder },
    });
    for (const end = performance.now() + limitMs; performance.now() < end;) {
      const traced = await Deno.readTextFile(`${folder}/trace`).catch(() => "");
      if (traced.includes("\\4deno\\4land")) return true;
      await new Promise((done) => setTimeout(done, 100));
    }
    return false;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function cacheDirectory(): Promise<string> {
  const command = new Deno.Command(Deno.execPath(), { args: ["info", "--json"] });
  const { stdout } = await command.output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}
