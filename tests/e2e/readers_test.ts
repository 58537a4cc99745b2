/** What is printed for readers that are slow, that never come, or that write what is read here. */

import assert from "node:assert/strict";
import { freePort, untilListening } from "../support/ports.ts";
import { ourProgram, runProgram, startProgram } from "../support/run_program.ts";
import { pipesMissing } from "../support/runtime_of.ts";
import { withFolder } from "../support/with_folder.ts";
import { signalChild } from "../support/signal_child.ts";
import { slowness } from "../support/slowness.ts";
import { testWith } from "../support/test_with.ts";

const isWindows = Deno.build.os === "windows";
const noShell = isWindows ? "Windows has no sh, and no pipes in folders" : undefined;

/** Our program as a word list for a shell, with `more` after it. */
function shellWords(more: string): string {
  const { command, args } = ourProgram();
  return `${[command, ...args].map((word) => `'${word}'`).join(" ")} ${more}`;
}

Deno.test({
  name: "--listen -d goes on serving while nobody reads standard error, and a signal ends it",
  fn: async () => {
    await withFolder(async (folder) => {
      const port = freePort();
      const { command, args } = ourProgram();
      const server = new Deno.Command(command, {
        args: [...args, "-d", "--listen", `127.0.0.1:${port}`],
        stdin: "null",
        stdout: "null",
        stderr: "piped",
      }).spawn();
      let ended = false;
      const status = server.status.finally(() => ended = true);
      assert.ok(await untilListening(port, { alive: () => !ended }));
      // A pipe takes 64 KiB, which is some 130 associations.
      const list = `${folder}/list`;
      const lines = Array.from({ length: 200 }, (_, at) => `127.0.0.1 ${port} P${at}\n`);
      await Deno.writeTextFile(list, lines.join(""));
      const run = { args: ["--peers", list], timeoutMs: 240_000 * slowness() };
      const { code, stdout } = await runProgram(ourProgram(), run);
      assert.equal(code, 0, stdout);
      signalChild(server, "SIGINT");
      // Windows has no signals: the runtime ends the process there.
      assert.equal((await status).code, isWindows ? 1 : 130);
      await server.stderr.cancel();
    });
  },
});

testWith({
  name: "a log that is read late is complete, and in order with standard output",
  missing: noShell,
  fn: async () => {
    const port = freePort();
    await using peer = startProgram(ourProgram(), {
      args: ["-q", "--listen", `127.0.0.1:${port}`],
    });
    assert.ok(await untilListening(port, { alive: () => peer.alive }));
    const check = shellWords(`-ll trace --repeat 200 --json 127.0.0.1 ${port}`);
    const command = { command: "sh", args: [] };
    const { stdout } = await runProgram(command, {
      args: ["-c", `{ ${check}; echo code $?; } 2>&1 | { sleep 3; cat; }`],
    });
    assert.equal(stdout.match(/^I: Received Echo Response \(Success\)$/gm)?.length, 200);
    const lines = stdout.trimEnd().split("\n");
    const report = lines.indexOf("{");
    assert.ok(lines.slice(0, report).every((line) => /^[A-Z]: /.test(line)));
    assert.equal(lines.at(-1), "code 0");
    const document = JSON.parse(lines.slice(report, -1).join("\n"));
    assert.equal(document.summary.passed, 1);
  },
});

testWith({
  name: "what a shell's <(...) writes is read as a command file, a list and a log configuration",
  missing: noShell,
  fn: async () => {
    const command = { command: "bash", args: [] };
    const port = freePort();
    const ofFile = await runProgram(command, {
      args: ["-c", shellWords(`@<(echo "-v 127.0.0.1 ${port}")`)],
    });
    assert.match(ofFile.stderr, /^I: Requesting Association\nF: /);
    const ofList = await runProgram(command, {
      args: ["-c", shellWords(`--plan-check --peers <(echo "127.0.0.1 ${port}")`)],
    });
    assert.match(ofList.stdout, /1 peer, no errors/);
    const config =
      "log4cplus.rootLogger=INFO, A\\nlog4cplus.appender.A=log4cplus::ConsoleAppender\\n";
    const ofLog = await runProgram(command, {
      args: ["-c", shellWords(`-lc <(printf '${config}') 127.0.0.1 ${port}`)],
    });
    assert.match(ofLog.stdout, /Requesting Association/);
  },
});

Deno.test("command files, lists and log configurations may be UTF-16 with a byte order mark", async () => {
  await withFolder(async (folder) => {
    const write = async (name: string, text: string) => {
      const units = Uint16Array.from(`\ufeff${text}`, (unit) => unit.charCodeAt(0));
      await Deno.writeFile(`${folder}/${name}`, new Uint8Array(units.buffer));
      return `${folder}/${name}`;
    };
    const list = await write("list", "127.0.0.1 104\r\n127.0.0.1 11112\r\n");
    const words = await write("words", `--plan-check\r\n--peers "${list}"\r\n`);
    const config = await write("config", "log4cplus.rootLogger=OFF\r\n");
    const ofFile = await runProgram(ourProgram(), { args: [`@${words}`] });
    assert.match(ofFile.stdout, /2 peers, no errors/);
    const ofLog = await runProgram(ourProgram(), {
      args: ["-lc", config, "127.0.0.1", `${freePort()}`],
    });
    assert.deepEqual([ofLog.stderr, ofLog.code], ["", 1]);
  });
});

testWith({
  name: "files without an end are refused",
  missing: noShell,
  fn: async () => {
    await withFolder(async (folder) => {
      const large = `${folder}/large`;
      await Deno.writeTextFile(large, "");
      await Deno.truncate(large, 5 * 1024 * 1024);
      for (const path of ["/dev/zero", large]) {
        for (const option of ["--plan", "--peers"]) {
          const { code, stderr } = await runProgram(ourProgram(), { args: [option, path] });
          assert.match(stderr, /^error: .* is larger than 4 MiB, the most that is read\n$/m);
          assert.equal(code, 20);
        }
        const { code, stderr } = await runProgram(ourProgram(), { args: [`@${path}`] });
        assert.ok(
          stderr.endsWith(
            `error: Command file '${path}' is larger than 4 MiB, the most that is read\n`,
          ),
        );
        assert.equal(code, 1);
      }
    });
  },
});

testWith({
  name: "pipes that nobody writes to are left at a signal",
  missing: noShell ?? await pipesMissing(ourProgram()),
  fn: async () => {
    await withFolder(async (folder) => {
      const pipe = `${folder}/pipe`;
      await new Deno.Command("mkfifo", { args: [pipe] }).output();
      const uses = [["--plan", pipe], ["--peers", pipe], [`@${pipe}`], [
        ...["-lc", pipe, "127.0.0.1", "1"],
      ], ["+tla", "+cf", pipe, "127.0.0.1", "1"]];
      for (const args of uses) {
        await using program = startProgram(ourProgram(), { args });
        await untilWaiting(program);
        assert.equal(await program.stop("SIGINT"), 130, args.join(" "));
      }
    });
  },
});

/** Until it has most likely begun to read; nothing shows that from outside. */
async function untilWaiting({ alive }: { readonly alive: boolean }): Promise<void> {
  await new Promise((done) => setTimeout(done, 1500));
  assert.ok(alive);
}
