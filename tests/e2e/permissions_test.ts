/** What each mode needs: with exactly that it works, with less it says in one sentence what is missing. */

import assert from "node:assert/strict";
import security from "../../docs/security.md" with { type: "text" };
import { startOurPeer } from "../tools/our_peer.ts";
import { freePort, untilListening } from "../tools/ports.ts";
import {
  ourProgram,
  type Program,
  type Run,
  runProgram,
  startProgram,
} from "../tools/run_program.ts";
import { testWith } from "../tools/test_with.ts";

const ours = ourProgram();
const missing = ours.args.length > 0
  ? undefined
  : "the permissions of an executable are fixed when it is compiled";

/** Our program with these permissions instead of its own. */
function permitted(...flags: readonly string[]): Program {
  const args = ours.args.filter((arg) => !arg.startsWith("--allow-"));
  return { command: ours.command, args: [...args.slice(0, -1), ...flags, args.at(-1) ?? ""] };
}

function run(flags: readonly string[], args: readonly string[]): Promise<Run> {
  return runProgram(permitted(...flags), { args });
}

/** The text without the header that stands before the error of a wrong call. */
function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1) ?? "";
}

testWith({
  name: "a check needs nothing but its one peer",
  missing,
  async fn() {
    await using peer = await startOurPeer();
    const { code, stderr } = await run([`--allow-net=127.0.0.1:${peer.port}`], peer.args);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  },
});

testWith({
  name: "--selftest needs nothing but the network",
  missing,
  async fn() {
    const { code, stdout } = await run(["--allow-net=127.0.0.1"], ["--selftest"]);
    assert.match(stdout, /^Self-test passed: /);
    assert.equal(code, 0);
  },
});

testWith({
  name: "--help, --version and the sample configuration need no permission",
  missing,
  async fn() {
    for (const option of ["--help", "--version", "--print-log-config"]) {
      const { code, stdout, stderr } = await run([], [option]);
      assert.deepEqual({ code, stderr, some: stdout !== "" }, { code: 0, stderr: "", some: true });
    }
  },
});

testWith({
  name: "a check without the permission for its peer says so in one sentence",
  missing,
  async fn() {
    const { code, stderr } = await run([], ["127.0.0.1", "104"]);
    const text = "0006:031c TCP Initialization Error: Requires net access to ";
    assert.equal(stderr.startsWith(`F: Association Request Failed: ${text}"127.0.0.1:104"`), true);
    assert.deepEqual({ code, lines: stderr.trimEnd().split("\n").length }, { code: 1, lines: 1 });
  },
});

testWith({
  name: "--listen without the permission for its port says so in one sentence",
  missing,
  async fn() {
    const { code, stderr } = await run([], ["--listen", "127.0.0.1:11112"]);
    assert.match(
      stderr,
      /^F: Cannot listen on 127\.0\.0\.1 port 11112: Requires net access [^\n]*\n$/,
    );
    assert.equal(code, 1);
  },
});

testWith({
  name:
    "--exporter needs nothing but its port and its peers, and the runtime keeps it from all others",
  missing,
  async fn() {
    await using peer = await startOurPeer();
    const [port, other] = [freePort(), freePort()];
    const flag = `--allow-net=127.0.0.1:${port},127.0.0.1:${peer.port}`;
    await using exporter = startProgram(permitted(flag), {
      args: ["--exporter", `127.0.0.1:${port}`, "--exporter-allow", "*:*"],
    });
    assert.ok(await untilListening(port, { alive: () => exporter.alive }), exporter.output());
    const probe = async (target: string) =>
      await (await fetch(`http://127.0.0.1:${port}/probe?target=${target}`)).text();
    assert.match(await probe(`127.0.0.1:${peer.port}`), /\nechoscu_up 1\n/);
    assert.match(
      await probe(`127.0.0.1:${other}`),
      /\nechoscu_failure_info\{.*"permission-missing"/,
    );
  },
});

testWith({
  name: "files that may not be read are an error in one sentence, before any connection",
  missing,
  async fn() {
    const config = await run(["--allow-net"], ["-lc", "logger.cfg", "127.0.0.1", "104"]);
    assert.equal(lastLine(config.stderr), "error: Specified --log-config file cannot be read");
    const commands = await run(["--allow-net"], ["@logger.cfg", "127.0.0.1", "104"]);
    assert.equal(lastLine(commands.stderr), "error: Cannot open command file 'logger.cfg'");
    assert.deepEqual([config.code, commands.code], [1, 1]);
  },
});

Deno.test("docs/security.md says for every mode what it needs", () => {
  for (const mode of ["`echoscu PEER PORT`", "`--listen`", "`--exporter`", "`--selftest`"]) {
    assert.ok(new RegExp(`^\\| ${mode}.*\`--allow-net\``, "m").test(security), mode);
  }
});
